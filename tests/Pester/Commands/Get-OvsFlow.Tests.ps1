BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Get-OvsFlow' {
    It 'reads the flows of a bridge and table' {
        $flows = Get-OvsFlow -ComputerName compute1 -Bridge br-int -Table 23
        $flows.Count | Should -BeGreaterThan 0
        $flows.Table | Sort-Object -Unique | Should -Be 23
    }

    It 'keeps the line as the switch printed it' {
        (Get-OvsFlow compute1 br-int | Select-Object -First 1).RawText | Should -Match 'actions='
    }

    It 'sorts as the switch looks up' {
        $sorted = Get-OvsFlow compute1 br-int | Sort-Object
        $sorted[0].Table | Should -Be 0
        $sorted[0].Priority | Should -BeGreaterOrEqual $sorted[1].Priority
    }

    It 'finds what no packet met' {
        Get-OvsFlow -ComputerName compute1 | Where-Object PacketCount -EQ 0 | Should -Not -BeNullOrEmpty
    }
}
