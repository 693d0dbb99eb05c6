<#
.SYNOPSIS
    Builds QuantumNet.
.DESCRIPTION
    Build  publishes the module to out/QuantumNet.
    Test   runs the Pester tests on the built module (dotnet test runs the .NET ones).
    Help   brings the pages of docs/en-US up to the cmdlets, and builds en-US/QuantumNet.dll-Help.xml from them.
    Pack   makes the packages of the module and of the tool quantumnet in out/packages.
    Clean  removes what was built.
.EXAMPLE
    ./build.ps1 -Task Build, Test
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Help', 'Pack', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # The Pester to test with; the newest when left out.
    [version] $PesterVersion
)

$ErrorActionPreference = 'Stop'
$module = Join-Path $PSScriptRoot 'out' 'QuantumNet'
$manifest = Join-Path $PSScriptRoot 'QuantumNet.psd1'

function Invoke-Dotnet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($args -join ' ') failed with $LASTEXITCODE." }
}

# Whether the built module is missing, or older than what it is built from.
function Test-Stale {
    $built = Get-Item (Join-Path $module 'lib') -ErrorAction Ignore     # the folder's time is the build's
    if (-not $built) { return $true }
    $made = $built.LastWriteTimeUtc
    $sources = @(
        Get-Item $manifest
        Get-ChildItem (Join-Path $PSScriptRoot 'en-US') -File -ErrorAction Ignore
        foreach ($name in 'QuantumNet', 'QuantumNet.Core', 'QuantumNet.SshNet') {
            Get-ChildItem (Join-Path $PSScriptRoot 'src' $name) -Recurse -File -Include *.cs, *.csproj, *.ps1xml |
                Where-Object FullName -NotMatch '[\\/](obj|bin)[\\/]'
        }
    )
    @($sources | Where-Object LastWriteTimeUtc -GT $made).Count -gt 0
}

function Copy-Help {
    # Built help is kept in en-US; docs/en-US holds its sources.
    $source = Join-Path $PSScriptRoot 'en-US'
    if (Test-Path $source) { Copy-Item $source $module -Recurse -Force }
}

function Add-SshNet {
    $published = Join-Path $PSScriptRoot 'out' 'publish'
    Invoke-Dotnet publish (Join-Path $PSScriptRoot 'src' 'QuantumNet.SshNet') -c $Configuration -o $published -v quiet -nologo
    $sshNet = New-Item -ItemType Directory (Join-Path $module 'lib' 'SshNet')
    Get-ChildItem $published -Filter *.dll | Copy-Item -Destination $sshNet
    Remove-Item $published -Recurse -Force
}

function Invoke-BuildTask {
    $published = Join-Path $PSScriptRoot 'out' 'publish'
    if (Test-Path $module) { Remove-Item $module -Recurse -Force }
    Invoke-Dotnet publish (Join-Path $PSScriptRoot 'src' 'QuantumNet') -c $Configuration -o $published -v quiet -nologo
    $lib = New-Item -ItemType Directory -Force (Join-Path $module 'lib')
    foreach ($file in Get-ChildItem $published -File) {
        switch -Wildcard ($file.Name) {
            'QuantumNet*.dll' { Copy-Item $file $module; break }
            'System.Management.Automation.dll' { break }    # PowerShell has its own
            '*.dll' { Copy-Item $file $lib; break }         # third parties stay out of PowerShell's load context
        }
    }
    Copy-Item (Join-Path $PSScriptRoot 'src' 'QuantumNet' '*.ps1xml') $module
    foreach ($name in 'QuantumNet.psd1', 'README.md', 'LICENSE') {
        Copy-Item (Join-Path $PSScriptRoot $name) $module
    }
    Copy-Help
    Remove-Item $published -Recurse -Force
    Add-SshNet
    Write-Output "Built $module"
}

function Invoke-TestTask {
    $suite = Join-Path $PSScriptRoot 'tests' 'Pester'
    if ($PesterVersion) { Import-Module Pester -RequiredVersion $PesterVersion -Force }
    else { Import-Module Pester -MinimumVersion 5.5 -ErrorAction SilentlyContinue }
    if (-not (Get-Module Pester)) {
        Write-Output 'Skipped: the Pester tests need Pester 5.5 or later (Install-PSResource Pester).'
        return
    }
    if (Test-Stale) { Invoke-BuildTask }
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $suite
    $configuration.Run.PassThru = $true
    $configuration.Output.RenderMode = 'Plaintext'
    $result = Invoke-Pester -Configuration $configuration
    if ($result.FailedCount -gt 0 -or $result.FailedContainersCount -gt 0 -or $result.FailedBlocksCount -gt 0) {
        throw "$($result.FailedCount) Pester tests failed."
    }
}

function Invoke-HelpTask {
    Invoke-Dotnet run --project (Join-Path $PSScriptRoot 'tests' 'QuantumNet.HelpPages') -- $PSScriptRoot
    Write-Output "Built help in $(Join-Path $PSScriptRoot 'en-US')"
}

function Invoke-PackTask {
    if (Test-Stale) { Invoke-BuildTask }
    $packages = Join-Path $PSScriptRoot 'out' 'packages'
    if (Test-Path $packages) { Remove-Item $packages -Recurse -Force }
    $null = New-Item -ItemType Directory $packages
    # The Gallery makes its page from the manifest: Compress-PSResource writes the same nuspec as publishing does.
    Compress-PSResource -Path $module -DestinationPath $packages -SkipModuleManifestValidate
    Invoke-Dotnet pack (Join-Path $PSScriptRoot 'src' 'QuantumNet.Cli') -c $Configuration -o $packages -v quiet -nologo
    Get-ChildItem $packages -Filter *.nupkg | ForEach-Object { Write-Output "Packed $($_.FullName)" }
}

function Invoke-CleanTask {
    $out = Join-Path $PSScriptRoot 'out'
    if (Test-Path $out) { Remove-Item $out -Recurse -Force }
    foreach ($folder in Get-ChildItem (Join-Path $PSScriptRoot 'src'), (Join-Path $PSScriptRoot 'tests') -Directory) {
        foreach ($built in 'bin', 'obj') {
            $path = Join-Path $folder $built
            if (Test-Path $path) { Remove-Item $path -Recurse -Force }
        }
    }
}

foreach ($one in $Task) { & "Invoke-${one}Task" }
