BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Send-DhcpProbe' {
    It 'needs live nodes, and says so' {
        { Send-DhcpProbe $BrokenPort -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'NeedsLiveNodes,*'
    }

    It 'asks before it sends' {
        (Get-Command Send-DhcpProbe).Parameters.Keys | Should -Contain 'WhatIf'
    }
}
