# Every cmdlet has help that helps. Runs once there is built help in en-US.
BeforeDiscovery {
    . "$PSScriptRoot/Support.ps1"
    $built = Test-Path (Join-Path (Split-Path $Manifest) 'en-US' '*-Help.xml')
    $commands = Get-QuantumCommand | ForEach-Object { @{ Name = $_.Name } }
}

BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'Help of <Name>' -ForEach $commands -Skip:(-not $built) {
    BeforeAll { $help = Get-Help $Name -Full }

    It 'has a synopsis that is one sentence, and a description' {
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -BeLike "*$Name [[]*" -Because 'that would be the syntax, made up for want of help'
        ($help.Description | Out-String).Trim() | Should -Not -BeNullOrEmpty
    }

    It 'has three examples or more, with explanations' {
        @($help.Examples.Example).Count | Should -BeGreaterOrEqual 3
        foreach ($example in $help.Examples.Example) { ($example | Out-String) | Should -Match $Name.Split('-')[1] }
    }

    It 'describes every parameter' {
        $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
        $described = @($help.parameters.parameter | Where-Object { ($_.Description | Out-String).Trim() } | ForEach-Object Name)
        foreach ($parameter in (Get-Command $Name).Parameters.Keys | Where-Object { $_ -notin $common }) { $described | Should -Contain $parameter }
    }

    It 'was filled in' {
        $help | Out-String -Width 200 | Should -Not -Match '\{\{'
    }
}
