# Whatever a Get- emits can be piped on: as the object, as something with its properties, and after a way through JSON or CSV.
BeforeDiscovery {
    . "$PSScriptRoot/Support.ps1"
    $sources = @(
        @{ Source = 'Get-QuantumPort' }
        @{ Source = 'Get-NovaInstance' }
        @{ Source = 'Get-DhcpHost' }
        @{ Source = 'Get-DhcpLease' }
    )
    $ways = @(
        @{ Way = 'as objects'; Through = { $input } }
        @{ Way = 'as properties'; Through = { $input | Select-Object * } }
        @{ Way = 'after JSON'; Through = { $input | ConvertTo-Json -Depth 6 -WarningAction SilentlyContinue | ConvertFrom-Json } }
        @{ Way = 'after CSV'; Through = { $input | ConvertTo-Csv | ConvertFrom-Csv } }
    )
    $toTest = foreach ($source in $sources) { foreach ($way in $ways) { $source + $way } }

    $nodeCommands = Get-QuantumCommand | Where-Object {
        $_.Verb -eq 'Get' -and $_.Parameters['ComputerName'].Attributes.ValueFromPipelineByPropertyName -contains $true
    } | ForEach-Object Name
    $toNode = foreach ($way in $ways) { foreach ($name in $nodeCommands) { @{ Name = $name } + $way } }
    $strangers = foreach ($name in $nodeCommands) {
        @{ Name = $name; Given = 'A network'; Make = { Get-QuantumNetwork } }
        @{ Name = $name; Given = 'A MAC alone'; Make = { Get-QuantumPort | Select-Object Mac } }
        @{ Name = $name; Given = 'A file'; Make = { Get-Item $PSCommandPath }; Unbound = $true }
        @{ Name = $name; Given = 'A table'; Make = { @{ Colour = 'red' } }; Unbound = $true }
    }
    $emitters = Get-QuantumCommand | Where-Object { $_.Verb -eq 'Get' -and $_.Name -notin 'Get-DhcpPacket', 'Get-NovaConsoleLog', 'Get-QuantumConnection' } |
        ForEach-Object { @{ Name = $_.Name } }
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe '<Source> | Test-DhcpPath, <Way>' -ForEach $toTest {
    It 'finds the broken port' {
        $results = & $Source | & $Through | Test-DhcpPath -ErrorVariable wrong -ErrorAction SilentlyContinue
        $wrong | Should -BeNullOrEmpty
        if ($Source -eq 'Get-DhcpLease') { $results.PortId | Should -Be $BrokenPort }
        else { $results | Should -HaveCount 3 }
        ($results | Where-Object Status -NE 'Ok').PortId | Should -Be $BrokenPort
    }
}

Describe 'Get-QuantumAgent | <Name>, <Way>' -ForEach $toNode {
    It 'takes the nodes from it, or none' {
        Get-QuantumAgent -AgentType '*switch*' | & $Through | & $Name -ErrorVariable wrong -ErrorAction SilentlyContinue | Out-Null
        $wrong | Should -BeNullOrEmpty
    }
}

# What is piped may be anything: an object is bound by its properties, and never becomes a node's name as a whole.
Describe '<Given> | <Name>' -ForEach $strangers {
    It 'is bound by property, or not at all' {
        $null = & $Make | & $Name -ErrorVariable wrong -ErrorAction SilentlyContinue
        $wrong | Where-Object FullyQualifiedErrorId -NotLike 'InputObjectNotBound,*' | Should -BeNullOrEmpty
        if ($Unbound) { $wrong[0].FullyQualifiedErrorId | Should -BeLike 'InputObjectNotBound,*' }
    }
}

Describe 'What is piped without the property in question' {
    It 'filters by the properties it has' {
        Get-QuantumNetwork | Get-NetworkNamespace | ForEach-Object NetworkId | Sort-Object -Unique | Should -Be (Get-QuantumNetwork).NetworkId
        $mac = (Get-QuantumPort -PortId $BrokenPort).Mac
        $entries = Get-QuantumPort -PortId $BrokenPort | Select-Object Mac | Get-OvsFdbEntry
        @($entries.Mac | Sort-Object -Unique) | Should -Be @(Get-OvsFdbEntry | Where-Object Mac -EQ $mac | ForEach-Object Mac | Sort-Object -Unique)
    }

    It 'is no port when it has no PortId' {
        try { Get-QuantumNetwork | Select-Object NetworkId | Test-DhcpPath -ErrorVariable wrong -ErrorAction SilentlyContinue }
        catch { $ended = $_ }
        $ended.FullyQualifiedErrorId | Should -BeLike 'NothingTested,*'
        $wrong[0].FullyQualifiedErrorId | Should -BeLike 'PortWithoutId,*'
        $wrong[0].ErrorDetails.RecommendedAction | Should -Match 'Get-QuantumPort'
    }

    It 'is told, when an argument is an object instead of a name' {
        { Get-OvsFlow -ComputerName (Get-QuantumNetwork) } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }
}

Describe '<Name>' -ForEach $emitters {
    It 'emits records that sort, group, and go through JSON and CSV' {
        $records = @(& $Name)
        $records.Count | Should -BeGreaterThan 0
        @($records | Sort-Object).Count | Should -Be $records.Count
        ($records | Group-Object { $_.GetType().Name }).Count | Should -Be $records.Count
        @($records | ConvertTo-Csv | ConvertFrom-Csv).Count | Should -Be $records.Count
        $first = $records | Select-Object -First 1
        $back = $first | ConvertTo-Json -Depth 6 -EnumsAsStrings -WarningAction SilentlyContinue | ConvertFrom-Json
        $back.psobject.Properties.Name | Should -Be $first.psobject.Properties.Name
    }

    It 'can be cut short by Select-Object -First without a word' {
        $wrong = $null
        $first = & $Name -ErrorVariable wrong | Select-Object -First 1
        @($first).Count | Should -Be 1
        $wrong | Should -BeNullOrEmpty
    }

    It 'heeds -OutVariable' {
        $null = & $Name -OutVariable kept
        $kept.Count | Should -BeGreaterThan 0
    }
}

Describe 'Ports' {
    It 'go from one Get- to the next: <_>' -ForEach 'Get-OvsPort', 'Get-IptablesRule', 'Get-DhcpHost', 'Get-DhcpEvent', 'Get-QuantumNetwork', 'Get-QuantumSubnet' {
        Get-QuantumPort -PortId $BrokenPort | & $_ -ErrorVariable wrong -ErrorAction SilentlyContinue | Should -Not -BeNullOrEmpty
        $wrong | Should -BeNullOrEmpty
    }

    It 'go to Measure-DhcpCounter' {
        Get-QuantumPort -PortId $BrokenPort | Measure-DhcpCounter -Before $Healthy -After $Broken | Should -Not -BeNullOrEmpty
    }

    It 'are found by <_>' -ForEach @(
        '56604c0a-eec0-41b0-9a90-6fb5a0376a67', '56604c0a', 'fa:16:3e:38:1a:e6', 'FA-16-3E-38-1A-E6', '192.168.108.61', 'fjord-82', '9285198c-dd50-4a25-b070-054f712a01e1'
    ) {
        (Test-DhcpPath $_).PortId | Should -Be $BrokenPort
    }
}

Describe 'Names' {
    It 'pipe as strings into <Name>' -ForEach @(
        @{ Name = 'Test-DhcpPath'; Of = 'PortId' }
        @{ Name = 'Get-QuantumPort'; Of = 'PortId' }
        @{ Name = 'Get-NovaInstance'; Of = 'DeviceId'; Property = 'InstanceId' }
        @{ Name = 'Get-QuantumNetwork'; Of = 'NetworkId' }
        @{ Name = 'Test-DhcpServer'; Of = 'NetworkId' }
    ) {
        $id = (Get-QuantumPort -PortId $BrokenPort).$Of
        foreach ($text in $id, $id.Substring(0, 5), $id.Substring(0, 5).ToUpperInvariant()) {
            @($text | & $Name -ErrorAction Stop).($Property ? $Property : $Of) | Should -Be $id
        }
    }

    It 'pipe as strings into Measure-DhcpCounter' {
        $BrokenPort | Measure-DhcpCounter -Before $Healthy -After $Broken | Should -Not -BeNullOrEmpty
    }

    It 'are prefixes of any length, names, addresses or wildcards for <Name>' -ForEach @(
        @{ Name = 'Test-DhcpPath' }, @{ Name = 'Get-QuantumPort' }
    ) {
        $port = Get-QuantumPort -PortId $BrokenPort
        $all = (Get-QuantumPort).PortId
        $short = 1..36 | ForEach-Object { $BrokenPort.Substring(0, $_) } |
            Where-Object { @($all -like "$_*").Count -eq 1 } | Select-Object -First 1
        foreach ($text in $short, "$short*", $port.Mac, $port.IpAddress, $port.DeviceId, "tap$($BrokenPort.Substring(0, 11))") {
            (& $Name $text).PortId | Should -Be $BrokenPort -Because $text
        }
    }

    It 'are wildcards that mean many ports, and an error where they fit none' {
        @(Test-DhcpPath 'fa:16:3e:*').Count | Should -BeGreaterThan 1
        Test-DhcpPath 'nothing-*' -ErrorVariable missing -ErrorAction SilentlyContinue
        $missing[0].FullyQualifiedErrorId | Should -BeLike 'PortNotFound*'
    }
}

Describe 'Verdicts' {
    It 'group by cause' {
        $groups = Get-QuantumPort | Test-DhcpPath | Where-Object Status -NE Ok | Group-Object Cause
        $groups.Name | Should -Be 'QN4001'
    }

    It 'pipe their cause to Get-QuantumCheck' {
        (Test-DhcpPath $BrokenPort | Get-QuantumCheck).Code | Should -Be 'QN4001'
        Test-DhcpPath kelp-17 | Get-QuantumCheck -ErrorVariable wrong | Should -BeNullOrEmpty
        $wrong | Should -BeNullOrEmpty
    }

    It 'name the nodes of the next question' {
        Test-DhcpPath $BrokenPort | Get-OvsBridge | ForEach-Object ComputerName | Sort-Object -Unique | Should -Be 'compute1'
    }

    It 'go through JSON and are judged again' {
        $json = Test-DhcpPath $BrokenPort | ConvertTo-Json -Depth 8
        ($json | ConvertFrom-Json | Test-DhcpPath).Cause | Should -Be 'QN4001'
    }
}

Describe 'Results that come back from <Way>' -ForEach @(
    @{ Way = 'Export-Clixml'; Back = { $file = Join-Path $TestDrive 'results.xml'; $input | Export-Clixml $file; Import-Clixml $file } }
    @{ Way = 'a job'; Back = { $given = @($input); Start-Job { Import-Module $using:Manifest; $using:given } | Receive-Job -Wait -AutoRemoveJob } }
) {
    It 'are what they were: verdicts with their enumerations, hops and evidence' {
        $verdict = Test-DhcpPath $BrokenPort
        $back = $verdict | & $Back
        $back | Should -BeOfType ([QuantumNet.DhcpPathResult])
        $back.Status | Should -Be ([QuantumNet.DhcpPathStatus]::Broken)
        $back.Status -eq 'Broken' | Should -BeTrue
        $back.Findings[0].Evidence[0].Text | Should -Be $verdict.Findings[0].Evidence[0].Text
        ($back.Hops | ForEach-Object Action) -join ' ' | Should -Be (($verdict.Hops | ForEach-Object Action) -join ' ')
        ($back | Select-Object $verdict.psobject.Properties.Name | ConvertTo-Json -Depth 8 -EnumsAsStrings) | Should -Be ($verdict | Select-Object $verdict.psobject.Properties.Name | ConvertTo-Json -Depth 8 -EnumsAsStrings)
    }

    It 'pipe on: ports are tested, verdicts reported' {
        (Get-QuantumPort $BrokenPort | & $Back | Test-DhcpPath).Cause | Should -Be 'QN4001'
        $page = Join-Path $TestDrive "$([guid]::NewGuid()).md"
        Test-DhcpPath $BrokenPort | & $Back | Export-DhcpPathReport $page
        Get-Content -Raw $page | Should -BeLike '*QN4001*'
    }

    It 'keep what each <Name> emits' -ForEach @('Get-OvsFlow', 'Get-OvsPort', 'Get-DhcpEvent', 'Get-IptablesRule', 'Get-QuantumAgent' | ForEach-Object { @{ Name = $_ } }) {
        $first = & $Name | Select-Object -First 1
        $back = $first | & $Back
        $back.GetType() | Should -Be $first.GetType()
        ($back | Select-Object $first.psobject.Properties.Name | ConvertTo-Json -Depth 6) | Should -Be ($first | Select-Object * | ConvertTo-Json -Depth 6)
    }
}

Describe 'Gathering' {
    It 'is done once for all that is piped' {
        $said = Get-QuantumPort | Test-DhcpPath -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        $flows = $said | Where-Object Message -Like '*ovs-ofctl*dump-flows*br-int*'
        $flows.Count | Should -Be ($flows | Sort-Object { "$_" } -Unique).Count
    }
}

Describe 'Common parameters' {
    It 'keep an error in -ErrorVariable, and stay silent' {
        Test-DhcpPath no-such-port -ErrorVariable wrong -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $wrong | Should -HaveCount 1
    }

    It 'make an error end the statement with -ErrorAction Stop' {
        { Test-DhcpPath no-such-port, 56604c0a -ErrorAction Stop } | Should -Throw -ErrorId 'PortNotFound,QuantumNet.Commands.TestDhcpPathCommand'
    }

    It 'let the rest go on otherwise' {
        (Test-DhcpPath no-such-port, 56604c0a -ErrorAction SilentlyContinue).PortId | Should -Be $BrokenPort
    }
}

Describe 'Other runspaces' {
    It 'work with ForEach-Object -Parallel' {
        $causes = 1..4 | ForEach-Object -Parallel {
            Import-Module $using:Manifest
            (Test-DhcpPath $using:BrokenPort -Snapshot $using:Broken).Cause
        }
        $causes | Should -Be @('QN4001', 'QN4001', 'QN4001', 'QN4001')
    }

    It 'take a connection along' {
        $connection = Get-QuantumConnection
        1..2 | ForEach-Object -Parallel { Import-Module $using:Manifest; (Test-DhcpPath $using:BrokenPort -Connection $using:connection).Cause } |
            Should -Be @('QN4001', 'QN4001')
    }

    It 'do not share the default connection' {
        1 | ForEach-Object -Parallel { Import-Module $using:Manifest; Get-QuantumConnection } | Should -BeNullOrEmpty
    }

    It 'work with Start-ThreadJob' -Skip:(-not (Get-Command Start-ThreadJob -ErrorAction Ignore)) {
        $job = Start-ThreadJob { Import-Module $using:Manifest; (Test-DhcpPath $using:BrokenPort -Snapshot $using:Broken).Cause }
        $job | Receive-Job -Wait -AutoRemoveJob | Should -Be 'QN4001'
    }
}
