# Whatever writes a file means by -Path, -LiteralPath, -Force and -NoClobber what Out-File means by them: each case is tried
# with Out-File, too, in the PowerShell that runs this. What differs, differs on purpose, and says why.
BeforeDiscovery {
    $writers = @(
        @{ Name = 'Export-DhcpPathReport'; File = 'report.html'; Write = { param($To) [QuantumNet.DhcpPathResult]::new() | Export-DhcpPathReport @To } }
        @{ Name = 'Export-QuantumTopology'; File = 'cloud.svg'; Write = { param($To) Export-QuantumTopology @To } }
        @{ Name = 'New-QuantumInventory'; File = 'cloud.json'; Write = { param($To) New-QuantumInventory -ComputerName n1 @To } }
        @{ Name = 'Save-QuantumSnapshot'; File = 'cloud.zip'; Write = { param($To) Save-QuantumSnapshot @To }
            KeepsWhatIsThere = 'what a snapshot holds may never be seen again, so only -Force replaces it' }
    )
    # What is there beforehand, what is asked for, and the file that is looked at then; * is the writer's own file.
    $cases = @(
        @{ Case = 'no file'; Before = @(); To = @{ Path = '*' } }
        @{ Case = 'no file, -NoClobber'; Before = @(); To = @{ Path = '*'; NoClobber = $true } }
        @{ Case = 'no file, -WhatIf'; Before = @(); To = @{ Path = '*'; WhatIf = $true } }
        @{ Case = 'a file'; Before = '*'; To = @{ Path = '*' }; Replaces = $true }
        @{ Case = 'a file, -NoClobber'; Before = '*'; To = @{ Path = '*'; NoClobber = $true } }
        @{ Case = 'a file, -Force'; Before = '*'; To = @{ Path = '*'; Force = $true } }
        @{ Case = 'a file, -NoClobber -Force'; Before = '*'; To = @{ Path = '*'; NoClobber = $true; Force = $true } }
        @{ Case = 'a file, -WhatIf'; Before = '*'; To = @{ Path = '*'; WhatIf = $true } }
        @{ Case = 'a file, -WhatIf -NoClobber'; Before = '*'; To = @{ Path = '*'; WhatIf = $true; NoClobber = $true } }
        @{ Case = 'a read-only file'; Before = '*'; IsReadOnly = $true; To = @{ Path = '*' }; Replaces = $true }
        @{ Case = 'a read-only file, -Force'; Before = '*'; IsReadOnly = $true; To = @{ Path = '*'; Force = $true } }
        @{ Case = 'a read-only file, -NoClobber -Force'; Before = '*'; IsReadOnly = $true; To = @{ Path = '*'; NoClobber = $true; Force = $true } }
        @{ Case = 'a missing folder'; Before = @(); To = @{ Path = 'none/*' } }
        @{ Case = 'a missing folder, -Force'; Before = @(); To = @{ Path = 'none/*'; Force = $true } }
        @{ Case = 'a missing folder, -WhatIf'; Before = @(); To = @{ Path = 'none/*'; WhatIf = $true } }
        @{ Case = 'a folder'; Before = '*/'; To = @{ Path = '*' } }
        @{ Case = 'a folder, -Force'; Before = '*/x'; To = @{ Path = '*'; Force = $true } }
        @{ Case = 'wildcards that fit one file'; Before = '*'; To = @{ Path = '?*' }; Replaces = $true }
        @{ Case = 'wildcards that fit none'; Before = @(); To = @{ Path = '?*' } }
        @{ Case = 'wildcards that fit two'; Before = 'a-*', 'b-*'; To = @{ Path = '?-*' } }
        @{ Case = 'brackets in -Path'; Before = @(); To = @{ Path = '[1]*' } }
        @{ Case = 'brackets in -LiteralPath'; Before = @(); To = @{ LiteralPath = '[1]*' } }
        @{ Case = 'a file, -LiteralPath'; Before = '*'; To = @{ LiteralPath = '*' }; Replaces = $true }
        @{ Case = 'a file, -LiteralPath -NoClobber'; Before = '*'; To = @{ LiteralPath = '*'; NoClobber = $true } }
    )
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    Use-Cloud

    # What is in a folder afterwards: names, and whether they are as they were; and whether there was an error.
    function Get-Outcome([string] $File, [scriptblock] $Write, [hashtable] $Case) {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        foreach ($name in $Case.Before) {
            $path = Join-Path $folder ($name -replace '\*', $File)
            if ($name.Contains('/')) { $null = New-Item -ItemType Directory $(if ($name.EndsWith('/')) { $path } else { Split-Path $path }) }
            if (-not $name.EndsWith('/')) { Set-Content -LiteralPath $path 'as it was'; (Get-Item -LiteralPath $path).IsReadOnly = [bool]$Case.IsReadOnly }
        }
        $to = @{ ErrorAction = 'Stop' }
        foreach ($entry in $Case.To.GetEnumerator()) {
            $to[$entry.Key] = if ($entry.Value -is [string]) { Join-Path $folder ($entry.Value -replace '(?<![?])\*', $File -replace '\?\*', ('?' + $File.Substring(1))) } else { $entry.Value }
        }
        $failed = try { $null = & $Write $to; 'written' } catch { 'an error' }
        $there = foreach ($item in Get-ChildItem -LiteralPath $folder -Recurse -File | Sort-Object FullName) {
            $state = if ((Get-Content -LiteralPath $item.FullName -TotalCount 1 -ErrorAction Ignore) -eq 'as it was') { 'as it was' } else { 'new' }
            "$($item.Name) $state$(if ($item.IsReadOnly) { ', read-only' })"
        }
        (@($failed) + @($there)) -join '; '
    }
}

AfterAll { Disconnect-Quantum }

Describe '<Name> writes as Out-File does' -ForEach $writers {
    It '<Case>' -ForEach $cases {
        $outFile = Get-Outcome $File { param($To) 'new' | Out-File @To } $_
        if ($Replaces -and $KeepsWhatIsThere) {
            $outFile = "an error; $File as it was$(if ($IsReadOnly) { ', read-only' })"
        }
        Get-Outcome $File $Write $_ | Should -Be $outFile -Because $KeepsWhatIsThere
    }

    It 'has the switches of Out-File, and two ways to name a file' {
        $command = Get-Command $Name
        foreach ($parameter in 'Path', 'LiteralPath', 'Force', 'NoClobber', 'WhatIf') { $command | Should -HaveParameter $parameter }
        $command.Parameters.NoClobber.Aliases | Should -Be (Get-Command Out-File).Parameters.NoClobber.Aliases
    }
}

Describe 'What a name must tell' {
    It '<Name> refuses an ending that it cannot write' -ForEach @(
        @{ Name = 'Export-DhcpPathReport'; File = 'x.pdf'; Id = 'ReportFormatUnknown' }
        @{ Name = 'Export-QuantumTopology'; File = 'x.png'; Id = 'TopologyFormatUnknown' }
    ) {
        { & $Name (Join-Path $TestDrive $File) -ErrorAction Stop } | Should -Throw -ErrorId "$Id,*"
        Join-Path $TestDrive $File | Should -Not -Exist
    }
}

Describe 'A snapshot that is there' {
    It 'is replaced by -Force, where its folder holds nothing else' {
        $path = Join-Path $TestDrive 'kept'
        $null = Save-QuantumSnapshot $path
        { Save-QuantumSnapshot $path -ErrorAction Stop } | Should -Throw -ErrorId 'SnapshotExists,*'
        { Save-QuantumSnapshot $path -Force -NoClobber -ErrorAction Stop } | Should -Throw -ErrorId 'SnapshotExists,*'
        $null = Save-QuantumSnapshot $path -Force -ErrorAction Stop
        Set-Content (Join-Path $path 'mine') 'mine'
        { Save-QuantumSnapshot $path -Force -ErrorAction Stop } | Should -Throw -ErrorId 'SnapshotFolderHoldsMore,*'
        Join-Path $path 'mine' | Should -Exist
    }
}
