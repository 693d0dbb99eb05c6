<#
.SYNOPSIS
    Builds and tests QuantumNet.
.DESCRIPTION
    Build   publishes the module to out/QuantumNet.
    Test    runs every test: the .NET ones (dotnet test), then the Pester suite; both run, whatever the first one says.
    Pester  runs the Pester suite alone, on the built module and on the packages, which it makes first where they are missing or old.
    Help    brings the pages of docs/en-US up to the cmdlets, and builds en-US/QuantumNet.dll-Help.xml from them.
    Pack    makes what is installed, in out/packages: the packages of the module and of the tool quantumnet, single files
            for Linux, Windows and macOS that need no .NET, .deb and .rpm (packaging/ has their parts).
    Clean   removes what was built.

    Nothing needs to be installed but the .NET SDK: "dotnet tool restore" brings the PowerShell that .config/dotnet-tools.json names,
    and the suite brings its Pester into out/modules.
.EXAMPLE
    dotnet pwsh ./build.ps1 -Task Build,Test

    From any shell, after "dotnet tool restore".
.EXAMPLE
    ./build.ps1 -Task Build, Test

    From PowerShell.
.EXAMPLE
    ./build.ps1 -Task Pester -PesterVersion 5.9.1
#>
#Requires -Version 7.4
[CmdletBinding()]
param(
    [ArgumentCompletions('Build', 'Test', 'Pester', 'Help', 'Pack', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # The Pester to test with: 6.2.0, or an older one that the suite should still pass with (5.9.1).
    [version] $PesterVersion = '6.2.0'
)

$ErrorActionPreference = 'Stop'
$module = Join-Path $PSScriptRoot 'out' 'QuantumNet'
$packages = Join-Path $PSScriptRoot 'out' 'packages'
$manifest = Join-Path $PSScriptRoot 'QuantumNet.psd1'

. (Join-Path $PSScriptRoot 'packaging' 'Packages.ps1')

function Write-Step([string] $Text) { Write-Host "==> $Text" }

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
        Get-Item $manifest, (Join-Path $PSScriptRoot 'Directory.*.props'), $PSCommandPath, (Join-Path $PSScriptRoot 'packaging' '*.ps1')
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
    Write-Step "Publish src/QuantumNet.SshNet ($Configuration)"
    Invoke-Dotnet publish (Join-Path $PSScriptRoot 'src' 'QuantumNet.SshNet') -c $Configuration -o $published -nologo
    $sshNet = New-Item -ItemType Directory (Join-Path $module 'lib' 'SshNet')
    Get-ChildItem $published -Filter *.dll | Copy-Item -Destination $sshNet
    Remove-Item $published -Recurse -Force
}

function Invoke-BuildTask {
    $published = Join-Path $PSScriptRoot 'out' 'publish'
    if (Test-Path $module) { Remove-Item $module -Recurse -Force }
    Write-Step "Publish src/QuantumNet ($Configuration)"
    Invoke-Dotnet publish (Join-Path $PSScriptRoot 'src' 'QuantumNet') -c $Configuration -o $published -nologo
    $lib = New-Item -ItemType Directory -Force (Join-Path $module 'lib')
    foreach ($file in Get-ChildItem $published -File) {
        switch -Wildcard ($file.Name) {
            'QuantumNet*.dll' { Copy-Item $file $module; break }
            'System.Management.Automation.dll' { break }    # PowerShell has its own
            '*.dll' { Copy-Item $file $lib; break }         # third parties stay out of PowerShell's load context
        }
    }
    foreach ($name in '*.ps1xml', 'inventory.schema.json') {
        Copy-Item (Join-Path $PSScriptRoot 'src' 'QuantumNet' $name) $module
    }
    foreach ($name in @('QuantumNet.psd1') + $legalFiles) { Copy-Item (Join-Path $PSScriptRoot $name) $module }
    Export-Sample (Join-Path $module 'samples')
    Copy-Help
    Remove-Item $published -Recurse -Force
    Add-SshNet
    Write-Step "Built $module"
}

function Invoke-TestTask {
    $failures = [Collections.Generic.List[string]]::new()
    try {
        Write-Step 'Test with dotnet test: minutes where the lab can be built; each suite prints its totals as it ends'
        Invoke-Dotnet test (Join-Path $PSScriptRoot 'QuantumNet.slnx') -nologo
    }
    catch { $failures.Add("$_") }
    try { Invoke-PesterTask }
    catch { $failures.Add("$_") }
    if ($failures) { throw ($failures -join ' ') }
}

# Brings the suite's Pester, and has this process and those it starts find it.
function Import-Pester {
    $modules = Join-Path $PSScriptRoot 'out' 'modules'
    if (-not (Test-Path (Join-Path $modules 'Pester' $PesterVersion 'Pester.psd1'))) {
        Write-Step "Restore Pester $PesterVersion to out/modules"
        Invoke-Dotnet msbuild (Join-Path $PSScriptRoot 'tests' 'Pester' 'Pester.csproj') '-restore' '-t:Modules' "-p:PesterVersion=$PesterVersion" '-nologo'
    }
    $separator = [IO.Path]::PathSeparator
    if ($modules -notin $env:PSModulePath.Split($separator)) { $env:PSModulePath = $modules + $separator + $env:PSModulePath }
    Import-Module Pester -RequiredVersion $PesterVersion -Force
}

function Invoke-PesterTask {
    Import-Pester
    if (Test-Stale) { Invoke-BuildTask }
    if (Test-PackageStale) { Invoke-LibraryPack }
    Write-Step "Test with Pester $PesterVersion in PowerShell $($PSVersionTable.PSVersion)"
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = Join-Path $PSScriptRoot 'tests' 'Pester'
    $configuration.Run.PassThru = $true
    $configuration.Output.RenderMode = 'Plaintext'
    $result = Invoke-Pester -Configuration $configuration
    if ($result.Result -ne 'Passed') { throw "Pester: $($result.FailedCount) of $($result.TotalCount) tests failed." }
}

function Invoke-HelpTask {
    Invoke-Dotnet run --project (Join-Path $PSScriptRoot 'tests' 'QuantumNet.HelpPages') -- $PSScriptRoot
    Write-Step "Built help in $(Join-Path $PSScriptRoot 'en-US')"
}

# Whether the packages are missing, or older than the module.
function Test-PackageStale {
    $oldest = Get-ChildItem $packages -Filter *.nupkg -ErrorAction Ignore | Sort-Object LastWriteTimeUtc | Select-Object -First 1
    -not $oldest -or $oldest.LastWriteTimeUtc -lt (Get-Item (Join-Path $module 'lib')).LastWriteTimeUtc
}

# The packages of registries: what the tests need, in seconds.
function Invoke-LibraryPack {
    if (Test-Stale) { Invoke-BuildTask }
    if (Test-Path $packages) { Remove-Item $packages -Recurse -Force }
    $null = New-Item -ItemType Directory $packages
    Write-Step 'Pack the module, and src/QuantumNet.Cli'
    # The Gallery makes its page from the manifest: Compress-PSResource writes the same nuspec as publishing does.
    Compress-PSResource -Path $module -DestinationPath $packages -SkipModuleManifestValidate
    Invoke-Dotnet pack (Join-Path $PSScriptRoot 'src' 'QuantumNet.Cli') -c $Configuration -o $packages -nologo
    Get-ChildItem $packages -Filter *.nupkg | ForEach-Object { Write-Step "Packed $($_.FullName)" }
}

function Invoke-PackTask {
    Invoke-LibraryPack
    Invoke-SystemPack
    Write-Step "Packed in ${packages}: $((Get-ChildItem $packages).Name -join ', ')"
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

# From another shell "Build,Test" comes as one word.
$tasks = @($Task -split ',' | ForEach-Object Trim | Where-Object Length)
$known = 'Build', 'Test', 'Pester', 'Help', 'Pack', 'Clean'
foreach ($one in $tasks) { if ($one -notin $known) { throw "There is no task '$one': tasks are $($known -join ', ')." } }
foreach ($one in $tasks) { & "Invoke-${one}Task" }
