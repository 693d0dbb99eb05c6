BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Get-QuantumAgent' {
    It 'reads the agents and where they run' {
        $agents = Get-QuantumAgent
        $agents.Count | Should -Be 4
        (Get-QuantumAgent -AgentType 'DHCP*').ComputerName | Should -Be 'netnode'
    }
}
