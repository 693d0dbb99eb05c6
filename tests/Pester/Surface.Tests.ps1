# What the module offers. surface.txt holds it all; UPDATE_GOLDEN=1 rewrites the file.
BeforeDiscovery {
    . "$PSScriptRoot/Support.ps1"
    $commands = Get-QuantumCommand | ForEach-Object { @{ Name = $_.Name } }
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    function Get-Surface {
        $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
        foreach ($command in Get-QuantumCommand) {
            $outputs = ($command.OutputType.Name | Sort-Object) -join ', '
            "$($command.Name) -> $outputs"
            foreach ($parameter in $command.Parameters.Values | Where-Object Name -NotIn $common | Sort-Object Name) {
                $pipeline = @(
                    if ($parameter.Attributes.ValueFromPipeline -contains $true) { 'ByValue' }
                    if ($parameter.Attributes.ValueFromPipelineByPropertyName -contains $true) { 'ByName' }
                )
                $aliases = @($parameter.Aliases | Sort-Object)
                $line = "    -$($parameter.Name) $($parameter.ParameterType.Name)"
                if ($aliases) { $line += " ($($aliases -join ', '))" }
                if ($pipeline) { $line += " <- $($pipeline -join ', ')" }
                $line
            }
        }
    }
}

Describe 'The surface' {
    It 'exports what the manifest names, and the manifest names what the classes are' {
        $named = (Import-PowerShellDataFile $Manifest).CmdletsToExport | Sort-Object
        $classes = [QuantumNet.QuantumConnection].Assembly.GetExportedTypes() |
            ForEach-Object { [Attribute]::GetCustomAttribute($_, [System.Management.Automation.CmdletAttribute]) } |
            Where-Object { $_ } | ForEach-Object { "$($_.VerbName)-$($_.NounName)" } | Sort-Object
        (Get-QuantumCommand).Name | Should -Be $named
        $classes | Should -Be $named
    }

    It 'exports nothing else' {
        (Get-Module QuantumNet).ExportedFunctions.Count | Should -Be 0
        (Get-Module QuantumNet).ExportedVariables.Count | Should -Be 0
        (Get-Module QuantumNet).ExportedAliases.Count | Should -Be 0
    }

    It 'is what surface.txt says' {
        $golden = Join-Path $PSScriptRoot 'surface.txt'
        $surface = Get-Surface
        if ($env:UPDATE_GOLDEN) { Set-Content $golden $surface }
        $difference = Compare-Object @(Get-Content $golden) @($surface) | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" }
        $difference -join "`n" | Should -BeNullOrEmpty -Because 'a change of the surface is on purpose (UPDATE_GOLDEN=1 rewrites surface.txt)'
    }

    It 'has a manifest that PowerShell accepts' {
        $manifest = Test-ModuleManifest $Manifest -ErrorAction Stop
        $manifest.PrivateData.PSData.Tags | Should -Contain 'OpenStack'
        $manifest.Description | Should -Not -BeNullOrEmpty
        $manifest.LicenseUri | Should -Not -BeNullOrEmpty
        if ($manifest.ProjectUri) { $manifest.ProjectUri | Should -BeLike 'https://*' }
    }
}

Describe '<Name>' -ForEach $commands {
    BeforeAll { $command = Get-Command $Name }

    It 'has an approved verb and a singular noun' {
        (Get-Verb).Verb | Should -Contain $command.Verb
        $command.Noun | Should -Not -Match 's$'
    }

    It 'says what it emits' {
        $command.OutputType.Count | Should -BeGreaterThan 0
    }

    It 'has a default parameter set, where it has several' {
        if ($command.ParameterSets.Count -gt 1) { $command.DefaultParameterSet | Should -Not -BeNullOrEmpty }
        else { $command.ParameterSets.Count | Should -Be 1 }
    }

    It 'has a file of tests' {
        Join-Path $PSScriptRoot 'Commands' "$Name.Tests.ps1" | Should -Exist
    }
}
