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

    It 'keeps named connections side by side, and cmdlets choose by name' {
        $null = Connect-Quantum -Snapshot $Healthy -Name before
        $null = Connect-Quantum -Snapshot $Broken -Name after
        (Get-QuantumConnection *).Name | Should -Be 'after', 'before'
        (Test-DhcpPath $BrokenPort -Connection after).Status | Should -Be 'Broken'
        (Test-DhcpPath -Connection before).Status | Should -Not -Contain 'Broken'
        Get-CompletionText 'Test-DhcpPath -Connection be' | Should -Be 'before'
        { Test-DhcpPath -Connection befor } | Should -Throw "*There is no connection 'befor'*Did you mean before?*"
        Get-QuantumConnection after | Disconnect-Quantum
        Get-QuantumConnection | Should -BeNullOrEmpty
        (Get-QuantumConnection before).Snapshot | Should -Be $Healthy
        Disconnect-Quantum
        Get-QuantumConnection * | Should -BeNullOrEmpty
    }

    It 'keeps the connection that works where the new one is no good' {
        $good = Connect-Quantum -Snapshot $Healthy
        $file = Join-Path $TestDrive 'empty.json'
        Set-Content $file '{ }'
        { Connect-Quantum $file } | Should -Throw -ErrorId 'InventoryEmpty*'
        { Connect-Quantum (Split-Path $Healthy) } | Should -Throw -ErrorId 'InventoryIsSnapshot*'
        { Connect-Quantum -ComputerName n1 -SshConfigFile ./nowhere } | Should -Throw -ErrorId 'ParameterFileNotUsable*'
        Get-QuantumConnection | Should -Be $good
    }
}
