<#
.SYNOPSIS
    Walks the path of a DHCP request from an instance to dnsmasq, step by step, and says what it sees.
.DESCRIPTION
    The order in which a person looks for a lost lease by hand: the instance's console, the control plane, the tap and its bridge, iptables,
    br-int and its VLAN tag, br-tun with its tunnels and flows, the namespace, dnsmasq with its hosts file, leases
    and log; then the server and the mesh of tunnels as a whole, and last the instance, asked from the DHCP namespace.
    Each step asks one question of one place and marks its answer: [ok], [!!] for what is wrong, [??] for what cannot be determined.
    At the end stands what Test-DhcpPath says of the whole. Nothing is changed anywhere; on live nodes the last step
    sends a few pings to the instance and connects to it once, and with -WhatIf it does not.
.EXAMPLE
    ./Invoke-SeedWalk.ps1 -PortId 1408934f -Inventory ./cloud.json

    Walks the path of one port on the cloud that the inventory describes.
.EXAMPLE
    ./Invoke-SeedWalk.ps1 -PortId web-1 -Snapshot ./incident.zip

    Walks it again later, in a saved snapshot.
#>
[CmdletBinding(SupportsShouldProcess)]
[OutputType([string])]
param(
    # The port: id, unique prefix, MAC, address, or the instance's id or name.
    [Parameter(Mandatory, Position = 0)]
    [string] $PortId,

    # An inventory of the cloud; the session's connection when left out.
    [string] $Inventory,

    # A saved snapshot instead.
    [string] $Snapshot,

    # The port of TCP that the instance is asked on.
    [int] $TcpPort = 22
)

if (-not (Get-Module QuantumNet)) { Import-Module QuantumNet -ErrorAction Stop }

# One gather of everything about the port, so that all steps speak of the same moment.
$folder = Join-Path ([IO.Path]::GetTempPath()) "seed-walk-$([guid]::NewGuid())"
$source = if ($Snapshot) { $Snapshot } else { $folder }
$from = if ($Inventory) { @{ Inventory = $Inventory } } else { @{} }

function Write-Step([string] $Title) { "`n== $Title" }

function Write-Answer([object] $IsRight, [string] $Text) {
    $mark = if ($null -eq $IsRight) { '[??]' } elseif ($IsRight) { '[ok]' } else { '[!!]' }
    "   $mark $Text"
}

# A verdict as an answer: what cannot be determined is neither right nor wrong.
function Write-Verdict([object] $Result) {
    $isRight = switch ("$($Result.Status)") { 'Ok' { $true } 'Unknown' { $null } default { $false } }
    Write-Answer $isRight $Result.Summary
}

# What a cmdlet finds in the snapshot; $isKnown is false when that was not collected, which is not the same as nothing.
function Find-Record([string] $Command, [hashtable] $With = @{}) {
    try { $records = @(& $Command -Snapshot $source @With -ErrorVariable missing -ErrorAction SilentlyContinue) }
    catch { $records, $missing = @(), $_ }
    $script:isKnown = $records.Count -gt 0 -or -not $missing
    $records
}

try {
    if (-not $Snapshot) { $null = Save-QuantumSnapshot $folder -PortId $PortId @from -WhatIf:$false }
    $verdict = Test-DhcpPath $PortId -Snapshot $source -ErrorAction Stop | Select-Object -First 1
    $port = Get-QuantumPort -PortId $verdict.PortId -Snapshot $source | Select-Object -First 1
    $short = $verdict.PortId.Substring(0, [Math]::Min(11, $verdict.PortId.Length))
    $compute = $verdict.ComputeNode
    $onCompute = @{ ComputerName = $compute }
    "Port $($verdict.PortId): $($verdict.InstanceName) $($verdict.Mac) $($verdict.IpAddress) on $compute; DHCP on $($verdict.DhcpNodes -join ', ')."

    Write-Step 'The instance: did it ask, and was it answered?'
    $console = Find-Record Get-NovaConsoleLog @{ InstanceId = $verdict.InstanceId }
    if ($console) { Write-Answer ("$($console.Verdict)" -eq 'Leased') "the console: $($console.DiscoverCount) discovers sent, $($console.Verdict)" }
    else { Write-Answer $null "the console log was not collected; 'nova console-log $($verdict.InstanceId)' shows it" }

    Write-Step 'The control plane: is the port up, has its subnet DHCP, does an agent serve the network?'
    Write-Answer $port.AdminStateUp "the port's admin state is $(if ($port.AdminStateUp) { 'up' } else { 'down' }), its status $($port.Status)"
    foreach ($subnet in Find-Record Get-QuantumSubnet @{ NetworkId = $verdict.NetworkId }) {
        Write-Answer $subnet.EnableDhcp "subnet $($subnet.Cidr) has DHCP $(if ($subnet.EnableDhcp) { 'enabled' } else { 'disabled' })"
    }
    foreach ($agent in Find-Record Get-QuantumAgent | Where-Object AgentType -Like 'DHCP*') {
        Write-Answer $agent.Alive "$($agent.AgentType) on $($agent.ComputerName) is $(if ($agent.Alive) { 'alive' } else { 'down' })"
    }

    Write-Step "The devices on ${compute}: tap, bridge and veth pair, all up?"
    $links = Find-Record Get-NodeLink $onCompute
    $linksAreKnown = $isKnown
    foreach ($name in "tap$short", "qbr$short", "qvb$short", "qvo$short") {
        $link = $links | Where-Object Device -EQ $name | Select-Object -First 1
        if ($link) { Write-Answer ($link.Flags -contains 'UP') "$name is $($link.OperState), received $($link.RxPackets) packets, sent $($link.TxPackets)" }
        elseif ($name -like 'tap*') { Write-Answer $(if ($linksAreKnown) { $false }) "$name was not seen: the instance does not run there, or was never plugged" }
        else { "        $name does not exist (only the hybrid way of plugging has it)" }
    }
    foreach ($bridge in Find-Record Get-LinuxBridge $onCompute | Where-Object Bridge -EQ "qbr$short") {
        $both = ($bridge.Interfaces -contains "tap$short") -and ($bridge.Interfaces -contains "qvb$short")
        Write-Answer $both "$($bridge.Bridge) holds $($bridge.Interfaces -join ', ')"
    }

    Write-Step "iptables on ${compute}: may requests leave and replies enter?"
    $rules = Find-Record Get-IptablesRule @{ ComputerName = $compute; PortId = $verdict.PortId }
    $dhcp = @($rules | Where-Object { $_.RawText -match 'port 6[78]\b' })
    if ($rules -and -not $dhcp) { Write-Answer $false 'the port has chains, but no rule of them speaks of DHCP' }
    foreach ($rule in $dhcp) { Write-Answer $true "$($rule.PacketCount) packets: $($rule.RawText)" }
    if (-not $rules) { '        no chain names the port (the openvswitch firewall, or none)' }

    Write-Step "br-int on ${compute}: is the port plugged, and has it a live VLAN tag?"
    $plugged = Find-Record Get-OvsPort $onCompute | Where-Object Device -In "qvo$short", "tap$short" | Select-Object -First 1
    if ($plugged) { Write-Answer ($plugged.Tag -gt 0 -and $plugged.Tag -lt 4095) "$($plugged.Device) on $($plugged.Bridge) has tag $(if ($null -eq $plugged.Tag) { 'none' } else { $plugged.Tag })" }
    else { Write-Answer $false "neither qvo$short nor tap$short is a port of a switch" }

    Write-Step 'The tunnels: from the instance''s node to the DHCP node, and back?'
    $tunnels = Find-Record Get-OvsTunnel
    foreach ($server in $verdict.DhcpNodes | Where-Object { $_ -ne $compute }) {
        foreach ($pair in @($compute, $server), @($server, $compute)) {
            $tunnel = $tunnels | Where-Object { $_.ComputerName -eq $pair[0] -and $_.RemoteComputerName -eq $pair[1] } | Select-Object -First 1
            if ($tunnel) { Write-Answer $true "$($pair[0]) to $($pair[1]): $($tunnel.Device), $($tunnel.Type) to $($tunnel.RemoteIp)" }
            elseif ($tunnels) { Write-Answer $false "$($pair[0]) has no tunnel to $($pair[1])" }
            else { '        no tunnels: the network is a VLAN or flat one' }
        }
    }

    Write-Step 'The flows of br-tun: what did packets meet, and what was dropped?'
    foreach ($node in @($compute) + $verdict.DhcpNodes | Sort-Object -Unique) {
        $flows = Find-Record Get-OvsFlow @{ ComputerName = $node; Bridge = 'br-tun' }
        $dropped = $flows | Where-Object { $_.Actions -contains 'drop' } | Measure-Object PacketCount -Sum
        if ($flows) { Write-Answer $true "${node}: $($flows.Count) flows; $([long] $dropped.Sum) packets met a drop" }
        else { "        ${node}: no flows of br-tun" }
    }

    Write-Step 'dnsmasq: does it run, does it know the instance, what did it say?'
    foreach ($server in Find-Record Get-DhcpServer @{ NetworkId = $verdict.NetworkId }) {
        Write-Answer $true "dnsmasq $($server.ProcessId) on $($server.ComputerName) serves the network"
    }
    $line = Find-Record Get-DhcpHost @{ Mac = $verdict.Mac }
    Write-Answer $(if ($isKnown) { [bool] $line }) "its hosts file has $(@($line).Count) line(s) for $($verdict.Mac)"
    foreach ($lease in Find-Record Get-DhcpLease @{ Mac = $verdict.Mac }) { Write-Answer $true "it gave $($lease.IpAddress) until $($lease.ExpiresAt) UTC" }
    $events = Find-Record Get-DhcpEvent @{ Mac = $verdict.Mac } | Where-Object Type -Like 'DHCP*' | Select-Object -Last 6
    foreach ($said in $events) {
        $time = if ($said.Time) { $said.Time.ToString('HH:mm:ss') }
        "        $time $($said.Type) $($said.IpAddress) $($said.Message)"
    }
    if (-not $events) { Write-Answer $false 'its log never names the instance: no request arrived' }

    Write-Step 'The server as a whole: one dnsmasq, with the network''s settings and files?'
    foreach ($service in Find-Record Test-DhcpServer @{ NetworkId = $verdict.NetworkId }) { Write-Verdict $service }

    Write-Step 'The mesh: have the port''s nodes their tunnels to each other, both ways?'
    $mesh = Find-Record Test-OvsTunnel @{ PortId = $verdict.PortId }
    foreach ($pairs in $mesh) { Write-Verdict $pairs }
    if (-not $mesh) { '        its packets cross no tunnel' }

    Write-Step "The last step: is the instance reached from the DHCP namespace, on TCP ${TcpPort}?"
    $asked = if ($Snapshot) { @{ Snapshot = $Snapshot } } else { $from }
    foreach ($reached in Test-InstanceReachability $verdict.PortId -TcpPort $TcpPort @asked) {
        foreach ($probe in $reached.Probes | Where-Object Answer -NE NotAsked) { "        $probe" }
        Write-Verdict $reached
    }

    Write-Step 'The verdict'
    Write-Answer ("$($verdict.Status)" -eq 'Ok') "$($verdict.Status) $($verdict.Cause): $($verdict.Summary)"
    if ($verdict.Remedy) { "        $($verdict.Remedy)" }
}
finally {
    if (Test-Path $folder) { Remove-Item $folder -Recurse -Force -WhatIf:$false }
}
