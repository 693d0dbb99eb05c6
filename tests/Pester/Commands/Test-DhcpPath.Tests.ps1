BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Test-DhcpPath' {
    It 'names the cause, the node and the object' {
        $result = Test-DhcpPath -PortId $BrokenPort
        $result.Status | Should -Be 'Broken'
        $result.Cause | Should -Be 'QN4001'
        $result.ComputerName | Should -Be 'compute1'
        $result.Object | Should -Be 'qvo56604c0a-ee'
        $result.Summary | Should -Match 'fjord-82 .* gets no lease'
        $result.Findings[0].Evidence[0].Text | Should -Match 'qvo56604c0a-ee'
    }

    It 'finds nothing wrong with a healthy cloud' {
        $results = Test-DhcpPath -Snapshot $Healthy
        $results | Should -HaveCount 3
        $results.Status | Sort-Object -Unique | Should -Be 'Ok'
        $results | Where-Object Cause | Should -BeNullOrEmpty
        $results.Findings | Should -BeNullOrEmpty
    }

    It 'emits true or false with -Quiet' {
        Test-DhcpPath $BrokenPort -Quiet | Should -BeFalse
        Test-DhcpPath kelp-17 -Quiet | Should -BeTrue
    }

    It 'leaves out ports that no instance owns, and tells when none is left' {
        { Get-QuantumPort -DeviceOwner network:* | Test-DhcpPath } | Should -Throw -ErrorId 'NothingTested,*'
    }

    It 'walks the hops of both directions in order' {
        $hops = (Test-DhcpPath kelp-17).Hops
        $request = $hops | Where-Object Direction -EQ Request
        "$($request[0].Component) $($request[-1].Component)" | Should -Be 'Tap Dnsmasq'
        $request.Sequence | Should -Be (1..$request.Count)
    }

    It 'tells the verdict that a change would bring, and what else it would change' {
        $result = Test-DhcpPath $BrokenPort -Assume 'compute1: ovs-vsctl set port qvo56604c0a-ee tag=47'
        $result.Status | Should -Be 'Ok'
        $result.Summary | Should -Match '^Assuming compute1: ovs-vsctl'
        Test-DhcpPath $BrokenPort -Assume 'netnode: ovs-ofctl del-flows br-int' -WarningVariable others `
            -WarningAction SilentlyContinue | Out-Null
        "$others" | Should -Match 'would change from Ok to Broken'
    }

    It 'names the changes that can be assumed' {
        { Test-DhcpPath $BrokenPort -Assume 'compute1: reboot' } | Should -Throw -ErrorId 'AssumptionImpossible*'
        { Test-DhcpPath $BrokenPort -Assume 'reboot' } | Should -Throw -ErrorId 'AssumptionUnclear*'
    }

    It 'sums up by cause, and the lines pipe on' {
        $lines = Test-DhcpPath -All -Summary
        ($lines | Measure-Object PortCount -Sum).Sum | Should -Be @(Test-DhcpPath -All).Count
        $broken = $lines | Where-Object Cause -eq 'QN4001'
        $broken.PortId | Should -Contain $BrokenPort
        ($broken | Test-DhcpPath).Cause | Should -Be 'QN4001'
    }
}
