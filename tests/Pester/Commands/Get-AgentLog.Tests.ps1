BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Get-AgentLog' {
    It 'reads warnings and errors, oldest first, with the source of each' {
        $lines = Get-AgentLog -ComputerName netnode
        $lines.Level | Should -Contain 'WARNING'
        $lines[0].Time | Should -BeLessOrEqual $lines[-1].Time
        $lines[0].Message | Should -Not -BeNullOrEmpty
    }

    It 'heeds the time window' {
        Get-AgentLog -After ([datetime]'2030-01-01') | Should -BeNullOrEmpty
    }
}
