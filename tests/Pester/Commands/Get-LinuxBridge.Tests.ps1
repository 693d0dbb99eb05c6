BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Get-LinuxBridge' {
    It 'reads the bridges and what is plugged into them' {
        $bridge = Get-LinuxBridge -ComputerName compute1
        $bridge.Bridge | Should -Be 'qbr56604c0a-ee'
        $bridge.Interfaces | Sort-Object | Should -Be 'qvb56604c0a-ee', 'tap56604c0a-ee'
    }
}
