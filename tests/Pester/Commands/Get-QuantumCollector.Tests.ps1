BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    $folder = Join-Path $TestDrive 'parts'
    $null = New-Item -ItemType Directory $folder
    $fixtures = Join-Path $PSScriptRoot '../../fixtures/collector/neutron-vxlan'
    Copy-Item "$fixtures/*.part" $folder
}

Describe 'Get-QuantumCollector' {
    It 'prints a script for sh, of everything unless a role is named' {
        $script = Get-QuantumCollector
        $script | Should -BeOfType string
        $script | Should -BeLike '#!/bin/sh*'
        $script | Should -Match 'ovs-ofctl.+dump-flows'
        $script | Should -Match 'network agent list'
        Get-QuantumCollector Compute | Should -Not -Match 'network agent list'
        Get-QuantumCollector Controller | Should -Not -Match 'dump-flows'
    }

    It 'narrows what is asked' {
        $script = Get-QuantumCollector Network -Collector OvsFlow -NetworkId 5F0E6A3C-8C1B-4F5E-9D0A-1B2C3D4E5F60
        $script | Should -Not -Match 'iptables-save'
        Get-QuantumCollector -NetworkId 5f0e6a3c-8c1b-4f5e-9d0a-1b2c3d4e5f60 |
            Should -Match "case .network in '5f0e6a3c-8c1b-4f5e-9d0a-1b2c3d4e5f60'\)"
    }

    It 'refuses a collector that there is not, and a network by its name' {
        { Get-QuantumCollector -Collector OvsFlows -ErrorAction Stop } | Should -Throw -ErrorId 'CollectorUnknown*'
        { Get-QuantumCollector -NetworkId green -ErrorAction Stop } | Should -Throw -ErrorId 'NetworkIdNotWhole*'
    }

    It 'takes networks from the pipeline' {
        [pscustomobject]@{ NetworkId = '5f0e6a3c-8c1b-4f5e-9d0a-1b2c3d4e5f60' } | Get-QuantumCollector |
            Should -Match '5f0e6a3c-8c1b-4f5e-9d0a-1b2c3d4e5f60'
    }

    It 'runs in sh, and what it prints is read' -Skip:(-not $IsLinux) {
        $part = Join-Path $TestDrive 'here.part'
        Get-QuantumCollector -Collector Process | sh -s -- here > $part
        $snapshot = Import-QuantumSnapshot $part
        $snapshot.Nodes.ComputerName | Should -Be 'here'
        $snapshot.Outputs.Argv[0] | Should -Be 'ps'
    }

    It 'gives parts that every cmdlet reads' {
        (Test-DhcpPath -Snapshot $folder).Status | Sort-Object -Unique | Should -Be 'Ok'
        (Get-OvsFlow compute1 -Snapshot $folder).Count | Should -BeGreaterThan 5
        (Get-QuantumPort -Snapshot $folder).Count | Should -BeGreaterThan 3
    }

    It 'tells a part that is missing' {
        Remove-Item "$folder/compute1.part"
        (Import-QuantumSnapshot $folder).Nodes | Where-Object FailureCode | ForEach-Object ComputerName |
            Should -Be 'compute1'
        Copy-Item "$fixtures/compute1.part" $folder
    }

    It 'makes a snapshot of them' {
        $zip = Join-Path $TestDrive 'joined.zip'
        $null = Save-QuantumSnapshot $zip -Snapshot $folder
        (Test-DhcpPath -Snapshot $zip).Status | Sort-Object -Unique | Should -Be 'Ok'
    }
}
