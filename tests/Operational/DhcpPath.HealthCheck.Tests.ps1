<#
.SYNOPSIS
    Checks that every instance's port can get its lease. Copy it, point it at a cloud, run it by a timer.
.DESCRIPTION
    One test per port: a broken path fails with the sentence that says where and why, and with what to do.
    A path that nobody can judge is skipped with its reason, so that "not known" never looks like "fine".
.EXAMPLE
    $container = New-PesterContainer -Path ./DhcpPath.HealthCheck.Tests.ps1 -Data @{ Inventory = './cloud.json' }
    Invoke-Pester -Container $container -Output Detailed

    Looks at the cloud that the inventory describes.
.EXAMPLE
    $configuration = New-PesterConfiguration
    $configuration.Run.Container = New-PesterContainer -Path ./DhcpPath.HealthCheck.Tests.ps1 -Data @{ Snapshot = './incident.zip' }
    $configuration.TestResult.Enabled = $true
    $configuration.TestResult.OutputFormat = 'JUnitXml'
    $configuration.TestResult.OutputPath = './dhcp-path.xml'
    $configuration.Run.Exit = $true
    Invoke-Pester -Configuration $configuration

    Judges a saved snapshot, writes the results for a CI server (or as NUnitXml), and ends with the number of failures.
#>
param(
    # An inventory of the cloud to look at.
    [string] $Inventory,

    # A saved snapshot to judge instead.
    [string] $Snapshot,

    # The ports to look at: ids, prefixes, MACs, addresses, names; every instance's port when left out.
    [string[]] $PortId = @()
)

BeforeDiscovery {
    if (-not (Get-Module QuantumNet)) { Import-Module QuantumNet -ErrorAction Stop }
    $cloud = if ($Snapshot) { @{ Snapshot = $Snapshot } } elseif ($Inventory) { @{ Inventory = $Inventory } } else { @{} }
    $ports = if ($PortId) { @{ PortId = $PortId } } else { @{} }

    # One gather for all ports; errors of single nodes are tests of their own.
    $results = @(Test-DhcpPath @cloud @ports -ErrorVariable troubles -ErrorAction SilentlyContinue)
    $cases = foreach ($result in $results) {
        $name = if ($result.InstanceName) { $result.InstanceName } else { $result.PortId }
        @{ Name = "$name ($($result.IpAddress)) on $($result.ComputeNode)"; Result = $result }
    }
    $failures = foreach ($trouble in $troubles) { @{ Target = "$($trouble.TargetObject)"; Trouble = $trouble } }
}

Describe 'Gathering' {
    It 'found ports to look at' -TestCases @(@{ Count = $results.Count }) {
        $Count | Should -BeGreaterThan 0
    }

    # Pester 6 refuses an It without cases.
    if ($failures) {
        It 'could ask <Target>' -TestCases @($failures) {
            throw "$($Trouble.ErrorDetails.Message) $($Trouble.ErrorDetails.RecommendedAction)"
        }
    }
}

if ($cases) {
    Describe 'DHCP path' {
        It '<Name> can get its lease' -TestCases @($cases) {
            if ("$($Result.Status)" -eq 'Unknown') { Set-ItResult -Skipped -Because "nobody can tell: $($Result.Summary)" }
            if ("$($Result.Status)" -eq 'Broken') { throw "$($Result.Cause) $($Result.Summary) $($Result.Remedy)" }
            "$($Result.Status)" | Should -BeIn 'Ok', 'Degraded'
        }
    }
}
