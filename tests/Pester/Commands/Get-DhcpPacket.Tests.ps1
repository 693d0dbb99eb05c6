BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Get-DhcpPacket' {
    BeforeDiscovery {
        $root = Resolve-Path "$PSScriptRoot/../../.."
        $captures = @(Get-ChildItem (Join-Path $root 'tests' 'fixtures' 'neutron-zed') -Recurse -Filter *.pcap | ForEach-Object FullName)
    }

    It 'decodes recorded packets, and none it cannot read stops the rest' -Skip:($captures.Count -eq 0) -ForEach @(, $captures) {
        $packets = $_ | Get-DhcpPacket -ErrorAction Stop
        $packets.Type | Should -Contain 'Discover'
        ($packets | Where-Object Type -EQ 'Ack')[0].IpAddress | Should -Match '^\d+\.\d+\.\d+\.\d+$'
    }

    It 'says what is wrong with a file that is no capture' {
        Set-Content (Join-Path $TestDrive 'text.pcap') 'not a capture'
        Get-DhcpPacket (Join-Path $TestDrive 'text.pcap') -ErrorVariable wrong -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $wrong[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
}
