BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Get-QuantumPort' {
    It 'finds ports by whatever is at hand' {
        (Get-QuantumPort -PortId 56604c0a).PortId | Should -Be $BrokenPort
        (Get-QuantumPort -DeviceId $BrokenInstance).PortId | Should -Be $BrokenPort
        (Get-QuantumPort -Mac FA:16:3E:38:1A:E6).PortId | Should -Be $BrokenPort
        (Get-QuantumPort -IpAddress 192.168.108.61).PortId | Should -Be $BrokenPort
        (Get-QuantumPort -DeviceOwner compute:*).Count | Should -Be 3
        (Get-QuantumPort -ComputerName netnode).Count | Should -Be 2
    }

    It 'emits nothing, and no error, when no name fits a wildcard' {
        Get-QuantumPort -IpAddress 10.255.255.* -ErrorVariable wrong | Should -BeNullOrEmpty
        $wrong | Should -BeNullOrEmpty
    }

    It 'tells a name that nothing has' {
        { Get-QuantumPort -IpAddress 10.255.255.1 -ErrorAction Stop } | Should -Throw -ErrorId 'AddressNotFound,*'
    }
}
