BeforeAll {
    . "$PSScriptRoot/../Support.ps1"
    Use-Cloud
}

AfterAll { Disconnect-Quantum }

Describe 'Get-NovaConsoleLog' {
    It 'says which log was not collected, and how to get on' {
        Get-NovaConsoleLog -InstanceId $BrokenInstance -ErrorVariable wrong -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $wrong | Should -HaveCount 1
        $wrong[0].FullyQualifiedErrorId | Should -BeLike 'ConsoleNotCollected,*'
        $wrong[0].TargetObject | Should -Be $BrokenInstance
    }
}
