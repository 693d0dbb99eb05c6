BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Trace-DhcpPacket' {
    It 'needs live nodes, and says so' {
        { Trace-DhcpPacket $BrokenPort -DurationSeconds 1 -ErrorAction Stop } | Should -Throw -ErrorId 'TraceNeedsNodes,*'
    }

    It 'judges a saved trace again' {
        $sample = "$PSScriptRoot/../../../samples/traced-QN5006-no-inbound-flow"
        $seen = @(Trace-DhcpPacket a6f5a96d -Snapshot $sample)
        $seen[-1].Cause | Should -Be 'QN5006'
        $seen[-1].FirstMissing | Should -BeLike 'netnode/tap*'
        ($seen | Where-Object Type -EQ Discover).Count | Should -Be $seen[-1].PacketCount
        @(Trace-DhcpPacket a6f5a96d -Snapshot $sample -Device eth0)[-1].PacketCount |
            Should -BeLessThan $seen[-1].PacketCount
    }

    It 'saves nothing where nothing is captured' {
        { Trace-DhcpPacket $BrokenPort -SaveTo "$TestDrive/trace" -ErrorAction Stop } |
            Should -Throw -ErrorId 'NeedsLiveNodes,*'
        "$TestDrive/trace" | Should -Not -Exist
    }

    It 'emits what passes and then what became of it' {
        (Get-Command Trace-DhcpPacket).OutputType.Name | Sort-Object | Should -Be 'QuantumNet.DhcpPacketObservation', 'QuantumNet.DhcpTraceResult'
    }
}
