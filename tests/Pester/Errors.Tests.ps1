# Every error has an id, a category, a target and what to do; and one node that fails does not stop the rest.
BeforeDiscovery {
    . "$PSScriptRoot/Support.ps1"
    $cases = @(
        @{ Id = 'NoConnection'; Category = 'InvalidArgument'; Do = { Get-QuantumPort } }
        @{ Id = 'AmbiguousSource'; Category = 'InvalidArgument'; Do = { Get-QuantumPort -Snapshot x -Inventory y } }
        @{ Id = 'SnapshotNotFound'; Category = 'ObjectNotFound'; Do = { Get-QuantumPort -Snapshot ./nowhere.zip } }
        @{ Id = 'SnapshotNotFound'; Category = 'ObjectNotFound'; Do = { Connect-Quantum -Snapshot ./nowhere.zip } }
        @{ Id = 'SnapshotNotRecognised'; Category = 'InvalidData'; Do = { Get-QuantumPort -Snapshot $Empty } }
        @{ Id = 'SnapshotNotRecognised'; Category = 'InvalidData'; Do = { Connect-Quantum -Snapshot $Empty } }
        @{ Id = 'SnapshotExists'; Category = 'ResourceExists'; Do = { Save-QuantumSnapshot $Broken -Snapshot $Broken } }
        @{ Id = 'PortNotFound'; Category = 'ObjectNotFound'; Do = { Test-DhcpPath no-such-port -Snapshot $Broken } }
        @{ Id = 'PortAmbiguous'; Category = 'InvalidOperation'; Do = { Test-DhcpPath kelp-17 -Snapshot $Twins } }
        @{ Id = 'PortWithoutClient'; Category = 'InvalidArgument'; Do = { Test-DhcpPath 192.168.108.57 -Snapshot $Broken } }
        @{ Id = 'NodeNotInSnapshot'; Category = 'ObjectNotFound'; Do = { Get-OvsFlow -ComputerName nowhere -Snapshot $Broken } }
        @{ Id = 'CheckNotFound'; Category = 'ObjectNotFound'; Do = { Get-QuantumCheck QN4999 } }
        @{ Id = 'NeedsLiveNodes'; Category = 'InvalidArgument'; Do = { Measure-DhcpCounter -Snapshot $Broken } }
        @{ Id = 'InventoryNotFound'; Category = 'ObjectNotFound'; Do = { Connect-Quantum -Inventory ./nowhere.json } }
        @{ Id = 'InventoryInvalid'; Category = 'InvalidData'; Do = { Connect-Quantum -Inventory (ConvertTo-InventoryFile '{ "nodes": [ { "nam": "n1" } ] }') } }
        @{ Id = 'InventorySecret'; Category = 'SecurityError'; Do = { Connect-Quantum -Inventory (ConvertTo-InventoryFile '{ "nodes": [ { "name": "n1", "password": "x" } ] }') } }
        @{ Id = 'NodeNameInvalid'; Category = 'InvalidArgument'; Do = { Connect-Quantum -ComputerName '-oProxyCommand=x' } }
    )
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    Disconnect-Quantum

    $Empty = (New-Item -ItemType Directory (Join-Path $TestDrive 'empty')).FullName

    # The same cloud, but two of its instances bear one name.
    $Twins = Join-Path $TestDrive 'twins'
    Expand-Archive $Broken $Twins
    Get-ChildItem $Twins -Recurse -File | Where-Object { Select-String -Path $_ -SimpleMatch '"kelp-1a"' -Quiet } | ForEach-Object {
        Set-Content $_ (Get-Content $_ -Raw).Replace('"kelp-1a"', '"kelp-17"') -NoNewline
    }

    function ConvertTo-InventoryFile([string] $Text) {
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).json"
        Set-Content $path $Text
        $path
    }

    # The first error that a script block gives, terminating or not.
    function Get-FirstError([scriptblock] $Do) {
        try { $null = & $Do 2>&1 | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } -OutVariable said }
        catch { return $_ }
        $said[0]
    }
}

Describe '<Id> from {<Do>}' -ForEach $cases {
    It 'has id, category, target and advice' {
        $wrong = Get-FirstError $Do
        $wrong | Should -Not -BeNullOrEmpty
        $wrong.FullyQualifiedErrorId | Should -BeLike "$Id,QuantumNet.Commands.*"
        $wrong.CategoryInfo.Category | Should -Be $Category
        $wrong.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $wrong.ErrorDetails.Message | Should -Not -BeNullOrEmpty
        if ($Id -notin 'NoConnection', 'AmbiguousSource') { $wrong.TargetObject | Should -Not -BeNullOrEmpty }
    }
}

Describe 'Advice' {
    It 'names what is near a typing error' {
        (Get-FirstError { Test-DhcpPath fjord-28 -Snapshot $Broken }).ErrorDetails.RecommendedAction | Should -Match 'fjord-82'
    }

    It 'names the candidates of an ambiguous name' {
        $advice = (Get-FirstError { Test-DhcpPath kelp-17 -Snapshot $Twins }).ErrorDetails.RecommendedAction
        $advice | Should -Match 'd2860364-.*84e59f9f-|84e59f9f-.*d2860364-'
    }

    It 'names what begins with what was typed' {
        (Get-FirstError { Test-DhcpPath kelp -Snapshot $Broken }).ErrorDetails.RecommendedAction | Should -Match 'kelp-17.*kelp-1a|kelp-1a.*kelp-17'
    }

    It 'names the inventory''s nodes for one that it has not and that ssh does not know' -Skip:(-not (Get-Command ssh -ErrorAction Ignore)) {
        $inventory = ConvertTo-InventoryFile '{ "nodes": [ { "name": "compute1.invalid" }, { "name": "netnode.invalid" } ] }'
        $wrong = Get-FirstError { Get-NodeLink -ComputerName compute2.invalid -Inventory $inventory }
        $wrong.FullyQualifiedErrorId | Should -BeLike 'NodeUnreachable,*'
        $wrong.ErrorDetails.RecommendedAction | Should -Match 'compute1\.invalid, netnode\.invalid.*Did you mean compute1\.invalid'
    }

    It 'names the nodes there are' {
        (Get-FirstError { Get-OvsFlow nowhere -Snapshot $Broken }).ErrorDetails.RecommendedAction | Should -Match 'compute1.*netnode'
    }
}

Describe 'One bad node' {
    It 'does not stop the rest' {
        $flows = Get-OvsFlow -ComputerName nowhere, compute1 -Snapshot $Broken -ErrorVariable wrong -ErrorAction SilentlyContinue
        $wrong | Should -HaveCount 1
        $flows.ComputerName | Sort-Object -Unique | Should -Be 'compute1'
    }

    It 'live, is one error about that node, and the other is asked' -Skip:(-not (Get-Command ssh -ErrorAction Ignore)) {
        $inventory = ConvertTo-InventoryFile '{ "nodes": [ { "name": "here", "transport": "local" }, { "name": "dead", "address": "127.0.0.1", "port": 1 } ] }'
        $links = Get-NodeLink -Inventory $inventory -ErrorVariable wrong -ErrorAction SilentlyContinue
        $links.Device | Should -Contain 'lo'
        $wrong | Should -HaveCount 1
        $wrong[0].FullyQualifiedErrorId | Should -BeLike 'NodeUnreachable,*'
        $wrong[0].TargetObject | Should -Be 'dead'
    }
}

Describe 'A missing ssh program' {
    It 'is told, with what to install' {
        $said = Invoke-Pwsh "Import-Module '$Manifest'; `$env:PATH='/nonexistent'; Get-NodeLink -ComputerName n1 -Connection (Connect-Quantum -ComputerName n1 -Transport Ssh) -ErrorVariable e -ErrorAction SilentlyContinue; `$e[0].FullyQualifiedErrorId; `$e[0].ErrorDetails.RecommendedAction"
        $said[0] | Should -BeLike 'SshMissing,*'
        $said[1] | Should -Match 'openssh-client'
    }
}
