BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Compare-QuantumSnapshot' {
    It 'names what broke first, with the line of each time' {
        $first = Compare-QuantumSnapshot -Reference $Healthy -Difference $Broken | Select-Object -First 1
        $first.Rank | Should -Be 1
        $first.What | Should -Be 'tag'
        $first.ComputerName | Should -Be 'compute1'
        $first.BeforeEvidence.Text | Should -Not -BeNullOrEmpty
        $first.AfterEvidence.Command | Should -Match '^ovs-vsctl'
    }

    It 'compares with what the session is connected to' {
        (Compare-QuantumSnapshot $Healthy).What | Should -Contain 'tag'
    }

    It 'takes snapshots and connections as objects' {
        $before = Import-QuantumSnapshot $Healthy
        (Compare-QuantumSnapshot $before (Get-QuantumConnection)).What | Should -Contain 'tag'
        (Compare-QuantumSnapshot (Get-Item $Healthy) (Import-QuantumSnapshot $Broken)).What | Should -Contain 'tag'
    }

    It 'is silent about a cloud and itself' {
        Compare-QuantumSnapshot $Healthy $Healthy | Should -BeNullOrEmpty
    }

    It 'keeps to the path of a piped port' {
        $along = Get-QuantumPort -PortId $BrokenPort | Compare-QuantumSnapshot -Reference $Healthy
        $along.What | Should -Contain 'tag'
        $along.ComputerName | Should -Not -Contain 'compute2'
    }

    It 'says the verdict above the table' {
        Compare-QuantumSnapshot $Healthy $Broken | Out-String |
            Should -Match 'Verdict: .*compute1: br-int qvo56604c0a-ee: tag'
    }

    It 'tells counters when asked' {
        (Compare-QuantumSnapshot $Healthy $Broken -Include Counter).What | Should -Contain 'packets'
    }

    It 'holds one node against another' {
        $first = Compare-QuantumSnapshot -ReferenceNode compute2 -DifferenceNode compute1 | Select-Object -First 1
        $first.ComputerName | Should -Be 'compute1'
        $first.ReferenceComputerName | Should -Be 'compute2'
        $first.What | Should -Be 'tag'
        Compare-QuantumSnapshot $Healthy -ReferenceNode compute2 -DifferenceNode compute1 | Should -BeNullOrEmpty
    }

    It 'says what it cannot take' {
        { Compare-QuantumSnapshot $Healthy (Get-Culture) } |
            Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        { Compare-QuantumSnapshot $Healthy ./nowhere.zip } | Should -Throw -ErrorId 'SnapshotNotFound,*'
        { @() | Compare-QuantumSnapshot $Healthy $Broken } | Should -Throw -ErrorId 'NothingCompared,*'
    }
}
