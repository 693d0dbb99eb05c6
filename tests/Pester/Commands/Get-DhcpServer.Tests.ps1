BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Get-DhcpServer' {
    It 'finds the dnsmasq of a network, with its arguments' {
        $server = Get-DhcpServer
        $server.ComputerName | Should -Be 'netnode'
        $server.NetworkId | Should -Be '2fc20112-1379-4a31-843f-8b3e7a2b490c'
        $server.ProcessId | Should -BeGreaterThan 0
    }

    It 'finds the one that serves a port' {
        (Get-QuantumPort -PortId 56604c0a | Get-DhcpServer).NetworkId | Should -Be '2fc20112-1379-4a31-843f-8b3e7a2b490c'
    }
}
