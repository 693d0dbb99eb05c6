BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Measure-DhcpCounter' {
    It 'tells what moved between two snapshots' {
        $moved = Measure-DhcpCounter -Before $Healthy -After $Broken
        $moved | Should -Not -BeNullOrEmpty
        $moved.PacketDelta | Where-Object { $_ -lt 0 } | Should -BeNullOrEmpty
    }

    It 'takes snapshots as objects' {
        $before, $after = $Healthy, $Broken | Import-QuantumSnapshot
        Measure-DhcpCounter -Before $before -After $after | Should -Not -BeNullOrEmpty
    }

    It 'lays them along the path of a port' {
        $along = Measure-DhcpCounter -PortId fjord-82 -Before $Healthy -After $Broken
        $along.ComputerName | Should -Contain 'compute1'
    }

    It 'says that the samples are in the wrong order' {
        Measure-DhcpCounter -Before $Broken -After $Healthy -WarningVariable said -WarningAction SilentlyContinue | Out-Null
        "$said" | Should -Match 'wrong order'
        Measure-DhcpCounter -Before $Healthy -After $Broken -WarningVariable fine -WarningAction SilentlyContinue | Out-Null
        "$fine" | Should -Not -Match 'wrong order'
    }
}
