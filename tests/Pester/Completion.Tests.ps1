# Completion offers what the session has seen, at once, and never asks a node.
BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    Use-Cloud
    $null = Get-QuantumPort | Test-DhcpPath
}

AfterAll { Disconnect-Quantum }

Describe 'Completion' {
    It 'offers <What>' -ForEach @(
        @{ What = 'nodes'; Line = 'Get-OvsFlow -ComputerName c'; Offered = 'compute1', 'compute2' }
        @{ What = 'ports'; Line = 'Test-DhcpPath -PortId 5'; Offered = @('56604c0a-eec0-41b0-9a90-6fb5a0376a67') }
        @{ What = 'ports by position'; Line = 'Test-DhcpPath 84'; Offered = @('84e59f9f-b445-4e03-9d6b-140ed1d4d782') }
        @{ What = 'networks'; Line = 'Get-QuantumPort -NetworkId 2'; Offered = @('2fc20112-1379-4a31-843f-8b3e7a2b490c') }
        @{ What = 'instances'; Line = 'Get-NovaInstance -InstanceId 9'; Offered = @('9285198c-dd50-4a25-b070-054f712a01e1') }
        @{ What = 'names of instances'; Line = 'Get-NovaInstance -Name kelp'; Offered = 'kelp-17', 'kelp-1a' }
        @{ What = 'bridges'; Line = 'Get-OvsFlow -Bridge br-'; Offered = 'br-int', 'br-phy', 'br-tun' }
        @{ What = 'tables of flows'; Line = 'Get-OvsFlow -Table 2'; Offered = '2', '20', '22', '23', '24', '25' }
        @{ What = 'tables of iptables'; Line = 'Get-IptablesRule -Table '; Offered = 'filter', 'raw' }
        @{ What = 'networks by position'; Line = 'Test-DhcpServer 2'
            Offered = @('2fc20112-1379-4a31-843f-8b3e7a2b490c') }
        @{ What = 'nodes by position'; Line = 'Test-QuantumConnection c'; Offered = 'compute1', 'compute2' }
        @{ What = 'nodes by position'; Line = 'Test-OvsTunnel c'; Offered = 'compute1', 'compute2' }
        @{ What = 'ports of reachability'; Line = 'Test-InstanceReachability 84'
            Offered = @('84e59f9f-b445-4e03-9d6b-140ed1d4d782') }
        @{ What = 'where an instance is asked from'; Line = 'Test-InstanceReachability 84 -From '
            Offered = 'Dhcp', 'Router' }
        @{ What = 'MACs'; Line = 'Test-DhcpServer -Answer fa'; Offered = @('fa:16:3e:38:1a:e6') }
        @{ What = 'ports of a comparison'; Line = 'Compare-QuantumSnapshot a b -PortId 5'
            Offered = @('56604c0a-eec0-41b0-9a90-6fb5a0376a67') }
        @{ What = 'nodes of a comparison'; Line = 'Compare-QuantumSnapshot -ReferenceNode compute1 -DifferenceNode c'
            Offered = 'compute1', 'compute2' }
        @{ What = 'details of a comparison'; Line = 'Compare-QuantumSnapshot a b -Include C'
            Offered = 'Cookie', 'Counter' }
        @{ What = 'collectors'; Line = 'Get-QuantumCollector -Collector Dhcp'; Offered = 'DhcpHost', 'DhcpServer' }
        @{ What = 'roles'; Line = 'Get-QuantumCollector '; Offered = 'Compute', 'Network', 'Controller', 'All' }
        @{ What = 'codes'; Line = 'Get-QuantumCheck QN400'; Offered = 'QN4001', 'QN4002' }
    ) {
        $texts = Get-CompletionText $Line
        foreach ($one in $Offered) { $texts | Should -Contain $one }
    }

    It 'offers snapshots as paths' {
        Push-Location (Split-Path $Broken)
        try { Get-CompletionText 'Get-QuantumPort -Snapshot ./bro' | Should -BeLike '*broken.zip' }
        finally { Pop-Location }
    }

    It 'says what a port is' {
        $line = 'Test-DhcpPath -PortId 5'
        (TabExpansion2 $line $line.Length).CompletionMatches[0].ToolTip | Should -Match '192\.168\.108\.61'
    }

    It 'offers only what fits what is typed' {
        Get-CompletionText 'Test-DhcpPath -PortId zz' | Should -Be 'zz'
    }

    It 'offers nodes of the connection before anything was gathered, and asks none of them' {
        $script = @"
Import-Module '$Manifest'
`$env:PATH = '/nonexistent'
`$null = Connect-Quantum -ComputerName alpha1, alpha2
`$line = 'Get-OvsFlow -ComputerName al'
(TabExpansion2 `$line `$line.Length).CompletionMatches.CompletionText
"@
        Invoke-Pwsh $script | Should -Be 'alpha1', 'alpha2'
    }
}

Describe 'Completion before anything was gathered' {
    BeforeDiscovery {
        . "$PSScriptRoot/Support.ps1"
        $free = Get-QuantumCommand | ForEach-Object {
            $name = $_.Name
            $_.Parameters.Values | Where-Object {
                $_.ParameterType -in [string], [string[]] -and
                $_.Name -notin [System.Management.Automation.Cmdlet]::CommonParameters -and
                $_.Name -notin 'Inventory', 'Snapshot', 'SaveTo', 'IdentityFile', 'SshConfigFile' -and
                -not ($_.Attributes.TypeId.Name -contains 'SnapshotPathAttribute') -and
                -not ($_.Attributes.TypeId.Name -contains 'CloudSourceAttribute') -and
                -not ($_.Name -in 'Path', 'LiteralPath' -and $name -notin 'Get-AgentLog', 'Get-AgentConfig')
            } | ForEach-Object { @{ Name = $name; Parameter = $_.Name } }
        }
    }

    BeforeAll { Disconnect-Quantum }

    It 'offers <What> of the snapshot on the command line' -ForEach @(
        @{ What = 'ports'; Line = 'Test-DhcpPath -Snapshot ./broken.zip -PortId 56'; Offered = '56604c0a-eec0-41b0-9a90-6fb5a0376a67' }
        @{ What = 'ports by position'; Line = 'Test-DhcpPath -Snapshot ./broken.zip 56'; Offered = '56604c0a-eec0-41b0-9a90-6fb5a0376a67' }
        @{ What = 'nodes'; Line = 'Get-OvsFlow -Snapshot broken.zip comp'; Offered = 'compute1' }
        @{ What = 'networks'; Line = 'Test-DhcpServer -Snapshot ./broken.zip 2fc'; Offered = '2fc20112-1379-4a31-843f-8b3e7a2b490c' }
        @{ What = 'chains'; Line = 'Get-IptablesRule -Snapshot ./broken.zip -Chain neutron-openvswi-s'; Offered = 'neutron-openvswi-sg-chain' }
        @{ What = 'namespaces'; Line = 'Get-NodeLink -Snapshot ./broken.zip -Namespace qdhcp-2'; Offered = 'qdhcp-2fc20112-1379-4a31-843f-8b3e7a2b490c' }
        @{ What = 'devices'; Line = 'Get-OvsPort -Snapshot ./broken.zip -Device patch-'; Offered = 'patch-tun' }
        @{ What = 'MACs'; Line = 'Get-QuantumPort -Snapshot ./broken.zip -Mac fa'; Offered = 'fa:16:3e:38:1a:e6' }
    ) {
        Push-Location (Split-Path $Broken)
        try { Get-CompletionText $Line | Should -Contain $Offered }
        finally { Pop-Location }
    }

    It 'offers the nodes of the inventory on the command line' {
        Get-CompletionText "Get-OvsFlow -Inventory $Root/samples/cloud.json net" | Should -Be 'netnode'
    }

    It 'offers the names of a snapshot that the session is connected to' {
        $script = @"
Import-Module '$Manifest'
`$null = Connect-Quantum -Snapshot '$Broken'
(TabExpansion2 'Test-DhcpPath 56' 16).CompletionMatches.CompletionText
"@
        Invoke-Pwsh $script | Should -Be $BrokenPort
    }

    It 'offers <What>, which need no cloud' -ForEach @(
        @{ What = 'layers'; Line = 'Get-QuantumCheck -Layer T'; Offered = 'Tunnel' }
        @{ What = 'levels'; Line = 'Get-AgentLog -Level E'; Offered = 'ERROR' }
        @{ What = 'types of events'; Line = 'Get-DhcpEvent -Type DHCPO'; Offered = 'DHCPOFFER' }
        @{ What = 'owners'; Line = 'Get-QuantumPort -DeviceOwner comp'; Offered = 'compute:*' }
        @{ What = 'chains'; Line = 'Get-IptablesRule -Chain FOR'; Offered = 'FORWARD' }
        @{ What = 'namespaces'; Line = 'Get-NetworkNamespace -Namespace qd'; Offered = 'qdhcp-*' }
        @{ What = 'agents'; Line = 'Get-QuantumAgent -AgentType DH'; Offered = "'DHCP agent'" }
        @{ What = 'settings'; Line = 'Get-AgentConfig -Name loc'; Offered = 'local_ip' }
    ) {
        Get-CompletionText $Line | Should -Contain $Offered
    }

    It 'never offers files for <Name> -<Parameter>' -ForEach $free {
        Push-Location $TestDrive
        try {
            $null = New-Item -ItemType File -Force 'zebra.txt'
            foreach ($typed in '', 'zeb') {
                "$(Get-CompletionText "$Name -$Parameter $typed")" | Should -Not -Match 'zebra'
            }
        }
        finally { Pop-Location }
    }
}
