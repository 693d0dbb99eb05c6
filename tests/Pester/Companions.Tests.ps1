# The cmdlets that settle a doubt, piped to each other and to Test-DhcpPath: a verdict goes on as the port, network or
# node that it is of, and what names none of these is told, with a way on.
BeforeDiscovery {
    $goesOn = @(
        @{ From = 'Test-DhcpPath $BrokenPort'; To = 'Test-DhcpServer'; Gives = 'netnode Ok' }
        @{ From = 'Test-DhcpPath $BrokenPort'; To = 'Test-OvsTunnel'; Gives = ' Ok' }
        @{ From = 'Test-DhcpPath $BrokenPort'; To = 'Test-InstanceReachability'; Gives = 'compute1 Broken' }
        @{ From = 'Test-DhcpPath $BrokenPort'; To = 'Test-QuantumConnection'; Gives = 'compute1 Ok' }
        @{ From = 'Test-DhcpPath $BrokenPort'; To = 'Compare-QuantumSnapshot $Healthy'; Gives = 'compute1 ' }
        @{ From = 'Test-DhcpServer'; To = 'Test-OvsTunnel'; Gives = ' Ok' }
        @{ From = 'Test-DhcpServer'; To = 'Test-QuantumConnection'; Gives = 'netnode Ok' }
        @{ From = 'Test-DhcpServer'; To = 'Get-QuantumPort | Test-DhcpPath | Where-Object Status -NE Ok'
            Gives = 'compute1 Broken' }
        @{ From = 'Test-OvsTunnel -NetworkId *'; To = 'Test-DhcpServer'; Gives = 'netnode Ok' }
        @{ From = '(Test-OvsTunnel).Pairs'; To = 'Test-QuantumConnection'; Gives = 'compute1 Ok', 'compute2 Ok' }
        @{ From = 'Test-InstanceReachability $BrokenPort'; To = 'Test-DhcpPath'; Gives = 'compute1 Broken' }
        @{ From = 'Test-InstanceReachability $BrokenPort'; To = 'Test-DhcpServer'; Gives = 'netnode Ok' }
        @{ From = 'Compare-QuantumSnapshot $Healthy'; To = 'Test-DhcpPath'; Gives = 'compute1 Broken' }
        @{ From = 'Compare-QuantumSnapshot $Healthy'; To = 'Test-InstanceReachability'; Gives = 'compute1 Broken' }
        @{ From = 'Compare-QuantumSnapshot $Healthy'; To = 'Test-QuantumConnection'; Gives = 'compute1 Ok' }
        @{ From = 'Test-QuantumConnection compute1'; To = 'Get-QuantumAgent | Test-QuantumConnection'
            Gives = 'compute1 Ok' }
    )
    $isTold = @(
        @{ From = 'Test-DhcpServer'; To = 'Test-DhcpPath'; Id = 'NothingTested' }
        @{ From = 'Test-DhcpServer'; To = 'Test-InstanceReachability'; Id = 'NothingTested' }
        @{ From = 'Test-OvsTunnel'; To = 'Test-DhcpServer'; Id = 'NoServerTested' }
        @{ From = 'Test-OvsTunnel'; To = 'Test-QuantumConnection'; Id = 'NoConnectionTested' }
        @{ From = 'Test-QuantumConnection'; To = 'Test-OvsTunnel'; Id = 'NoTunnelTested' }
        @{ From = 'Test-QuantumConnection'; To = 'Compare-QuantumSnapshot $Healthy'; Id = 'NothingCompared' }
    )
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    Use-Cloud

    function Invoke-Pipe([string] $From, [string] $To) {
        & ([scriptblock]::Create("$From | $To -ErrorVariable script:wrong -ErrorAction SilentlyContinue"))
    }
}

AfterAll { Disconnect-Quantum }

Describe '<From> | <To>' -ForEach $goesOn {
    It 'goes on with what the verdict is of' {
        $script:wrong = $null
        $results = @(& ([scriptblock]::Create("$From | $To")) 2>&1)
        $results | Where-Object { $_ -is [Management.Automation.ErrorRecord] } | Should -BeNullOrEmpty
        @($results | ForEach-Object { "$($_.ComputerName) $($_.Status)" } | Select-Object -Unique) | Should -Be $Gives
    }
}

Describe '<From> | <To>, which names nothing to test' -ForEach $isTold {
    It 'says so, once, and what to do' {
        try { Invoke-Pipe $From $To }
        catch { $ended = $_ }
        $ended.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $ended.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
}

Describe 'Verdicts of all cmdlets' {
    BeforeAll {
        $verdicts = @(Test-DhcpPath $BrokenPort) + (Test-DhcpServer) + (Test-OvsTunnel) +
            (Test-InstanceReachability $BrokenPort) + (Test-QuantumConnection)
    }

    It 'have a status, a sentence and findings, and filter together' {
        $verdicts.Count | Should -BeGreaterThan 7
        $verdicts | Where-Object { $_.Status -notin 'Ok', 'Broken' -or -not $_.Summary } | Should -BeNullOrEmpty
        ($verdicts | Where-Object Status -NE Ok).Cause | Should -Be 'QN4001', 'QN4001'
        ($verdicts.Findings | Where-Object Status -EQ Fail | Get-QuantumCheck).Code | Should -Contain 'QN4001'
    }

    It 'go through JSON and on to <_>' -ForEach 'Test-DhcpServer', 'Test-DhcpPath', 'Test-InstanceReachability' {
        $one = Test-DhcpPath $BrokenPort | ConvertTo-Json -Depth 8 | ConvertFrom-Json
        @($one | & $_ -ErrorAction Stop).Count | Should -Be 1
    }

    It 'are cut short by Select-Object -First without a word' {
        foreach ($command in 'Test-OvsTunnel', 'Test-DhcpServer', 'Test-QuantumConnection', 'Test-DhcpPath') {
            @(& $command -ErrorVariable wrong | Select-Object -First 1) | Should -HaveCount 1
            $wrong | Should -BeNullOrEmpty
        }
    }
}

Describe '-WhatIf' {
    It 'changes nothing about a snapshot, where no packet is sent anyway' {
        $said = Get-QuantumPort -PortId $BrokenPort | Test-InstanceReachability -WhatIf
        $said.Cause | Should -Be (Test-InstanceReachability $BrokenPort).Cause
        (Get-QuantumNetwork | Test-OvsTunnel -WhatIf).Status | Should -Be 'Ok'
    }

    It 'is offered by what sends packets, and by no cmdlet that only reads' {
        foreach ($command in 'Test-InstanceReachability', 'Test-OvsTunnel') {
            (Get-Command $command).Parameters.Keys | Should -Contain 'WhatIf'
        }
        foreach ($command in 'Test-DhcpServer', 'Compare-QuantumSnapshot', 'Test-QuantumConnection', 'Test-DhcpPath') {
            (Get-Command $command).Parameters.Keys | Should -Not -Contain 'WhatIf'
        }
    }
}
