BeforeDiscovery {
    $good = @(
        '{ }'
        '{ "$schema": "x", "nodes": [ { "name": "n1", "port": 22, "roles": ["compute"], "sudo": true } ] }'
        '{ "nodes": [ { "name": "n1", "environment": { "OVS_RUNDIR": "/run/x" }, "transport": "local" } ], "ssh": { } }'
        '{ "ssh": { "strictHostKeyChecking": null, "connectTimeoutSeconds": 5 }, "controlPlane": { "source": "none" } }'
        '{ "nodes": null, "controlPlane": null }'
    )
    $bad = @(
        '[ ]'
        '{ "nods": [] }'
        '{ "nodes": [ { } ] }'
        '{ "nodes": [ { "name": "-x" } ] }'
        '{ "nodes": [ { "name": "n1", "prot": 22 } ] }'
        '{ "nodes": [ { "name": "n1", "port": "22" } ] }'
        '{ "nodes": [ { "name": "n1", "port": 65536 } ] }'
        '{ "nodes": [ { "name": "n1", "sudo": "yes" } ] }'
        '{ "nodes": [ { "name": "n1", "sudo": null } ] }'
        '{ "nodes": [ { "name": "n1", "roles": "compute" } ] }'
        '{ "nodes": [ { "name": "n1", "roles": ["router"] } ] }'
        '{ "nodes": [ { "name": "n1", "transport": "telnet" } ] }'
        '{ "nodes": [ { "name": "n1", "environment": { "LD_PRELOAD": "x" } } ] }'
        '{ "ssh": { "connectTimeoutSeconds": 0 } }'
        '{ "controlPlane": { "source": "magic" } }'
    )
    $cases = @($good | ForEach-Object { @{ Text = $_; Good = $true } }) + @($bad | ForEach-Object { @{ Text = $_; Good = $false } })
}

BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    $schema = Join-Path (Split-Path $Manifest) 'inventory.schema.json'
    $file = Join-Path $TestDrive 'cloud.json'
}

Describe 'Test-QuantumInventory' {
    It 'and the schema agree about <Text>' -ForEach $cases {
        Set-Content $file $Text
        $result = Test-QuantumInventory $file
        ($Text | Test-Json -SchemaFile $schema -ErrorAction Ignore) | Should -Be $Good
        # That nothing at all is named is no matter of the schema.
        @($result.Problems.Message | Where-Object { $_ -and $_ -notlike 'it names no nodes*' }).Count -eq 0 | Should -Be $Good
    }

    It 'tells all that is wrong, with line and column from 1' {
        Set-Content $file "{ ""shs"": 1,`n  ""nodes"": [ { ""name"": ""a"", ""prot"": 22 } ] }"
        $result = Test-QuantumInventory $file
        $result.Status | Should -Be 'Broken'
        $result.Problems | ForEach-Object { "$_" } | Should -Be "1:3: unknown name 'shs': did you mean ssh?",
            "2:29: unknown name 'prot' of nodes[0]: did you mean port?"
    }

    It 'and the schema accept the sample' {
        $sample = Join-Path $Root 'samples' 'cloud.json'
        Test-QuantumInventory $sample -Quiet | Should -BeTrue
        Get-Content -Raw $sample | Test-Json -SchemaFile $schema -Options IgnoreComments, AllowTrailingCommas | Should -BeTrue
    }

    It 'takes files from the pipeline; one that is missing costs one error' {
        Set-Content $file '{ "nodes": [ { "name": "n1" } ] }'
        $results = (Get-Item $file), '/nowhere/cloud.json' | Test-QuantumInventory -ErrorVariable said -ErrorAction SilentlyContinue
        $results.Status | Should -Be 'Ok'
        $said.FullyQualifiedErrorId | Should -BeLike 'InventoryNotFound*'
        Get-Item $file | Test-QuantumInventory -Quiet | Should -BeTrue
    }
}
