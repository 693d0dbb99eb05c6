BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Get-DhcpEvent' {
    It 'reads what dnsmasq said to a client' {
        $events = Get-DhcpEvent -Mac fa:16:3e:38:1a:e6
        'DHCPDISCOVER', 'DHCPOFFER', 'DHCPREQUEST', 'DHCPACK' | ForEach-Object { $events.Type | Should -Contain $_ }
        ($events | Where-Object IpAddress).IpAddress | Sort-Object -Unique | Should -Be '192.168.108.61'
    }

    It 'takes a MAC in any spelling' {
        (Get-DhcpEvent -Mac FA-16-3E-38-1A-E6).Count | Should -Be (Get-DhcpEvent -Mac fa:16:3e:38:1a:e6).Count
    }
}
