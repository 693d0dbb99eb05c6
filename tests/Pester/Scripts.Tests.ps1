# The project's own scripts: plain ASCII, and clean where PSScriptAnalyzer can say so.
BeforeDiscovery {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    $hasAnalyzer = [bool] (Get-Module PSScriptAnalyzer -ListAvailable)
    if (-not $hasAnalyzer) { Write-Host 'The scripts are not analyzed: PSScriptAnalyzer is missing (Install-PSResource PSScriptAnalyzer).' }
    $scripts = @(
        Get-Item (Join-Path $root 'build.ps1')
        Get-Item (Join-Path $root 'QuantumNet.psd1')
        Get-ChildItem (Join-Path $root 'tests' 'Pester') -Recurse -Filter *.ps1
        Get-ChildItem (Join-Path $root 'tests' 'Operational') -Recurse -Filter *.ps1
    ) | ForEach-Object { @{ File = $_.FullName; Name = [IO.Path]::GetRelativePath($root, $_.FullName) } }
}

BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe '<Name>' -ForEach $scripts {
    It 'is plain ASCII' {
        [IO.File]::ReadAllText($File) -match '[^\x00-\x7F]' | Should -BeFalse
    }
}

Describe 'PSScriptAnalyzer' -Skip:(-not $hasAnalyzer) {
    It 'has nothing to say about <_>' -ForEach 'build.ps1', 'out/QuantumNet/QuantumNet.psd1', 'tests/Pester', 'tests/Operational' {
        $said = Invoke-ScriptAnalyzer -Path (Join-Path $Root $_) -Recurse -Settings (Join-Path $Root 'tests' 'PSScriptAnalyzerSettings.psd1')
        $said | ForEach-Object { "$($_.ScriptName):$($_.Line) $($_.RuleName): $($_.Message)" } | Should -BeNullOrEmpty
    }
}
