# The scripts that users copy: the health check and the walk along the path.
BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $operational = Join-Path $Root 'tests' 'Operational'

    # A Pester inside of Pester would share its state: it gets a pwsh of its own.
    function Invoke-HealthCheck([string] $Snapshot, [string] $Format) {
        $results = Join-Path $TestDrive "$([guid]::NewGuid()).xml"
        $version = (Get-Module Pester).Version
        $said = Invoke-Pwsh "Import-Module Pester -RequiredVersion $version; Import-Module '$Manifest'
            `$c = New-PesterConfiguration; `$c.Output.Verbosity = 'None'; `$c.Run.PassThru = `$true
            `$c.Run.Container = New-PesterContainer -Path '$operational/DhcpPath.HealthCheck.Tests.ps1' -Data @{ Snapshot = '$Snapshot' }
            `$c.TestResult.Enabled = `$true; `$c.TestResult.OutputFormat = '$Format'; `$c.TestResult.OutputPath = '$results'
            `$r = Invoke-Pester -Configuration `$c; `"`$(`$r.PassedCount) `$(`$r.FailedCount)`""
        [pscustomobject]@{ Counts = $said | Select-Object -Last 1; Text = Get-Content $results -Raw }
    }
}

Describe 'The health check' {
    It 'has one test a port, and the broken one says why (<_>)' -ForEach 'JUnitXml', 'NUnitXml' {
        $run = Invoke-HealthCheck $Broken $_
        $run.Counts | Should -Be '3 1'
        $run.Text | Should -Match 'fjord-82 \(192\.168\.108\.61\) on compute1 can get its lease'
        $run.Text | Should -Match 'QN4001'
        { [xml] $run.Text } | Should -Not -Throw
    }

    It 'passes on a healthy cloud' {
        (Invoke-HealthCheck $Healthy 'JUnitXml').Counts | Should -Be '4 0'
    }
}

Describe 'The walk' {
    It 'marks the step at which the path breaks, and what cannot be reached for that' {
        $said = & "$operational/Invoke-SeedWalk.ps1" fjord-82 -Snapshot $Broken
        $wrong = @($said -match '\[!!\]')
        $wrong[0] | Should -Match 'qvo56604c0a-ee on br-int has tag none'
        $wrong[-1] | Should -Match 'Broken QN4001'
        $wrong[1] | Should -Match 'has no VLAN tag: the answer to ARP is lost'
        $wrong.Count | Should -Be 3
    }

    It 'finds nothing wrong where nothing is' {
        $said = & "$operational/Invoke-SeedWalk.ps1" kelp-1a -Snapshot $Healthy
        $said -match 'Ok : kelp-1a .* can get its lease' | Should -Not -BeNullOrEmpty
        $said -match '\[ok\] The DHCP server of network' | Should -Not -BeNullOrEmpty
        $said -match 'its packets cross no tunnel' | Should -Not -BeNullOrEmpty
    }

    It 'ends with the instance, asked from the DHCP namespace' {
        $said = & "$operational/Invoke-SeedWalk.ps1" kelp-1a -Snapshot $Healthy -TcpPort 80
        $said -match 'drops TCP 80 to .* no rule of its security groups allows it' | Should -Not -BeNullOrEmpty
    }
}
