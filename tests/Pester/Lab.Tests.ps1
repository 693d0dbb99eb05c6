# The module against a cloud that is really there: root builds the lab of tests/lab, connects by ssh, and puts a fault in.
BeforeDiscovery {
    $needed = 'ovs-vswitchd', 'dnsmasq', 'sshd', 'udhcpc', 'tcpdump', 'brctl', 'iptables', 'ip', 'ethtool', 'jq', 'python3', 'ssh'
    $missing = @($needed | Where-Object { -not (Get-Command $_ -CommandType Application -ErrorAction Ignore) })
    $isRoot = $IsLinux -and (id -u) -eq '0'
    if (-not $isRoot) { Write-Host 'The lab is skipped: it needs root on Linux.' }
    elseif ($missing) { Write-Host "The lab is skipped: it needs $($missing -join ', ')." }
    $able = $isRoot -and -not $missing
}

Describe 'The lab' -Skip:(-not $able) {
    BeforeAll {
        . "$PSScriptRoot/Support.ps1"
        $lab = Join-Path $Root 'tests' 'lab'
        $env:LAB = (& "$lab/up" --flavour neutron --network gre 2>$null) | Select-Object -Last 1
        $plan = Get-Content "$env:LAB/lab.json" -Raw | ConvertFrom-Json
        $victim = @($plan.instances | Where-Object node -NE $plan.dhcpPorts[0].node)[0]

        function Get-ProcessOnNode([string] $Pattern) {
            Get-ChildItem /proc -Directory -ErrorAction Ignore | Where-Object Name -Match '^\d+$' |
                Where-Object { try { [IO.File]::ReadAllText("$($_.FullName)/cmdline").Contains($Pattern) } catch { $false } }
        }

        # The lab's ssh_config with another key.
        function Copy-ConfigWithKey([string] $Key) {
            $config = Join-Path $TestDrive 'ssh_config'
            $lines = (Get-Content "$env:LAB/ssh_config") -replace '(?i)^(\s*IdentityFile\s+).*', "`$1$Key"
            Set-Content $config $lines
            $config
        }
    }

    AfterAll {
        Disconnect-Quantum
        if ($env:LAB) { & "$lab/down" *> $null }
        Remove-Item Env:LAB -ErrorAction Ignore
    }

    It 'is connected to by its inventory' {
        (Connect-Quantum "$env:LAB/inventory.json").ControlPlane | Should -Be 'client'
    }

    It 'is healthy' {
        $results = Get-QuantumPort | Test-DhcpPath -ErrorVariable wrong -ErrorAction SilentlyContinue
        $wrong | Should -BeNullOrEmpty
        $results | Should -HaveCount @($plan.instances).Count
        $results | Where-Object Status -NE Ok | ForEach-Object Summary | Should -BeNullOrEmpty
    }

    It 'says QN4001 when the tag is gone, and keeps it in a snapshot' {
        & "$lab/fault" put QN4001 *> $null
        $snapshot = Join-Path $TestDrive 'incident.zip'
        $null = Save-QuantumSnapshot $snapshot -PortId $victim.portId
        & "$lab/fault" undo QN4001 *> $null
        $result = Test-DhcpPath $victim.portId -Snapshot $snapshot
        $result.Cause | Should -Be 'QN4001'
        $result.ComputerName | Should -Be $victim.node
        $result.InstanceName | Should -Be $victim.name
    }

    It 'counts around a script block, which runs in the session' {
        $said = Measure-DhcpCounter $victim.portId -Verbose -ScriptBlock {
            $script:asked = & "$lab/lease" $victim.name 2>&1
            'the block spoke'
        } 4>&1
        "$script:asked" | Should -Match 'obtained'
        $said | Where-Object { $_ -is [Management.Automation.VerboseRecord] } | ForEach-Object Message | Should -Contain 'the block spoke'
        $path = @($said | Where-Object { $_ -is [QuantumNet.DhcpCounterChange] -and $_.IsOnPath -and $_.IsDecisive -and $_.PacketDelta })
        $path.Component | Select-Object -Unique | Should -Contain 'Iptables'
        $path.ComputerName | Should -Contain $plan.dhcpPorts[0].node
        $path | Where-Object Kind -EQ DhcpEvent | ForEach-Object Object | Should -Contain "DHCPACK $($victim.mac)"
        # The counters themselves are a witness: they agree with a healthy cloud.
        $verdict = Test-DhcpPath -Counter $path
        $verdict.Status | Should -Be 'Ok'
        $verdict.PortId | Should -Be $victim.portId
    }

    It 'passes on what goes wrong in a script block' {
        { Measure-DhcpCounter -SettleSeconds 0 -ScriptBlock { throw 'the guest is away' } } | Should -Throw '*the guest is away*'
        $moved = Measure-DhcpCounter -SettleSeconds 0 -ScriptBlock { Write-Error 'not so bad' } -ErrorVariable wrong -ErrorAction SilentlyContinue
        "$wrong" | Should -Match 'not so bad'
        @($moved | Where-Object { $_ -isnot [QuantumNet.DhcpCounterChange] }) | Should -BeNullOrEmpty
    }

    It 'probes only when it may' {
        Send-DhcpProbe $victim.portId -WhatIf | Should -BeNullOrEmpty
        $result = Send-DhcpProbe $victim.portId -Confirm:$false
        $result.Status | Should -Be 'Answered'
        $result.IpAddress | Should -Be $victim.ip
    }

    It 'tells of a wrong key, and what to do' {
        $key = Join-Path $TestDrive 'wrong'
        ssh-keygen -q -t ed25519 -N '""' -f $key
        Get-NodeLink -ComputerName compute1 -ErrorVariable wrong -ErrorAction SilentlyContinue -Connection (
            Connect-Quantum -ComputerName compute1 -SshConfigFile (Copy-ConfigWithKey $key)) | Should -BeNullOrEmpty
        $null = Connect-Quantum "$env:LAB/inventory.json"
        $wrong[0].FullyQualifiedErrorId | Should -BeLike 'AuthenticationFailed,*'
        $wrong[0].ErrorDetails.RecommendedAction | Should -Match 'key'
    }

    It 'is left without a trace when a gather is stopped' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$Manifest'; Test-DhcpPath -Inventory '$env:LAB/inventory.json'")
        $null = $shell.BeginInvoke()
        $deadline = [DateTime]::UtcNow.AddSeconds(20)
        while (-not (Get-ProcessOnNode "$env:LAB/ssh_config") -and [DateTime]::UtcNow -lt $deadline) { Start-Sleep -Milliseconds 20 }
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $clock.ElapsedMilliseconds | Should -BeLessThan 2000
        $shell.Dispose()
        $deadline = [DateTime]::UtcNow.AddSeconds(5)
        while ((Get-ProcessOnNode "$env:LAB/ssh_config") -and [DateTime]::UtcNow -lt $deadline) { Start-Sleep -Milliseconds 100 }
        Get-ProcessOnNode "$env:LAB/ssh_config" | Should -BeNullOrEmpty
    }
}
