BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Disconnect-Quantum' {
    It 'forgets the default connection, and does nothing when there is none' {
        Get-QuantumConnection | Should -Not -BeNullOrEmpty
        Disconnect-Quantum | Should -BeNullOrEmpty
        Get-QuantumConnection | Should -BeNullOrEmpty
        { Disconnect-Quantum -ErrorAction Stop } | Should -Not -Throw
    }
}
