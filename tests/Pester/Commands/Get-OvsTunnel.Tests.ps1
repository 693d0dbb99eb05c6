BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Get-OvsTunnel' {
    It 'reads the mesh of tunnels, with the node at the other end' {
        $tunnels = Get-OvsTunnel
        $tunnels.Count | Should -Be 6
        ($tunnels | Where-Object ComputerName -EQ 'compute1').RemoteComputerName | Sort-Object | Should -Be 'compute2', 'netnode'
        $tunnels.Type | Sort-Object -Unique | Should -Be 'gre'
    }
}
