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

Describe 'Measure-DhcpCounter with a port' {
    BeforeAll {
        $samples = Join-Path $Root 'samples'
        $pair = @{
            Before = Join-Path $samples 'broken-QN5006-no-inbound-flow'
            After  = Join-Path $samples 'broken-QN5006-no-inbound-flow-later'
        }
        $path = Measure-DhcpCounter a6f5a96d @pair
        $all = Measure-DhcpCounter a6f5a96d @pair -All
    }

    It 'emits the counters of its path alone, in the order of the path' {
        $path | ForEach-Object { $_ | Should -BeOfType QuantumNet.DhcpCounterChange }
        $path.IsOnPath | Should -Not -Contain $false
        $hops = @($path | ForEach-Object { [int] $_.Direction * 100 + $_.Sequence })
        $hops | Should -Be @($hops | Sort-Object)
    }

    It 'shows one sentence above the table, and emits none' {
        $sentence = $path.Summary | Select-Object -Unique
        $sentence | Should -HaveCount 1
        $sentence | Should -Match 'the request is lost: br-tun on netnode'
        $lines = @(($path | Out-String -Width 200) -split "`n" -match 'the request is lost')
        $lines | Should -HaveCount 1
    }

    It 'gives scripts that select by IsDecisive what they always had' {
        ($path | Where-Object IsDecisive).RawText | Should -Be ($all | Where-Object { $_.IsOnPath -and $_.IsDecisive }).RawText
        (Test-DhcpPath -Counter $path -Snapshot $pair.After).Cause | Should -Be 'QN5006'
    }

    It 'shows the rest with -All: of the path, off it, and without a port what stood still' {
        @($all | Where-Object IsOnPath).Count | Should -BeGreaterThan $path.Count
        $all | Where-Object { -not $_.IsOnPath -and $_.Change -eq 'Still' } | Should -Not -BeNullOrEmpty
        $moved = Measure-DhcpCounter @pair
        $moved.Change | Should -Not -Contain 'Still'
        (Measure-DhcpCounter @pair -All).Change | Should -Contain 'Still'
    }
}
