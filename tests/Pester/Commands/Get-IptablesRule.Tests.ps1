BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Get-IptablesRule' {
    It 'reads the rules of a port, with their counters' {
        $rules = Get-IptablesRule -PortId $BrokenPort
        $rules.Chain | Should -Contain 'neutron-openvswi-o56604c0a-e'
        $rules.ComputerName | Sort-Object -Unique | Should -Be 'compute1'
        ($rules | Where-Object { $_.RawText -match 'sport 68.*dport 67' }).Target | Should -Contain 'RETURN'
    }

    It 'narrows by node, table, chain and target' {
        $rules = Get-IptablesRule -ComputerName compute1 -Table filter -Chain 'neutron-openvswi-sg*'
        $rules.Chain | Sort-Object -Unique | Should -BeLike 'neutron-openvswi-sg*'
        $rules.Table | Sort-Object -Unique | Should -Be 'filter'
    }
}
