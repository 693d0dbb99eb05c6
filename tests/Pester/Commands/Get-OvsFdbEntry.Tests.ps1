BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Get-OvsFdbEntry' {
    It 'finds where a switch learned a MAC' {
        $learned = Get-OvsFdbEntry -ComputerName compute1 -Mac fa:16:3e:47:39:67
        $learned.Bridge | Should -Be 'br-int'
        $learned.Vlan | Should -Be 47
    }
}
