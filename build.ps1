<#
.SYNOPSIS
    Builds QuantumNet.
.DESCRIPTION
    Build  publishes the module to out/QuantumNet.
    Test   runs the .NET tests, then the Pester tests on the built module.
    Help   builds out/QuantumNet/en-US from docs/en-US with PlatyPS, where it is installed.
    Pack   makes the module's zip and the tool's package in out/.
    Clean  removes what was built.
.EXAMPLE
    ./build.ps1 -Task Build, Test
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Help', 'Pack', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
$module = Join-Path $PSScriptRoot 'out' 'QuantumNet'
$manifest = Join-Path $PSScriptRoot 'QuantumNet.psd1'

function Invoke-Dotnet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($args -join ' ') failed with $LASTEXITCODE." }
}

function Copy-Help {
    # Built help is kept in en-US; docs/en-US holds its sources.
    $source = Join-Path $PSScriptRoot 'en-US'
    if (Test-Path $source) { Copy-Item $source $module -Recurse -Force }
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
    Write-Output "Built $module"
}

function Invoke-TestTask {
    Invoke-Dotnet test (Join-Path $PSScriptRoot 'QuantumNet.slnx') -c $Configuration -v quiet -nologo
    $suite = Join-Path $PSScriptRoot 'tests' 'Pester'
    if (-not (Test-Path $suite)) { Write-Output "Skipped: there is no $suite."; return }
    if (-not (Get-Module Pester -ListAvailable | Where-Object Version -ge '5.5')) {
        Write-Output 'Skipped: the Pester tests need Pester 5.5 or later (Install-PSResource Pester).'
        return
    }
    if (-not (Test-Path $module)) { Invoke-BuildTask }
    $result = Invoke-Pester -Path $suite -PassThru
    if ($result.FailedCount -gt 0) { throw "$($result.FailedCount) Pester tests failed." }
}

function Invoke-HelpTask {
    $sources = Join-Path $PSScriptRoot 'docs' 'en-US'
    if (-not (Get-Module Microsoft.PowerShell.PlatyPS -ListAvailable)) {
        Write-Output 'Skipped: help is built by PlatyPS (Install-PSResource Microsoft.PowerShell.PlatyPS).'
        return
    }
    $built = Join-Path $PSScriptRoot 'out' 'help'
    Get-ChildItem $sources -Filter '*-*.md' | Import-MarkdownCommandHelp | Export-MamlCommandHelp -OutputFolder $built -Force
    $target = New-Item -ItemType Directory -Force (Join-Path $PSScriptRoot 'en-US')
    Get-ChildItem $built -Recurse -Filter '*-Help.xml' | Copy-Item -Destination $target
    Write-Output "Built help in $target"
}

function Invoke-PackTask {
    if (-not (Test-Path $module)) { Invoke-BuildTask }
    $version = (Import-PowerShellDataFile $manifest).ModuleVersion
    $zip = Join-Path $PSScriptRoot 'out' "QuantumNet.$version.zip"
    Compress-Archive -Path $module -DestinationPath $zip -Force
    Invoke-Dotnet pack (Join-Path $PSScriptRoot 'src' 'QuantumNet.Cli') -c $Configuration -o (Join-Path $PSScriptRoot 'out') -v quiet -nologo
    Write-Output "Packed $zip"
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
