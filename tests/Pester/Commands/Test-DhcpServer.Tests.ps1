BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Test-DhcpServer' {
    It 'finds nothing wrong with a server that serves its network, whatever is wrong elsewhere' {
        $result = Test-DhcpServer
        $result | Should -HaveCount 1
        $result.Status | Should -Be 'Ok'
        $result.ComputerName | Should -Be 'netnode'
        $result.Findings | Should -BeNullOrEmpty
        $result.Summary | Should -Match 'each of 3 ports'
    }

    It 'takes networks, ports and servers from the pipeline, and tests each server once' {
        (Get-QuantumNetwork | Test-DhcpServer).Status | Should -Be 'Ok'
        Get-QuantumPort | Test-DhcpServer | Should -HaveCount 1
        Get-DhcpServer | Test-DhcpServer | Should -HaveCount 1
        Test-DhcpPath | Test-DhcpServer | Should -HaveCount 1
    }

    It 'pipes into what shows more' {
        (Test-DhcpServer | Get-DhcpHost).Count | Should -BeGreaterThan 2
    }

    It 'tells what it would answer a client, and why' {
        $mac = (Get-QuantumPort -PortId $BrokenPort).Mac
        $result = Test-DhcpServer -Answer $mac
        $result.Answers.Answer | Should -Be 'Offer', 'Ack', 'Ack'
        $result.Answers[0].Rule | Should -Match "^$mac,"
        (Test-DhcpServer -Answer 'fa:16:3e:99:99:99').Summary | Should -Match 'no address available'
    }

    It 'takes an earlier snapshot as the first of two samples' {
        (Test-DhcpServer -Before $Healthy).IsStable | Should -BeTrue
        (Test-DhcpServer -Before ($Healthy | Import-QuantumSnapshot)).IsStable | Should -BeTrue
    }

    It 'emits true or false with -Quiet' {
        Test-DhcpServer -Quiet | Should -BeTrue
    }

    It 'says when nothing was tested' {
        { Test-DhcpServer -ComputerName compute1 -ErrorAction Stop } | Should -Throw -ErrorId 'NoServerTested,*'
        { @() | Test-DhcpServer } | Should -Throw -ErrorId 'NoServerTested,*'
    }
}
