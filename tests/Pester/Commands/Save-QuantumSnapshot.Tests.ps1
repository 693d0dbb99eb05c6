BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Save-QuantumSnapshot' {
    It 'saves a snapshot again, as a zip or a folder, and it is judged the same' {
        foreach ($name in 'again.zip', 'again') {
            $path = Join-Path $TestDrive $name
            (Save-QuantumSnapshot $path).Path | Should -Be $path
            (Test-DhcpPath $BrokenPort -Snapshot $path).Cause | Should -Be 'QN4001'
        }
    }

    It 'tells of what it saved the same as Import-QuantumSnapshot' {
        $saved = Save-QuantumSnapshot (Join-Path $TestDrive 'told.zip')
        $saved.UsedOutputCount | Should -BeGreaterThan 0
        $imported = Import-QuantumSnapshot $saved.Path
        $saved.UsedOutputCount, $saved.UnknownOutputCount, $saved.MissingEvidenceCount |
            Should -Be $imported.UsedOutputCount, $imported.UnknownOutputCount, $imported.MissingEvidenceCount
    }

    It 'writes nothing with -WhatIf' {
        $path = Join-Path $TestDrive 'never.zip'
        Save-QuantumSnapshot $path -WhatIf | Should -BeNullOrEmpty
        $path | Should -Not -Exist
    }

    It 'replaces one only with -Force' {
        $path = Join-Path $TestDrive 'twice.zip'
        $null = Save-QuantumSnapshot $path
        { Save-QuantumSnapshot $path -ErrorAction Stop } | Should -Throw -ErrorId 'SnapshotExists,*'
        { Save-QuantumSnapshot $path -Force -ErrorAction Stop } | Should -Not -Throw
    }
}
