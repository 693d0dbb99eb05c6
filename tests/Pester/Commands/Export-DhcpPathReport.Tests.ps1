BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Export-DhcpPathReport' {
    It 'writes one page of all the verdicts that are piped' {
        $page = Join-Path $TestDrive 'report.html'
        Test-DhcpPath | Export-DhcpPathReport $page -PassThru | ForEach-Object FullName | Should -Be $page
        $html = Get-Content $page -Raw
        $html | Should -Match 'QN4001'
        $html | Should -Match 'fjord-82'
        $html | Should -Match '<svg'
        $html | Should -Not -Match '(src|href)\s*=\s*"https?:' -Because 'a page carries all that it shows'
    }

    It 'emits nothing of itself, and writes nothing with -WhatIf' {
        $page = Join-Path $TestDrive 'never.html'
        Test-DhcpPath $BrokenPort | Export-DhcpPathReport $page -WhatIf | Should -BeNullOrEmpty
        $page | Should -Not -Exist
    }

    It 'writes Markdown where the name says so, and refuses what it cannot write' {
        $page = Join-Path $TestDrive 'ticket.md'
        Test-DhcpPath $BrokenPort | Export-DhcpPathReport $page
        (ConvertFrom-Markdown -Path $page).Html | Should -Match 'QN4001'
        { Test-DhcpPath $BrokenPort | Export-DhcpPathReport (Join-Path $TestDrive 'report.pdf') } |
            Should -Throw -ErrorId 'ReportFormatUnknown*'
    }
}
