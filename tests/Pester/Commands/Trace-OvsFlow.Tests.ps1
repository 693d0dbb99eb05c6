BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud $Healthy
    $port = Get-QuantumPort -DeviceOwner compute:* | Select-Object -First 1
}

AfterAll { Disconnect-Quantum }

Describe 'Trace-OvsFlow' {
    It 'follows request and reply over both nodes' {
        $steps = Trace-OvsFlow $port.PortId
        $steps.Direction | Sort-Object -Unique | Should -Be 'Request', 'Reply'
        ($steps.ComputerName | Sort-Object -Unique).Count | Should -BeGreaterThan 1
    }

    It 'ends the request at the DHCP server''s port' {
        $left = $port | Trace-OvsFlow -Discover | Where-Object Kind -EQ output
        $left.Device | Should -Contain (Get-OvsPort | Where-Object Device -Like 'tap*' |
            Where-Object ComputerName -In (Test-DhcpPath $port.PortId).DhcpNodes)[0].Device
    }

    It 'begins at the tap of a hybrid plug and ends there' {
        $tap = "tap$($port.PortId.Substring(0, 11))"
        $request = Trace-OvsFlow $port.PortId -Discover
        $request[0].Device | Should -Be $tap
        $request[1].Kind | Should -Be iptables
        $request[1].Rule.RawText | Should -Match '-j RETURN'
        (Trace-OvsFlow $port.PortId -Offer | Where-Object Kind -EQ device)[-1].Device | Should -Be $tap
    }

    It 'quotes the flow that decides in each table' {
        $step = Trace-OvsFlow $port.PortId -Discover | Where-Object Kind -EQ table | Select-Object -First 1
        $step.Flow.RawText | Should -Match 'actions='
        $step.Table | Should -Be $step.Flow.Table
    }

    It 'traces any packet' {
        $entry = Get-OvsPort -PortId $port.PortId
        $steps = Trace-OvsFlow -ComputerName $entry.ComputerName -Bridge $entry.Bridge -Packet (
            "udp,in_port=$($entry.Device),dl_src=$($port.Mac),dl_dst=ff:ff:ff:ff:ff:ff," +
            'nw_dst=255.255.255.255,nw_ttl=64,udp_src=68,udp_dst=67')
        $steps[0].Device | Should -Be $entry.Device
        $steps | Where-Object Kind -EQ output | Should -Not -BeNullOrEmpty
    }

    It 'names the field that no packet has' {
        $entry = Get-OvsPort -PortId $port.PortId
        Trace-OvsFlow -ComputerName $entry.ComputerName -Bridge $entry.Bridge -Packet 'udp,in_prt=1' `
            -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'NotTraced*'
        "$($failed[0])" | Should -Match 'in_prt'
    }

    It 'names the nearest bridge' {
        { Trace-OvsFlow -ComputerName compute1 -Bridge br-nit -Packet 'in_port=1' -ErrorAction Stop } |
            Should -Throw '*br-nit*'
    }

    It 'marks what a change that is assumed would alter' {
        $entry = Get-OvsPort -PortId $port.PortId
        $change = "$($entry.ComputerName): ovs-vsctl set port $($entry.Device) tag=4095"
        $steps = Trace-OvsFlow $port.PortId -Discover -Assume $change
        $steps | Where-Object IsChanged | Should -Not -BeNullOrEmpty
        $steps | Where-Object Kind -EQ output | Where-Object Device -Like '*xlan*' | Should -BeNullOrEmpty
    }

    It 'refuses -Live on a snapshot, and together with -Assume' {
        { Trace-OvsFlow $port.PortId -Live } | Should -Throw -ErrorId 'NeedsLiveNodes*'
        { Trace-OvsFlow $port.PortId -Live -Assume 'compute1: ip link set eth0 up' } |
            Should -Throw -ErrorId 'LiveAndAssumed*'
    }
}
