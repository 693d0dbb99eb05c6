# Tables and lists as a user sees them, at 80 and at 120 columns.
BeforeDiscovery {
    . "$PSScriptRoot/Support.ps1"
    $emitters = Get-QuantumCommand | Where-Object { $_.Verb -eq 'Get' -and $_.Name -notin 'Get-DhcpPacket', 'Get-NovaConsoleLog', 'Get-QuantumCollector', 'Get-QuantumSample' } | ForEach-Object Name
    $cases = foreach ($name in $emitters) { foreach ($width in 80, 120) { @{ Name = $name; Width = $width } } }
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    Use-Cloud
    $rendering = $PSStyle.OutputRendering
    $escape = [char] 27

    function Show-Table($Records, [int] $Width) { ($Records | Format-Table | Out-String -Width $Width) -split "`r?`n" }
}

AfterAll {
    $PSStyle.OutputRendering = $rendering
    Disconnect-Quantum
}

Describe '<Name> at <Width> columns' -ForEach $cases {
    BeforeAll {
        $PSStyle.OutputRendering = 'PlainText'
        $records = @(& $Name | Select-Object -First 40)
        $lines = Show-Table $records $Width
        $rule = @($lines -match '^[- ]*-[- ]*$')[0]
    }

    It 'has a table of its own of at most six columns' {
        @($rule -split ' +' -ne '').Count | Should -BeIn (1..6)
    }

    It 'fits, each record on one line' {
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual $Width
        $first = [array]::IndexOf($lines, $rule)
        $lines[$first - 2] | Should -BeNullOrEmpty -Because 'the header is one line'
    }

    It 'is plain when asked for plain' {
        $lines -match $escape | Should -BeNullOrEmpty
    }

    It 'has a list that names the identifying properties' {
        $list = $records[0] | Format-List | Out-String -Width $Width
        $list | Should -Not -Match ([regex]::Escape("$escape"))
        foreach ($property in 'ComputerName', 'PortId', 'NetworkId', 'Bridge', 'Mac', 'IpAddress') {
            if ($records[0].psobject.Properties[$property]) { $list | Should -Match "(?m)^$property\s*:" }
        }
    }
}

Describe 'A verdict' {
    It 'is drawn hop by hop, with the break marked' {
        $PSStyle.OutputRendering = 'PlainText'
        $text = Test-DhcpPath $BrokenPort | Format-List | Out-String -Width 120
        $marked = @($text -split "`r?`n" -match '^\s*(Hops\s*:)?\s*X +\d+ ')
        $marked | Should -HaveCount 2 -Because 'the request and the reply break'
        $marked[0] | Should -Match 'compute1 +OvsBridge +br-int +Dropped'
        $text | Should -Match 'qvo56604c0a-ee on compute1 has no VLAN tag'
    }

    It 'has colour where the session has, and only there' {
        $result = Test-DhcpPath $BrokenPort
        $PSStyle.OutputRendering = 'Ansi'
        $result | Format-Table | Out-String | Should -Match ([regex]::Escape($PSStyle.Foreground.Red))
        $PSStyle.OutputRendering = 'PlainText'
        $result | Format-Table | Out-String | Should -Not -Match ([regex]::Escape("$escape"))
        $PSStyle.OutputRendering = $rendering
    }

    It 'is plain when redirected to a file' {
        $file = Join-Path $TestDrive 'verdict.txt'
        Invoke-Pwsh "`$PSStyle.OutputRendering='Host'; Import-Module '$Manifest'; Test-DhcpPath $BrokenPort -Snapshot '$Broken' > '$file'"
        Get-Content $file -Raw | Should -Match 'QN4001'
        Get-Content $file -Raw | Should -Not -Match ([regex]::Escape("$escape"))
    }
}

Describe 'A record behind a table of another type' {
    # There PowerShell uses no view of ours, but a list of the properties that the types file names.
    It 'names only properties that <Type> has' -ForEach @(
        ([xml] (Get-Content "$PSScriptRoot/../../src/QuantumNet/QuantumNet.Types.ps1xml" -Raw)).Types.Type | Where-Object { $_.Members.MemberSet.Members.PropertySet } | ForEach-Object {
            @{ Type = $_.Name; Named = @($_.Members.MemberSet.Members.PropertySet.ReferencedProperties.Name); Added = @($_.Members.ScriptProperty.Name) }
        }
    ) {
        $has = ($Type -as [type]).GetProperties().Name + $Added
        $Named | Where-Object { $_ -notin $has } | Should -BeNullOrEmpty
    }

    It 'is short: a verdict behind a connection shows no raw text' {
        $PSStyle.OutputRendering = 'PlainText'
        $text = Invoke-Pwsh "Import-Module '$Manifest'; Connect-Quantum -Snapshot '$Broken'; Test-DhcpPath $BrokenPort" | Out-String
        $text | Should -Match '(?m)^Cause\s+: QN4001'
        $text | Should -Not -Match 'Hop \{|RawText'
    }
}

Describe 'An error' {
    It 'shows what to do' {
        Test-DhcpPath no-such-port -ErrorVariable wrong -ErrorAction SilentlyContinue
        $wrong[0] | Out-String | Should -Match ([regex]::Escape($wrong[0].ErrorDetails.RecommendedAction.Substring(0, 20)))
    }
}
