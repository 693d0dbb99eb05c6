BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Get-QuantumCheck' {
    It 'lists the catalogue, sorted by code' {
        $codes = (Get-QuantumCheck).Code
        $codes | Should -Be ($codes | Sort-Object -Unique)
        $codes | Should -Match '^QN\d{4}$'
    }

    It 'explains a code, with its remedy' {
        $check = Get-QuantumCheck qn4001
        $check.Title | Should -Not -BeNullOrEmpty
        $check.Remedy | Should -Not -BeNullOrEmpty
    }

    It 'has a remedy for every code' {
        Get-QuantumCheck | Where-Object { -not $_.Remedy -or -not $_.Title } | ForEach-Object Code | Should -BeNullOrEmpty
    }

    It 'needs no connection' {
        Invoke-Pwsh "Import-Module '$Manifest'; (Get-QuantumCheck QN4001).Code" | Should -Be 'QN4001'
    }
}
