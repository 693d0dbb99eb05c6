BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Get-QuantumNetwork' {
    It 'reads a network and its segment' {
        $network = Get-QuantumNetwork
        $network.NetworkId | Should -Be '2fc20112-1379-4a31-843f-8b3e7a2b490c'
        $network.SegmentationId | Should -Be 3922
        Get-QuantumNetwork -Name islet-* | Should -Not -BeNullOrEmpty
        Get-QuantumNetwork -Name other* | Should -BeNullOrEmpty
        { Get-QuantumNetwork -Name other -ErrorAction Stop } | Should -Throw -ErrorId 'NetworkNameNotFound,*'
    }
}
