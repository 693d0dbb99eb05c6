BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Get-NovaInstance' {
    It 'finds instances by name and by id' {
        (Get-NovaInstance -Name fjord-82).InstanceId | Should -Be $BrokenInstance
        (Get-NovaInstance -InstanceId $BrokenInstance).Name | Should -Be 'fjord-82'
        (Get-NovaInstance -Name kelp-*).Count | Should -Be 2
    }
}
