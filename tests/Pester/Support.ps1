<#
.SYNOPSIS
    What every test file needs: the built module, recorded clouds, and how to run another pwsh.
.DESCRIPTION
    Dot-source it in BeforeAll (and in BeforeDiscovery where the tests themselves come from the module).
#>
$Root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
$Manifest = Join-Path $Root 'out' 'QuantumNet' 'QuantumNet.psd1'

# A cloud of the lab (tests/lab/up --flavour neutron --network gre), saved while it was healthy and with fault QN4001 at its first instance.
$Healthy = Join-Path $Root 'tests' 'fixtures' 'lab' 'healthy.zip'
$Broken = Join-Path $Root 'tests' 'fixtures' 'lab' 'broken.zip'
$BrokenPort = '56604c0a-eec0-41b0-9a90-6fb5a0376a67'
$BrokenInstance = '9285198c-dd50-4a25-b070-054f712a01e1'

if (-not (Test-Path $Manifest)) { throw "There is no built module: run './build.ps1 -Task Build' first." }
if (-not (Get-Module QuantumNet)) { Import-Module $Manifest }

# The nodes' answers as Test-DhcpPath and all Get- cmdlets read them, without a connection left over from another test.
function Use-Cloud([string] $Snapshot = $Broken) { $null = Connect-Quantum -Snapshot $Snapshot }

# The engine that runs this, to start another: pwsh, or dotnet where PowerShell is a .NET tool.
$Engine = (Get-Process -Id $PID).Path
$EngineArguments = @(if ([IO.Path]::GetFileNameWithoutExtension($Engine) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' })

# Runs a script in a fresh pwsh and gives what it wrote, line by line.
function Invoke-Pwsh([string] $Script) {
    $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes("`$ProgressPreference='SilentlyContinue';`$PSStyle.OutputRendering='PlainText';$Script"))
    & $Engine @EngineArguments -NoProfile -NonInteractive -EncodedCommand $encoded
}

# What a completion offers for the end of a line.
function Get-CompletionText([string] $Line) {
    (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText
}

# Every cmdlet of the module.
function Get-QuantumCommand { Get-Command -Module QuantumNet -CommandType Cmdlet | Sort-Object Name }
