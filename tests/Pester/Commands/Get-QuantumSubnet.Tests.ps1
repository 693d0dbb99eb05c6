BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Get-QuantumSubnet' {
    It 'reads a subnet and whether it has DHCP' {
        $subnet = Get-QuantumSubnet
        $subnet.Cidr | Should -Be '192.168.108.0/25'
        $subnet.EnableDhcp | Should -BeTrue
    }
}
