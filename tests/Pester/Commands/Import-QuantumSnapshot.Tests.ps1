BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Import-QuantumSnapshot' {
    It 'tells what a snapshot holds' {
        $snapshot = Import-QuantumSnapshot $Broken
        $snapshot.Nodes.ComputerName | Sort-Object | Should -Be 'compute1', 'compute2', 'netnode'
        $snapshot.CollectedAt.Kind | Should -Be 'Utc'
        $snapshot.OutputCount | Should -BeGreaterThan 50
    }

    It 'takes files from the pipeline' {
        (Get-ChildItem (Split-Path $Broken) -Filter *.zip | Import-QuantumSnapshot).Count | Should -Be 2
    }

    It 'leaves the default connection alone' {
        Disconnect-Quantum
        $null = Import-QuantumSnapshot $Broken
        Get-QuantumConnection | Should -BeNullOrEmpty
        Use-Cloud
    }
}
