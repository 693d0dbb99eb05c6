BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Get-QuantumConnection' {
    It 'gives the default connection' {
        Use-Cloud
        (Get-QuantumConnection).Name | Should -Be 'broken.zip'
    }

    It 'gives nothing when there is none' {
        Disconnect-Quantum
        Get-QuantumConnection | Should -BeNullOrEmpty
    }
}
