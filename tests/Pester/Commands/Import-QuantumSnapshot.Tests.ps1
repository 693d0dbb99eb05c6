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

    It 'takes wildcards, and paths as they are' {
        $folder = Split-Path $Broken
        @(Import-QuantumSnapshot (Join-Path $folder '*.zip')).Count | Should -Be 2
        { Import-QuantumSnapshot -LiteralPath (Join-Path $folder '*.zip') -ErrorAction Stop } |
            Should -Throw -ErrorId 'SnapshotNotFound*'
        $odd = Join-Path $TestDrive '[odd].zip'
        Copy-Item (Get-ChildItem $folder -Filter *.zip)[0] $odd
        Import-QuantumSnapshot -LiteralPath $odd | Should -Not -BeNullOrEmpty
        Get-Item -LiteralPath $odd | Import-QuantumSnapshot | Should -Not -BeNullOrEmpty
    }

    It 'reads the others where one is none' {
        $bad = Join-Path $TestDrive 'bad.zip'
        Set-Content $bad 'no zip'
        $read = Import-QuantumSnapshot $bad, (Join-Path $TestDrive 'nothing*'), $Broken -ErrorVariable wrong -ErrorAction SilentlyContinue
        $read.Path | Should -Be $Broken
        @($wrong).Count | Should -Be 2
    }

    It 'leaves the default connection alone' {
        Disconnect-Quantum
        $null = Import-QuantumSnapshot $Broken
        Get-QuantumConnection | Should -BeNullOrEmpty
        Use-Cloud
    }
}
