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

        # What a trace must leave as it was: listeners, promiscuous devices, files.
        function Get-NodeTrace([string] $Node) {
            & "$lab/enter" $Node sh -c 'ps -eo args= | grep "^tcpdump " | cut -c1-40; ip -d -o link | sed -n "s/^[0-9]*: \([^:@]*\).* promiscuity \([0-9]*\).*/\1 promiscuity \2/p"; find /tmp /var/tmp /root /dev/shm -type f 2>/dev/null | sort'
        }

        # A real pwsh on a terminal of its own that traces for two minutes; python3 holds the terminal, and does what it is told by a line.
        function Invoke-Trace {
            Set-Content (Join-Path $TestDrive 'terminal.py') @'
import os, pty, re, select, signal, sys, time
pid, terminal = pty.fork()
if pid == 0:
    signal.signal(signal.SIGINT, signal.SIG_DFL)         # who runs this may ignore it
    os.execvp(sys.argv[1], sys.argv[1:])
said = b''
def read(wait, *others):
    global said
    ready = select.select([terminal, *others], [], [], wait)[0]
    if terminal in ready:
        try: text = os.read(terminal, 65536)
        except OSError: return ready
        said += text
        if b'\x1b[6n' in text: os.write(terminal, b'\x1b[1;1R')      # where is the cursor?
    return ready
def listens(): return re.search(rb'Listening at (\d+) of \1 hops', said)
deadline = time.time() + 240
while not listens() and time.time() < deadline: read(1)
print('listening' if listens() else said[-2000:].decode(errors='replace').replace('\n', ' '), flush=True)
while sys.stdin not in read(1, sys.stdin): pass
told = sys.stdin.readline().strip()
pressed = time.time()
os.write(terminal, b'\x03') if told == 'ctrl-c' else os.kill(pid, 9)
while os.waitpid(pid, os.WNOHANG)[0] == 0 and time.time() < pressed + 60: read(0.02)
print(time.time() - pressed, flush=True)
'@
            # Without records it begins sooner: what it does to the nodes is the same.
            $inventory = Get-Content "$env:LAB/inventory.json" -Raw | ConvertFrom-Json
            $inventory.controlPlane.source = 'none'
            $inventory | ConvertTo-Json -Depth 9 | Set-Content (Join-Path $TestDrive 'inventory.json')
            $start = [Diagnostics.ProcessStartInfo]::new('python3')
            $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
            foreach ($argument in @(Join-Path $TestDrive 'terminal.py') + $Engine + $EngineArguments + '-NoProfile' + '-Command' +
                "Import-Module '$Manifest'; Trace-DhcpPacket $($victim.portId) -DurationSeconds 120 -Inventory '$TestDrive/inventory.json' -Verbose") {
                $start.ArgumentList.Add($argument)
            }
            $terminal = [Diagnostics.Process]::Start($start)
            $terminal.StandardOutput.ReadLine() | Should -Be 'listening'
            $terminal
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
        $path.Summary | Select-Object -Unique | Should -Match 'the request got through to .+, and the reply to '
        # The counters themselves are a witness: they agree with a healthy cloud.
        $verdict = Test-DhcpPath -Counter $path
        $verdict.Status | Should -Be 'Ok'
        $verdict.PortId | Should -Be $victim.portId
    }

    It 'passes on what goes wrong in a script block' {
        { Measure-DhcpCounter -SettleSeconds 0 -ScriptBlock { throw 'the guest is away' } } | Should -Throw '*the guest is away*'
        $moved = Measure-DhcpCounter -SettleSeconds 0 -ScriptBlock { Write-Error 'not so bad' -ErrorAction Continue } -ErrorVariable wrong -ErrorAction SilentlyContinue
        "$wrong" | Should -Match 'not so bad'
        @($moved | Where-Object { $_ -isnot [QuantumNet.DhcpCounterChange] }) | Should -BeNullOrEmpty
    }

    It 'probes only when it may' {
        Send-DhcpProbe $victim.portId -WhatIf | Should -BeNullOrEmpty
        $result = Send-DhcpProbe $victim.portId -Confirm:$false
        $result.Status | Should -Be 'Answered'
        $result.IpAddress | Should -Be $victim.ip
    }

    It 'asks an instance and the underlay only when it may' {
        & "$lab/lease" $victim.name *> $null
        $kept = Get-QuantumPort -PortId $victim.portId | Test-InstanceReachability -TcpPort 9 -WhatIf
        $kept.Probes.Answer | Select-Object -Unique | Should -Be 'NotAsked'
        $asked = Test-DhcpPath $victim.portId | Test-InstanceReachability -TcpPort 9 -Count 1 -Confirm:$false
        @($asked.Probes | Where-Object Kind -EQ Arp).Answer | Should -Be 'Answered'
        $mesh = Test-DhcpPath $victim.portId | Test-OvsTunnel -Live -WhatIf
        $mesh.Status | Should -Be 'Ok'
        $mesh.Pairs.Pings | Should -BeNullOrEmpty
        (Get-QuantumPort -PortId $victim.portId | Test-OvsTunnel -Live).Pairs.Pings.IsAnswered |
            Select-Object -Unique | Should -BeTrue
    }

    It 'has no ping left when asking an instance is stopped' {
        $tap = "tap$($victim.portId.Substring(0, 11))"
        & "$lab/enter" $victim.node ip link set $tap down
        try {
            $shell = [powershell]::Create()
            $null = $shell.AddScript("Import-Module '$Manifest'; " +
                "Test-InstanceReachability $($victim.portId) -Count 10 -Inventory '$env:LAB/inventory.json'")
            $running = $shell.BeginInvoke()
            $ping = "ping`0-n`0-c`0" + '10'
            $deadline = [DateTime]::UtcNow.AddSeconds(60)
            while (-not (Get-ProcessOnNode $ping) -and -not $running.IsCompleted -and
                [DateTime]::UtcNow -lt $deadline) { Start-Sleep -Milliseconds 20 }
            Get-ProcessOnNode $ping | Should -Not -BeNullOrEmpty
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $clock.ElapsedMilliseconds | Should -BeLessThan 2000
            $deadline = [DateTime]::UtcNow.AddSeconds(5)
            while ((Get-ProcessOnNode $ping) -and [DateTime]::UtcNow -lt $deadline) { Start-Sleep -Milliseconds 100 }
            Get-ProcessOnNode $ping | Should -BeNullOrEmpty
            $shell.Streams.Error | Should -BeNullOrEmpty
            $shell.Dispose()
        }
        finally { & "$lab/enter" $victim.node ip link set $tap up }
    }

    It 'tells an instance that is deaf to ARP from one that keeps silent, though its neighbour entry is old' {
        $server = $plan.dhcpPorts[0]
        $inside = 'ip', 'netns', 'exec', "qdhcp-$($plan.network.id)"
        $entry = { & "$lab/enter" $server.node @inside ip neigh show to $victim.ip }
        $null = Test-InstanceReachability $victim.portId -Count 1 -Confirm:$false
        & "$lab/enter" $victim.name ip link set eth0 arp off
        try {
            & "$lab/enter" $server.node @inside ip neigh change $victim.ip lladdr $victim.mac `
                dev (@(& $entry) -split ' ')[2] nud stale
            & $entry | Should -Match 'STALE'
            $result = Test-InstanceReachability $victim.portId -Count 1 -Confirm:$false
            @($result.Probes | Where-Object Kind -EQ Arp).Answer | Should -Be 'Silent'
            $result.Cause | Should -Be 'QN7004'
        }
        finally { & "$lab/enter" $victim.name ip link set eth0 arp on }
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

    It 'asks for the file of the client''s variables, and takes it' {
        $connection = Connect-Quantum -ComputerName compute1 -ControllerName controller -SshConfigFile "$env:LAB/ssh_config"
        Get-QuantumPort -Connection $connection -ErrorVariable wrong -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $wrong[0].FullyQualifiedErrorId | Should -BeLike 'ClientNotAuthenticated,*'
        $wrong[0].ErrorDetails.RecommendedAction | Should -Match '-EnvironmentFile'
        $connection = Connect-Quantum -ComputerName compute1 -ControllerName controller -SshConfigFile "$env:LAB/ssh_config" -EnvironmentFile /root/openrc
        (Get-QuantumPort -Connection $connection).PortId | Should -Contain $victim.portId
        $null = Connect-Quantum "$env:LAB/inventory.json"
    }

    It 'tells a user who may not look into the nodes what to do, and accuses nothing' {
        $inventory = Get-Content "$env:LAB/inventory.json" -Raw | ConvertFrom-Json
        foreach ($node in $inventory.nodes | Where-Object name -NE controller) {
            & "$lab/enter" $node.name sh -c 'chmod 644 /etc/ssh/authorized_keys; useradd -m stack; sed -i "s/^stack:!*/stack:/" /etc/shadow' *> $null
            $node.user = 'stack'
        }
        $file = Join-Path $TestDrive 'as-stack.json'
        $inventory | ConvertTo-Json -Depth 5 | Set-Content $file
        $result = Test-DhcpPath $victim.portId -Inventory $file
        $result.Status | Should -Be 'Unknown'
        $result.Cause | Should -Be 'QN9003'
        $result.Remedy | Should -Match 'sudoers'
        $result.Findings | Where-Object Status -EQ Fail | ForEach-Object Message | Should -BeNullOrEmpty
    }

    It 'keeps the console of a port''s instance in its snapshot' {
        & "$lab/lease" $victim.name *> $null
        $snapshot = Join-Path $TestDrive 'console.zip'
        $null = Save-QuantumSnapshot $snapshot -PortId $victim.portId
        (Get-NovaConsoleLog $victim.id -Snapshot $snapshot).InstanceId | Should -Be $victim.id
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

    It 'is left as it was when a trace in a real pwsh ends by <_>' -ForEach 'ctrl-c', 'kill -9' {
        $nodes = $victim.node, $plan.dhcpPorts[0].node
        $before = $nodes | ForEach-Object { Get-NodeTrace $_ }
        $terminal = Invoke-Trace
        $during = $nodes | ForEach-Object { Get-NodeTrace $_ }
        @($during -like 'tcpdump *').Count | Should -BeGreaterThan 4
        @($during -match "qbr.* promiscuity 1").Count | Should -BeGreaterThan @($before -match "qbr.* promiscuity 1").Count -Because 'a Linux bridge shows its own traffic only, otherwise'

        $terminal.StandardInput.WriteLine($_)
        $seconds = [double]$terminal.StandardOutput.ReadLine()
        if ($_ -eq 'ctrl-c') { $seconds | Should -BeLessThan 2 }
        $deadline = [DateTime]::UtcNow.AddSeconds(15)
        do { $after = $nodes | ForEach-Object { Get-NodeTrace $_ } } while (($after -join "`n") -ne ($before -join "`n") -and [DateTime]::UtcNow -lt $deadline)
        $after | Should -Be $before
    }
}
