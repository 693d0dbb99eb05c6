# The optional transport of SSH.NET: what a module says that was built without it, and how one that was built with it loads it.
BeforeDiscovery {
    $isBuilt = Test-Path (Join-Path $PSScriptRoot '..' '..' 'out' 'QuantumNet' 'lib' 'SshNet')
    if (-not $isBuilt) { Write-Host "Loading SSH.NET is not tested: './build.ps1 -Task Build -WithSshNet' adds it." }
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    # Nothing listens on port 1.
    $inventory = Join-Path $TestDrive 'cloud.json'
    Set-Content $inventory '{ "nodes": [ { "name": "n1", "address": "127.0.0.1", "port": 1, "transport": "sshnet" } ], "controlPlane": { "source": "none" } }'
}

Describe 'A module without the SSH.NET part' -Skip:$isBuilt {
    It 'tells how to add it when a connection asks for it' {
        $said = try { Connect-Quantum -ComputerName n1 -Transport SshNet } catch { $_ }
        $said.FullyQualifiedErrorId | Should -BeLike 'SshNetNotInstalled*'
        $said.CategoryInfo.Category | Should -Be 'NotInstalled'
        $said.ErrorDetails.RecommendedAction | Should -BeLike '*-WithSshNet*'
    }

    It 'tells it when a node of an inventory is asked' {
        Get-NodeLink -Inventory $inventory -ErrorVariable said -ErrorAction SilentlyContinue
        $said[0].FullyQualifiedErrorId | Should -BeLike 'SshNetNotInstalled*'
    }
}

Describe 'A module with the SSH.NET part' -Skip:(-not $isBuilt) {
    It 'loads nothing of it until a node is asked' {
        Invoke-Pwsh "Import-Module '$Manifest'; `$null = Connect-Quantum -ComputerName n1 -Transport SshNet
            [AppDomain]::CurrentDomain.GetAssemblies().GetName().Name -like '*SshNet'" | Should -BeNullOrEmpty
    }

    It 'loads it into a context of its own, beside another SSH.NET of the session' {
        # As another module does that brings its own.
        $other = Copy-Item (Join-Path (Split-Path $Manifest) 'lib' 'SshNet' 'Renci.SshNet.dll') $TestDrive -PassThru
        $said = Invoke-Pwsh "Add-Type -Path '$other'; Import-Module '$Manifest'
            Get-NodeLink -Inventory '$inventory' -ErrorVariable e -ErrorAction SilentlyContinue; `$e[0].FullyQualifiedErrorId
            foreach (`$c in [Runtime.Loader.AssemblyLoadContext]::All) {
                foreach (`$a in `$c.Assemblies) { `$n = `$a.GetName(); if (`$n.Name -like '*SshNet') { '{0}: {1}' -f `$c.Name, `$n.Name } } }"
        $said[0] | Should -BeLike 'NodeUnreachable*'
        $said[1..9] | Sort-Object | Should -Be 'Default: Renci.SshNet', 'QuantumNet.SshNet: QuantumNet.SshNet', 'QuantumNet.SshNet: Renci.SshNet'
    }

    It 'works again after the module was imported anew' {
        Invoke-Pwsh "1..2 | ForEach-Object { Import-Module '$Manifest' -Force
            Get-NodeLink -Inventory '$inventory' -ErrorVariable e -ErrorAction SilentlyContinue; `$e[0].FullyQualifiedErrorId }" |
            Should -BeLike 'NodeUnreachable*'
    }
}
