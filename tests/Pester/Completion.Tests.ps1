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
        Get-CompletionText 'Test-DhcpPath -PortId zz' | Should -BeNullOrEmpty
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
