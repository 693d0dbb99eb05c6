BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Get-DhcpHost' {
    It 'reads the addresses that dnsmasq may give' {
        $hosts = Get-DhcpHost
        $hosts.IpAddress | Sort-Object | Should -Be '192.168.108.23', '192.168.108.3', '192.168.108.61'
        $hosts.ComputerName | Sort-Object -Unique | Should -Be 'netnode'
    }

    It 'finds one by MAC' {
        (Get-DhcpHost -Mac fa:16:3e:47:39:67).IpAddress | Should -Be '192.168.108.23'
    }
}
