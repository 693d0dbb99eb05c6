BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Get-OvsBridge' {
    It 'reads the bridges of every node' {
        $bridges = Get-OvsBridge
        $bridges.ComputerName | Sort-Object -Unique | Should -Be 'compute1', 'compute2', 'netnode'
        ($bridges | Where-Object Bridge -EQ 'br-tun').FailMode | Sort-Object -Unique | Should -Be 'secure'
    }
}
