BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Connect-Quantum' {
    It 'makes a snapshot the default of the session' {
        $made = Connect-Quantum -Snapshot $Healthy
        $made.Snapshot | Should -Be $Healthy
        $made.ControlPlane | Should -Be 'snapshot'
        Get-QuantumConnection | Should -Be $made
    }

    It 'takes nodes from the pipeline and asks none of them' {
        $made = 'alpha1', 'alpha2' | Connect-Quantum -UserName stack -Sudo
        $made.ComputerName | Should -Be 'alpha1', 'alpha2'
        $made.ControlPlane | Should -Be 'none'
    }

    It 'takes an inventory' {
        $file = Join-Path $TestDrive 'cloud.json'
        Set-Content $file '{ "nodes": [ { "name": "compute1" }, { "name": "netnode" } ] }'
        $made = Connect-Quantum $file
        $made.Name | Should -Be 'cloud'
        $made.Inventory | Should -Be $file
        $made.ComputerName | Should -Be 'compute1', 'netnode'
    }

    It 'offers the transports there are, and no other' {
        $command = Get-Command Connect-Quantum
        $command | Should -HaveParameter Transport -Type string
        $command.Parameters.Transport.Attributes.ValidValues | Should -Be 'Auto', 'Ssh', 'SshNet'
        { Connect-Quantum -ComputerName alpha1 -Transport Telnet } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
        { Connect-Quantum -Snapshot $Healthy -Transport Ssh } | Should -Throw -ErrorId 'AmbiguousParameterSet*'
        (Connect-Quantum -ComputerName alpha1 -Transport Ssh).ComputerName | Should -Be 'alpha1'
    }

    It 'takes a path relative to the current location' {
        Push-Location (Split-Path $Broken)
        try { (Connect-Quantum -Snapshot ./broken.zip).Snapshot | Should -Be $Broken }
        finally { Pop-Location }
    }
}
