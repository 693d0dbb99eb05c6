BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Get-NodeLink' {
    It 'reads the devices of a node, with counters and addresses' {
        $links = Get-NodeLink -ComputerName compute1
        $links.Device | Should -Contain 'tap56604c0a-ee'
        ($links | Where-Object Device -EQ 'lo').Addresses | Should -Contain '127.0.0.1/8'
        ($links | Where-Object Device -EQ 'tap56604c0a-ee').RxPackets | Should -BeGreaterThan 0
    }

    It 'reads the devices inside of a namespace' {
        $tap = Get-NodeLink -ComputerName netnode | Where-Object Namespace -Like 'qdhcp-*' | Where-Object Device -Like 'tap*'
        $tap.Addresses -join ' ' | Should -Match '192\.168\.108\.57/'
    }
}
