BeforeAll { . "$PSScriptRoot/../Support.ps1" }

Describe 'New-QuantumInventory' {
    BeforeAll { $file = Join-Path $TestDrive 'cloud.json' }

    It 'writes what Connect-Quantum accepts' {
        $made = 'compute1', 'netnode' | New-QuantumInventory $file -ControllerName ctl -EnvironmentFile /root/openrc -UserName stack -Sudo
        $made.Status | Should -Be 'Ok'
        $made.ComputerName | Should -Be 'compute1', 'netnode', 'ctl'
        $connection = Connect-Quantum $file
        $connection.ComputerName | Should -Be $made.ComputerName
        $connection.ControlPlane | Should -Be 'client'
        Disconnect-Quantum
    }

    It 'is good by the schema that the module holds' {
        Get-Content -Raw $file | Test-Json -SchemaFile (Join-Path (Split-Path $Manifest) 'inventory.schema.json') `
            -Options IgnoreComments, AllowTrailingCommas | Should -BeTrue
    }

    It 'takes the hosts of ssh_config where no node is named' {
        $config = Join-Path $TestDrive 'ssh.config'
        Set-Content $config "Host compute1 compute2`nHost gw-*`nHost *"
        (New-QuantumInventory $file -SshConfigFile $config -Force).ComputerName | Should -Be 'compute1', 'compute2'
        (New-QuantumInventory $file '*2' -SshConfigFile $config -Force).ComputerName | Should -Be 'compute2'
        { New-QuantumInventory $file 'x*' -SshConfigFile $config -Force } | Should -Throw -ErrorId 'NoHosts*'
    }

    It 'replaces nothing with -NoClobber, and writes nothing with -WhatIf' {
        { New-QuantumInventory $file n1 -NoClobber } | Should -Throw -ErrorId 'FileExists*'
        New-QuantumInventory (Join-Path $TestDrive 'other.json') n1 -WhatIf
        Join-Path $TestDrive 'other.json' | Should -Not -Exist
    }
}
