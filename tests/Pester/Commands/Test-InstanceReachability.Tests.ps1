BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud $Healthy
}

AfterAll { Disconnect-Quantum }

Describe 'Test-InstanceReachability' {
    It 'names the chain that drops the connection, and asks nobody in a snapshot' {
        $result = Test-InstanceReachability $BrokenPort
        $result.Cause | Should -Be 'QN3014'
        $result.Probes | Should -HaveCount 3
        $result.Probes.Answer | Sort-Object -Unique | Should -Be 'NotAsked'
        $result | Format-List | Out-String | Should -Match 'Tcp: NotAsked; lost at compute1/neutron-openvswi-i'
    }

    It 'takes ports and verdicts from the pipeline' {
        (Get-QuantumPort -PortId $BrokenPort | Test-InstanceReachability).IpAddress | Should -Not -BeNullOrEmpty
        (Test-DhcpPath $BrokenPort | Test-InstanceReachability).PortId | Should -BeLike "$BrokenPort*"
        Test-DhcpPath | Test-InstanceReachability | Should -HaveCount 3
    }

    It 'says true or false with -Quiet, and what it cannot tell' {
        Test-InstanceReachability $BrokenPort -Quiet | Should -BeFalse
        $sample = "$PSScriptRoot/../../../samples/healthy-grizzly-gre"
        { Test-InstanceReachability b0724aba -Snapshot $sample -Quiet -ErrorAction Stop } |
            Should -Throw -ErrorId 'ReachabilityUnknown,*'
    }

    It 'asks from the router, and says where there is none' {
        { Test-InstanceReachability $BrokenPort -From Router -ErrorAction Stop } |
            Should -Throw -ErrorId 'RouterNotFound,*'
        (Test-InstanceReachability $BrokenPort -From Dhcp).FromNamespace | Should -BeLike 'qdhcp-*'
        { Test-InstanceReachability $BrokenPort -From Elsewhere } | Should -Throw -ErrorId 'CannotConvertArgument*'
    }

    It 'takes no port of TCP that there is not' {
        { Test-InstanceReachability $BrokenPort -TcpPort 65536 } |
            Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        { Test-InstanceReachability nope -ErrorAction Stop } | Should -Throw -ErrorId 'PortNotFound,*'
    }
}
