BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Export-QuantumTopology' {
    It 'draws the cloud as <_>' -ForEach 'svg', 'dot', 'mmd' {
        $file = Join-Path $TestDrive "cloud.$_"
        Export-QuantumTopology $file
        $text = Get-Content $file -Raw
        foreach ($node in 'compute1', 'compute2', 'netnode') { $text | Should -Match $node }
    }

    It 'writes nothing with -WhatIf' {
        $file = Join-Path $TestDrive 'never.svg'
        Export-QuantumTopology $file -WhatIf | Should -BeNullOrEmpty
        $file | Should -Not -Exist
    }
}
