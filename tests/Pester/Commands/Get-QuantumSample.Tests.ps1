BeforeAll { . "$PSScriptRoot/../Support.ps1" }

Describe 'Get-QuantumSample' {
    It 'lists the samples of the module' {
        $samples = Get-QuantumSample
        $samples.Name | Should -Contain 'fleet-three-causes'
        $samples | ForEach-Object { $_.Path | Should -Exist }
        ($samples | Where-Object Name -EQ 'broken-QN5006-no-inbound-flow').Cause | Should -Be 'QN5006'
    }

    It 'gives what -Snapshot takes' {
        (Test-DhcpPath a6f5a96d -Snapshot (Get-QuantumSample broken-QN5006-no-inbound-flow)).Cause | Should -Be 'QN5006'
        (Get-QuantumSample healthy-* | Import-QuantumSnapshot).Count | Should -Be 2
    }

    It 'names the nearest for one that does not exist' {
        Get-QuantumSample fleet-three-cause -ErrorVariable said -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $said[0].ErrorDetails.RecommendedAction | Should -Match 'Did you mean fleet-three-causes\?'
        Get-CompletionText 'Get-QuantumSample fl' | Should -Be 'fleet-three-causes'
    }
}
