BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Get-AgentConfig' {
    It 'reads the settings of a node, by section and name' {
        $driver = Get-AgentConfig -ComputerName compute1 -Name interface_driver
        $driver.Value | Should -Contain 'openvswitch'
        $driver.ComputerName | Sort-Object -Unique | Should -Be 'compute1'
    }

    It 'shows no secret' {
        (Get-AgentConfig | Where-Object Name -EQ 'connection').Value | Sort-Object -Unique | Should -Be '***'
    }
}
