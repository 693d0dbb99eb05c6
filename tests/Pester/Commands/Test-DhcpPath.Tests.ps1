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
}
