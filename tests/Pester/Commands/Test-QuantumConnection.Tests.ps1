BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud $Healthy
}

AfterAll { Disconnect-Quantum }

Describe 'Test-QuantumConnection' {
    It 'tells of a snapshot what could not be gathered' {
        $result = Test-QuantumConnection
        $result.Status | Sort-Object -Unique | Should -Be 'Ok'
        $result | Where-Object Kind -EQ Node | ForEach-Object ComputerName | Should -Contain 'compute1'
        $result | Where-Object Kind -EQ ControlPlane | Should -HaveCount 1
    }

    It 'takes connections and nodes from the pipeline' {
        (Get-QuantumConnection | Test-QuantumConnection | Where-Object Kind -EQ Node).Count | Should -BeGreaterThan 2
        $one = Get-QuantumAgent -ComputerName compute1 | Test-QuantumConnection
        $one | Should -HaveCount 1
        $one.ComputerName | Should -Be 'compute1'
    }

    It 'gives the node of a result to other cmdlets' {
        (Test-QuantumConnection compute1 | Get-OvsBridge).Bridge | Should -Contain 'br-int'
    }

    It 'yields a row for a node that cannot be reached, and goes on with the others' {
        $inventory = Join-Path $TestDrive 'cloud.json'
        '{ "nodes": [ { "name": "here", "transport": "local" }, { "name": "gone", "address": "127.0.0.1", "port": 1,
            "transport": "ssh" } ], "controlPlane": { "source": "none" } }' |
            Set-Content $inventory
        $result = Test-QuantumConnection -Inventory $inventory -ErrorAction Stop | Sort-Object ComputerName
        $gone = $result | Where-Object ComputerName -EQ gone
        $gone.Status | Should -Be 'Broken'
        $gone.Cause | Should -Be 'QN9002'
        $gone.Reach | Should -Be 'Fail'
        $gone.Costs | Should -Contain 'Get-OvsFlow'
        ($result | Where-Object ComputerName -EQ here).Tools.Name | Should -Contain 'ip'
        Test-QuantumConnection -Inventory $inventory -Quiet | Should -BeFalse
    }

    It 'tells the nodes in the order in which they are asked for, however long each takes' {
        $inventory = Join-Path $TestDrive 'order.json'
        '{ "nodes": [ { "name": "here", "transport": "local" }, { "name": "gone", "address": "127.0.0.1", "port": 1,
            "transport": "ssh" }, { "name": "also", "transport": "local" } ], "controlPlane": { "source": "none" } }' | Set-Content $inventory
        $nodes = Test-QuantumConnection -Inventory $inventory | Where-Object Kind -EQ Node
        $nodes.ComputerName | Should -Be 'here', 'gone', 'also'
        (Test-QuantumConnection gone, here -Inventory $inventory).ComputerName | Should -Be 'gone', 'here'
    }

    It 'is what Connect-Quantum -Test does, and the connection is made all the same' {
        $inventory = Join-Path $TestDrive 'gone.json'
        '{ "nodes": [ { "name": "gone", "address": "127.0.0.1", "port": 1, "transport": "ssh" } ],
            "controlPlane": { "source": "none" } }' | Set-Content $inventory
        $connection = Connect-Quantum -Inventory $inventory -Test -ErrorAction SilentlyContinue -ErrorVariable said
        $connection | Should -HaveCount 1
        $connection.ComputerName | Should -Be 'gone'
        $said[0].FullyQualifiedErrorId | Should -BeLike 'ConnectionBroken,*'
        Use-Cloud $Healthy
    }

    It 'says why nothing was tested' {
        { Test-QuantumConnection compute77 } | Should -Throw -ErrorId 'NoConnectionTested,*'
        { Test-QuantumConnection -ComputerName '' } | Should -Throw -ErrorId 'NoConnectionTested,*'
    }

    It 'emits true or false with -Quiet' {
        Test-QuantumConnection -Quiet | Should -BeTrue
    }
}
