BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Get-QuantumSecurityGroupRule' {
    It 'reads the rules of a group' {
        $rules = Get-QuantumSecurityGroupRule
        $rules.Count | Should -Be 4
        $rules.Direction | Sort-Object -Unique | Should -Be 'egress', 'ingress'
    }
}
