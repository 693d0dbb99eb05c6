# Ctrl+C is PowerShell.Stop(): it must return within two seconds whatever a node does, and leave nothing behind.
BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    # A node whose ssh never answers: the program ssh on PATH is one that sleeps, under a name of its own.
    $bin = Join-Path $TestDrive 'bin'
    $null = New-Item -ItemType Directory $bin
    $mark = "quantumnet-test-$PID-$(Get-Random)"
    Set-Content (Join-Path $bin 'ssh') "#!/bin/bash`nexec -a $mark sleep 300"
    if (-not $IsWindows) { chmod +x (Join-Path $bin 'ssh') }

    function Get-Hanging {
        Get-ChildItem /proc -Directory -ErrorAction Ignore | Where-Object Name -Match '^\d+$' |
            Where-Object { try { [IO.File]::ReadAllText("$($_.FullName)/cmdline").Contains($mark) } catch { $false } }
    }

    # Starts a script in its own runspace, waits until ssh hangs, stops it, and gives the milliseconds that took.
    function Measure-Stop([string] $Script) {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$Manifest'; $Script")
            $running = $shell.BeginInvoke()
            $deadline = [DateTime]::UtcNow.AddSeconds(20)
            while (-not (Get-Hanging) -and [DateTime]::UtcNow -lt $deadline) { Start-Sleep -Milliseconds 50 }
            (Get-Hanging) | Should -Not -BeNullOrEmpty -Because 'ssh was to be waited for'
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $clock.ElapsedMilliseconds
            $running.IsCompleted | Should -BeTrue
        }
        finally { $shell.Dispose() }
    }

    $path = $env:PATH
    $env:PATH = "$bin$([IO.Path]::PathSeparator)$path"
}

AfterAll { $env:PATH = $path }

Describe 'Ctrl+C' -Skip:($IsWindows) {
    It 'ends {<_>} within two seconds, and nothing stays' -ForEach @(
        'Get-OvsFlow -Connection (Connect-Quantum -ComputerName n1, n2)'
        'Test-DhcpPath -Connection (Connect-Quantum -ComputerName n1, n2)'
        'Save-QuantumSnapshot ./never.zip -Connection (Connect-Quantum -ComputerName n1)'
        'Measure-DhcpCounter -DurationSeconds 60 -Connection (Connect-Quantum -ComputerName n1)'
        'Test-OvsTunnel -Connection (Connect-Quantum -ComputerName n1, n2)'
        'Test-OvsTunnel -Live -Connection (Connect-Quantum -ComputerName n1, n2)'
        'Test-DhcpServer -SampleSeconds 60 -Connection (Connect-Quantum -ComputerName n1, n2)'
        'Test-InstanceReachability 1408934f -Connection (Connect-Quantum -ComputerName n1, n2)'
        'Compare-QuantumSnapshot (Connect-Quantum -ComputerName n1) (Connect-Quantum -ComputerName n2)'
        'Test-QuantumConnection -Connection (Connect-Quantum -ComputerName n1, n2)'
        'Connect-Quantum -ComputerName n1, n2 -Test'
        ('Test-DhcpPath -Connection (Connect-Quantum -ComputerName n1) | ' +
            'Test-DhcpServer -Connection (Connect-Quantum -ComputerName n2)')
    ) {
        Measure-Stop "Set-Location '$TestDrive'; $_" | Should -BeLessThan 2000
        $deadline = [DateTime]::UtcNow.AddSeconds(3)
        while ((Get-Hanging) -and [DateTime]::UtcNow -lt $deadline) { Start-Sleep -Milliseconds 100 }
        Get-Hanging | Should -BeNullOrEmpty
        Join-Path $TestDrive 'never.zip' | Should -Not -Exist
    }

    It 'ends the wait between the two samples of Test-DhcpServer' {
        $inventory = Join-Path $TestDrive 'here.json'
        '{ "nodes": [ { "name": "here", "transport": "local" } ], "controlPlane": { "source": "none" } }' |
            Set-Content $inventory
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$Manifest'; " +
            "Test-DhcpServer -SampleSeconds 600 -Inventory '$inventory' -Verbose")
        $running = $shell.BeginInvoke()
        # It waits where the first sample is told, and nothing more comes.
        do {
            $count = $shell.Streams.Verbose.Count
            Start-Sleep -Seconds 2
        } while ($count -eq 0 -or $shell.Streams.Verbose.Count -gt $count)
        $running.IsCompleted | Should -BeFalse
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $clock.ElapsedMilliseconds | Should -BeLessThan 2000
        $shell.Streams.Error | Should -BeNullOrEmpty
        $shell.Dispose()
    }

    It 'is not felt as an error' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$Manifest'; Get-OvsFlow -Connection (Connect-Quantum -ComputerName n1)")
        $null = $shell.BeginInvoke()
        while (-not (Get-Hanging)) { Start-Sleep -Milliseconds 50 }
        $shell.Stop()
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $shell.Streams.Error | Should -BeNullOrEmpty
        $shell.Dispose()
    }
}
