BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Get-OvsPort' {
    It 'reads the ports of a bridge, with their VLAN' {
        $port = Get-OvsPort -ComputerName compute1 -Bridge br-int | Where-Object Device -EQ 'qvo56604c0a-ee'
        $port.Tag | Should -BeNullOrEmpty -Because 'that is the fault that was put in'
        Use-Cloud $Healthy
        (Get-OvsPort -ComputerName compute1 -Bridge br-int | Where-Object Device -EQ 'qvo56604c0a-ee').Tag | Should -Be 47
        Use-Cloud
    }
}
