# Judge, report and draw from one gather: -MaxAgeSeconds. What ssh is called for is counted; the "nodes" are this machine.
BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    $bin = Join-Path $TestDrive 'bin'
    $calls = Join-Path $TestDrive 'calls'
    $null = New-Item -ItemType Directory $bin
    # Only what asks a node: its last argument is the shell that reads the script.
    Set-Content (Join-Path $bin 'ssh') "#!/bin/sh`ncase `"`$*`" in *'exec sh -s') echo called >> '$calls'; exec sh -s ;; esac"
    if (-not $IsWindows) { chmod +x (Join-Path $bin 'ssh') }
    $path = $env:PATH
    $env:PATH = "$bin$([IO.Path]::PathSeparator)$path"

    $inventory = Join-Path $TestDrive 'cloud.json'
    @{
        nodes        = @(@{ name = 'compute1'; transport = 'ssh' }, @{ name = 'netnode'; transport = 'ssh' })
        controlPlane = @{ source = 'file'; path = $Broken }
    } | ConvertTo-Json | Set-Content $inventory
    $ports = (Get-QuantumPort -DeviceOwner compute:* -Snapshot $Broken | Where-Object ComputerName -EQ compute1).PortId

    # How many nodes were asked while a script ran.
    function Measure-Call([scriptblock] $Script) {
        Remove-Item $calls -ErrorAction Ignore
        $null = & $Script
        @(Get-Content $calls -ErrorAction Ignore).Count
    }
}

AfterAll {
    $env:PATH = $path
    Disconnect-Quantum
}

Describe '-MaxAgeSeconds' -Skip:($IsWindows) {
    BeforeEach {
        Disconnect-Quantum
        $null = Connect-Quantum -Inventory $inventory
    }

    It 'judges, reports and draws the whole cloud from one gather' {
        Measure-Call { Test-DhcpPath } | Should -Be 2
        Measure-Call { Test-DhcpPath -MaxAgeSeconds 600 } | Should -Be 0
        Measure-Call { Test-DhcpPath $ports[0] -MaxAgeSeconds 600 } | Should -Be 0
        Measure-Call { Export-DhcpPathReport "$TestDrive/all.html" -MaxAgeSeconds 600 } | Should -Be 0
        Measure-Call { Export-QuantumTopology "$TestDrive/all.svg" -MaxAgeSeconds 600 } | Should -Be 0
        Measure-Call { Get-NodeLink compute1 -MaxAgeSeconds 600 } | Should -Be 0
        "$TestDrive/all.html", "$TestDrive/all.svg" | Should -Exist
    }

    It 'takes one port for itself, and for no other' {
        Measure-Call { Test-DhcpPath $ports[0] } | Should -BeGreaterThan 0
        Measure-Call { Export-DhcpPathReport "$TestDrive/one.html" -PortId $ports[0] -MaxAgeSeconds 600 } | Should -Be 0
        Measure-Call { Get-NodeLink -MaxAgeSeconds 600 } | Should -Be 2
        Measure-Call { Test-DhcpPath '0a0a0a0a-0000-4000-8000-000000000000' -MaxAgeSeconds 600 -ErrorAction Ignore } |
            Should -BeGreaterThan 0
    }

    It 'gathers again without it, and what is too old' {
        Measure-Call { Get-NodeLink } | Should -Be 2
        Measure-Call { Get-NodeLink } | Should -Be 2
        Start-Sleep -Milliseconds 1100
        Measure-Call { Get-NodeLink -MaxAgeSeconds 1 } | Should -Be 2
    }

    It 'keeps the time of gathering, and says what is used' {
        $first = Test-DhcpPath $ports[0]
        $said = Test-DhcpPath $ports[0] -MaxAgeSeconds 600 -Verbose 4>&1
        ($said | Where-Object { $_ -is [QuantumNet.DhcpPathResult] }).CollectedAt | Should -Be $first.CollectedAt
        "$($said | Where-Object { $_ -is [Management.Automation.VerboseRecord] })" | Should -Match 'no node is asked'
    }

    It 'has nothing kept after Disconnect-Quantum, or where a connection is opened for one call' {
        $connection = Get-QuantumConnection
        $null = Get-NodeLink
        Disconnect-Quantum
        Measure-Call { Get-NodeLink -Connection $connection -MaxAgeSeconds 600 } | Should -Be 2
        Measure-Call { Get-NodeLink -Inventory $inventory -MaxAgeSeconds 600 } | Should -Be 2
        Measure-Call { Get-NodeLink -Inventory $inventory -MaxAgeSeconds 600 } | Should -Be 2
    }

    It 'is an error with a snapshot, and out of its range' {
        { Test-DhcpPath -Snapshot $Broken -MaxAgeSeconds 60 } | Should -Throw -ErrorId 'NeedsLiveNodes,*'
        { Test-DhcpPath -MaxAgeSeconds 0 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }
}
