BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud $Healthy
}

AfterAll { Disconnect-Quantum }

Describe 'Test-OvsTunnel' {
    It 'is one line for a healthy mesh, and a matrix in a list' {
        $result = Test-OvsTunnel
        $result | Should -HaveCount 1
        $result.Status | Should -Be 'Ok'
        $result.Pairs | Should -HaveCount 3
        $result | Format-List | Out-String | Should -Match '1 compute1 +- \. \.'
    }

    It 'takes ports and networks from the pipeline' {
        (Get-QuantumPort -PortId $BrokenPort | Test-OvsTunnel).Pairs | Should -HaveCount 1
        (Get-QuantumNetwork | Test-OvsTunnel).NetworkId | Should -Not -BeNullOrEmpty
        (Test-DhcpPath $BrokenPort | Test-OvsTunnel).Pairs.ComputerName | Should -Contain 'compute1'
    }

    It 'keeps to the pairs of a node' {
        (Test-OvsTunnel -ComputerName netnode).Pairs | Should -HaveCount 2
    }

    It 'says why nothing was tested' {
        { Test-OvsTunnel -Live } | Should -Throw -ErrorId 'NeedsLiveNodes,*'
        { @() | Test-OvsTunnel } | Should -Throw -ErrorId 'NoTunnelTested,*'
    }

    It 'emits true or false with -Quiet' {
        Test-OvsTunnel -Quiet | Should -BeTrue
    }
}
