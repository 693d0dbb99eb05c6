BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Get-NetworkNamespace' {
    It 'reads the namespaces of a node' {
        $namespace = Get-NetworkNamespace -ComputerName netnode
        $namespace.Namespace | Should -Be 'qdhcp-2fc20112-1379-4a31-843f-8b3e7a2b490c'
        $namespace.IsUsable | Should -BeTrue
    }
}
