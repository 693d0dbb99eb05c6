BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Restart-QuantumAgent' {
    It 'needs live nodes, and says so' {
        { Restart-QuantumAgent netnode dhcp -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'NeedsLiveNodes,*'
    }

    It 'asks before it restarts' {
        (Get-Command Restart-QuantumAgent).Parameters.Keys | Should -Contain 'WhatIf'
        [Attribute]::GetCustomAttribute((Get-Command Restart-QuantumAgent).ImplementingType, [System.Management.Automation.CmdletAttribute]).ConfirmImpact |
            Should -Be 'High'
    }

    It 'knows the agents, and no other' {
        { Restart-QuantumAgent netnode sshd -Confirm:$false } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        Get-CompletionText 'Restart-QuantumAgent netnode -Agent d' | Should -Contain 'dhcp'
    }
}
