# How the built module loads the transport of SSH.NET.
BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    # Nothing listens on port 1.
    $inventory = Join-Path $TestDrive 'cloud.json'
    Set-Content $inventory '{ "nodes": [ { "name": "n1", "address": "127.0.0.1", "port": 1, "transport": "sshnet" } ], "controlPlane": { "source": "none" } }'
}

Describe 'The transport of SSH.NET' {
    It 'is not loaded until a node is asked' {
        Invoke-Pwsh "Import-Module '$Manifest'; `$null = Connect-Quantum -ComputerName n1 -Transport SshNet
            [AppDomain]::CurrentDomain.GetAssemblies().GetName().Name -like '*SshNet'" | Should -BeNullOrEmpty
    }

    It 'is loaded into a context of its own, beside another SSH.NET of the session' {
        # As another module does that brings its own.
        $other = Copy-Item (Join-Path (Split-Path $Manifest) 'lib' 'SshNet' 'Renci.SshNet.dll') $TestDrive -PassThru
        $said = Invoke-Pwsh "Add-Type -Path '$other'; Import-Module '$Manifest'
            Get-NodeLink -Inventory '$inventory' -ErrorVariable e -ErrorAction SilentlyContinue; `$e[0].FullyQualifiedErrorId
            foreach (`$c in [Runtime.Loader.AssemblyLoadContext]::All) {
                foreach (`$a in `$c.Assemblies) { `$n = `$a.GetName(); if (`$n.Name -like '*SshNet') { '{0}: {1}' -f `$c.Name, `$n.Name } } }"
        $said[0] | Should -BeLike 'NodeUnreachable*'
        $said[1..9] | Sort-Object | Should -Be 'Default: Renci.SshNet', 'QuantumNet.SshNet: QuantumNet.SshNet', 'QuantumNet.SshNet: Renci.SshNet'
    }

    It 'works again after the module was imported again' {
        Invoke-Pwsh "1..2 | ForEach-Object { Import-Module '$Manifest' -Force
            Get-NodeLink -Inventory '$inventory' -ErrorVariable e -ErrorAction SilentlyContinue; `$e[0].FullyQualifiedErrorId }" |
            Should -BeLike 'NodeUnreachable*'
    }
}
