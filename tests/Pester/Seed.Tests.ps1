# The story's own outputs (a Grizzly cloud of two nodes, looked at by hand) through the cmdlets that settle its doubts:
# each says what the story says, and names what its author did not print.
BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $story = Join-Path $Root 'tests' 'fixtures' 'seed'
    $client = 'fa:16:3e:1e:63:66'
    $network = '6b71dbb8-e91c-47f0-92c4-47882007115d'
    Use-Cloud $story

    # The story with one of its outputs as it is at another time.
    function New-Story([string] $File, [string] $Match, [string] $Instead) {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        Copy-Item $story $folder -Recurse
        $path = Join-Path $folder $File
        $text = Get-Content $path -Raw
        $text | Should -Match $Match
        Set-Content $path ($text -replace $Match, $Instead) -NoNewline
        $folder
    }

    # The story with what its author did not print: each line of the index, and what the command says.
    function Add-Output([string] $Folder, [string] $Node, [string] $Command, [string] $Text) {
        $name = "$([guid]::NewGuid()).txt"
        Set-Content (Join-Path $Folder $name) $Text
        Add-Content (Join-Path $Folder 'index.tsv') "$name`t0`t$Node`t$Command"
    }
}

AfterAll { Disconnect-Quantum }

Describe 'The story as a snapshot' {
    It 'is read to the last output' {
        $snapshot = Import-QuantumSnapshot $story
        $snapshot.Nodes.ComputerName | Should -Be 'compute1', 'netnode'
        $snapshot.UnknownOutputs | Should -BeNullOrEmpty
        $snapshot.UsedOutputCount | Should -Be 21
    }

    It 'is walked from the console to the instance' {
        $said = & "$Root/tests/Operational/Invoke-SeedWalk.ps1" test-instance1 -Snapshot $story
        $said -match 'console: 3 discovers sent, NoLease' | Should -Not -BeNullOrEmpty
        $said -match '\[ok\] qvo1408934f-93 on br-int has tag 2' | Should -Not -BeNullOrEmpty
        $said -match '\[ok\] dnsmasq 8920 on netnode serves the network' | Should -Not -BeNullOrEmpty
        $said -match '172\.241\.0\.2 is reached: .*run `ovs-ofctl dump-flows br-int`' | Should -Not -BeNullOrEmpty
    }
}

Describe 'Test-DhcpServer: "you should see two copies of the dnsmasq process"' {
    BeforeAll { $result = Test-DhcpServer -Answer $client }

    It 'finds the two copies to be one server, that listens' {
        $result | Should -HaveCount 1
        $result.ComputerName | Should -Be 'netnode'
        $result.ProcessId, $result.ChildProcessIds | Should -Be 8920, 8921
        $result.Version | Should -Be '2.59'
        $result.IsListening | Should -BeTrue
        $result.Device, $result.IpAddress | Should -Be 'tap9a41d8fa-a7', '172.241.0.3'
    }

    It 'finds nothing wrong, and names what was not printed' {
        $result.Findings | Where-Object Status -EQ Fail | Should -BeNullOrEmpty
        $result.Status, $result.Cause | Should -Be 'Unknown', 'QN9008'
        $result.Findings.Message | Should -Contain ("DhcpOption of $network was not collected; " +
            "run ``cat /var/lib/quantum/dhcp/$network/opts`` on netnode.")
    }

    It 'gives the instance the address that the log says it got, for 120 seconds' {
        $result.Answers.Answer | Should -Be 'Offer', 'Ack', 'Ack'
        $result.Answers.IpAddress | Sort-Object -Unique | Should -Be '172.241.0.2'
        $result.Answers.LeaseSeconds | Sort-Object -Unique | Should -Be 120
        $result.Answers[0].Rule | Should -Be (Get-Content "$story/dhcp-host.txt" -First 1)
    }

    It 'sees "that the pid stays the same", and the bug where it does not' {
        (Test-DhcpServer -Before $story).IsStable | Should -BeTrue
        $respawned = Test-DhcpServer -Before (New-Story 'ps-ef-grep-8920.txt' '\b892(?=[01]\b)' '811')
        $respawned.IsStable | Should -BeFalse
        ($respawned.Findings | Where-Object Status -EQ Fail).Code | Should -Be 'QN6006'
    }
}

Describe 'Test-OvsTunnel: "each node will be connected to every other node by a GRE tunnel"' {
    It 'sees a mesh of two nodes, nothing wrong with it, and that no output tells the nodes'' addresses' {
        $result = Test-OvsTunnel
        $result.Type | Should -Be 'gre'
        $result.Nodes | Should -Be 'compute1', 'netnode'
        $result.Pairs | Should -HaveCount 1
        $result.Findings | Where-Object Status -EQ Fail | Should -BeNullOrEmpty
        $result.Summary | Should -Match 'run `ip address` on (compute1|netnode)'
    }

    It 'finds the mesh whole once the addresses of the story''s capture are the nodes''' {
        # 14:30:53.389538 IP 10.0.20.12 > 10.0.20.11: GREv0, key=0x1 (on eth2 of compute1)
        $told = New-Story 'index.tsv' '\z' ''
        Add-Output $told compute1 'ip -o -4 addr show' '4: eth2    inet 10.0.20.12/24 brd 10.0.20.255 scope global eth2'
        Add-Output $told netnode 'ip -o -4 addr show' '4: eth2    inet 10.0.20.11/24 brd 10.0.20.255 scope global eth2'
        $pair = (Test-OvsTunnel -Snapshot $told).Pairs
        $pair.Device, $pair.RemoteDevice | Should -Be 'gre-1', 'gre-2'
        $pair.Findings.Code | Should -Not -Contain 'QN5001'
        $pair.Findings.Code | Should -Not -Contain 'QN5002'
    }
}

Describe 'Test-InstanceReachability: "use the dhcp namespace on the network node"' {
    It 'asks from that namespace, and names the flows that were not printed' {
        $result = Test-InstanceReachability test-instance1
        $result.FromNode, $result.FromNamespace | Should -Be 'netnode', "qdhcp-$network"
        $result.ComputeNode, $result.IpAddress, $result.TcpPort | Should -Be 'compute1', '172.241.0.2', 22
        $result.Status, $result.Cause | Should -Be 'Unknown', 'QN9008'
        $result.Summary | Should -Match 'run `ovs-ofctl dump-flows br-int` on netnode'
    }
}

Describe 'Compare-QuantumSnapshot' {
    It 'finds the story to be the same as itself' {
        Compare-QuantumSnapshot $story $story | Should -BeNullOrEmpty
    }

    It 'names the tag: "if the port is not tagged then there is something wrong with the agent"' {
        $untagged = New-Story 'compute1/ovs-vsctl-show.txt' '(?m)^ +tag: 2\n' ''
        $first = Compare-QuantumSnapshot $story $untagged | Select-Object -First 1
        $first.ComputerName, $first.Object, $first.What | Should -Be 'compute1', 'br-int qvo1408934f-93', 'tag'
        $first.Before, $first.After | Should -Be '2', ''
    }

    It 'names the rule that let the server''s replies in' {
        $filtered = New-Story 'iptables-save.txt' '(?m)^-A quantum-openvswi-i1408934f-9 -s 172.241.0.3/32 .*\n' ''
        $first = Compare-QuantumSnapshot $story $filtered | Select-Object -First 1
        $first.ComputerName | Should -Be 'compute1'
        $first.BeforeEvidence.Text | Should -Match '--sport 67 --dport 68 -j RETURN'
    }
}

Describe 'Test-QuantumConnection' {
    It 'has nobody to log in to in a snapshot: it tells what that holds' {
        $result = Test-QuantumConnection
        $result | ForEach-Object Transport | Sort-Object -Unique | Should -Be 'snapshot'
        $result | ForEach-Object Login | Sort-Object -Unique | Should -Be 'NotApplicable'
        $result | Where-Object Kind -EQ Node | ForEach-Object ComputerName | Should -Be 'compute1', 'netnode'
        $plane = $result | Where-Object Kind -EQ ControlPlane
        $plane.Services.Name | Should -Be 'console', 'instance', 'network', 'port', 'subnet'
        $plane.Costs | Should -Contain 'Get-QuantumAgent'
    }
}
