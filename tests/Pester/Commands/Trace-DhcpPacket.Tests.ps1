BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Trace-DhcpPacket' {
    It 'needs live nodes, and says so' {
        { Trace-DhcpPacket $BrokenPort -DurationSeconds 1 -ErrorAction Stop } | Should -Throw -ErrorId 'TraceNeedsNodes,*'
    }

    It 'emits what passes and then what became of it' {
        (Get-Command Trace-DhcpPacket).OutputType.Name | Sort-Object | Should -Be 'QuantumNet.DhcpPacketObservation', 'QuantumNet.DhcpTraceResult'
    }
}
