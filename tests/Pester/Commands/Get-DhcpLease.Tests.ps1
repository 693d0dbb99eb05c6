BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Get-DhcpLease' {
    It 'reads the leases that dnsmasq gave' {
        $lease = Get-DhcpLease
        $lease.Mac | Should -Be 'fa:16:3e:38:1a:e6'
        $lease.IpAddress | Should -Be '192.168.108.61'
        $lease.ExpiresAt.Kind | Should -Be 'Utc'
    }
}
