# Every cmdlet has help that helps. Runs once there is built help in en-US.
BeforeDiscovery {
    . "$PSScriptRoot/Support.ps1"
    $built = Test-Path (Join-Path (Split-Path $Manifest) 'en-US' '*-Help.xml')
    $commands = Get-QuantumCommand | ForEach-Object { @{ Name = $_.Name } }
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    # What a help file says, an element a line: without defaults, which PlatyPS leaves out, without links' addresses,
    # which are files there, and with an example as one text, which PlatyPS puts elsewhere.
    function Get-MamlLine([string] $Path) {
        $maml = [xml]::new()
        $maml.Load($Path)
        foreach ($node in $maml.SelectNodes('//*[local-name()="example"]')) { $node.InnerText -replace '```\w*|\s|\x80' }
        foreach ($node in $maml.SelectNodes('//*[local-name()="linkText"]')) { if ($node.InnerText -ne 'Online Version') { $node.InnerText } }
        $rest = '//*[not(ancestor-or-self::*[local-name()="examples" or local-name()="relatedLinks" or local-name()="defaultValue"])]'
        foreach ($node in $maml.SelectNodes($rest)) {
            $attributes = foreach ($attribute in $node.Attributes) { if ($attribute.Prefix -ne 'xmlns') { "$($attribute.Name)=$($attribute.Value)" } }
            "$($node.LocalName) $attributes $($node.SelectNodes('text()').Value)"
        }
    }
}

Describe 'Help of <Name>' -ForEach $commands -Skip:(-not $built) {
    BeforeAll { $help = Get-Help $Name -Full }

    It 'has a synopsis that is one sentence, and a description' {
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -BeLike "*$Name [[]*" -Because 'that would be the syntax, made up for want of help'
        ($help.Description | Out-String).Trim() | Should -Not -BeNullOrEmpty
    }

    It 'has three examples or more, with explanations' {
        @($help.Examples.Example).Count | Should -BeGreaterOrEqual 3
        foreach ($example in $help.Examples.Example) { ($example | Out-String) | Should -Match $Name.Split('-')[1] }
    }

    It 'describes every parameter' {
        $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
        $described = @($help.parameters.parameter | Where-Object { ($_.Description | Out-String).Trim() } | ForEach-Object Name)
        foreach ($parameter in (Get-Command $Name).Parameters.Keys | Where-Object { $_ -notin $common }) { $described | Should -Contain $parameter }
    }

    It 'has the syntax that PowerShell itself writes' {
        $section = (Get-Content -Raw (Join-Path $Root 'docs' 'en-US' "$Name.md")) -split '(?m)^## ' -match '^SYNTAX'
        $page = [regex]::Matches($section, '(?s)```(.+?)```') |
            ForEach-Object { ($_.Groups[1].Value -split '\s+' -ne '') -join ' ' }
        $engine = (Get-Command $Name).ParameterSets |
            ForEach-Object { "$Name $_".Replace('[<CommonParameters>]', '').Trim() }
        $page | Sort-Object | Should -Be ($engine | Sort-Object)
    }

    It 'was filled in' {
        $help | Out-String -Width 200 | Should -Not -Match '\{\{'
    }
}

Describe 'Get-Help, in full' {
    It 'tells the defaults' {
        (Get-Help Trace-DhcpPacket -Parameter DurationSeconds).defaultValue | Should -Be 60
        (Get-Help Get-OvsFlow -Parameter ThrottleLimit).defaultValue | Should -Be 16
    }

    It 'shows the accepted values in the syntax' {
        (Get-Help Export-QuantumTopology).Syntax | Out-String -Width 1000 | Should -Match '\{Svg \| Dot \| Mermaid\}'
    }

    It 'shows the commands of an example as they are typed' {
        $code = (Get-Help Connect-Quantum).Examples.Example[2].Code -split "`r?`n"
        $code | Should -Be 'Connect-Quantum -Snapshot samples/fleet-three-causes', 'Get-QuantumPort -DeviceOwner compute:* | Test-DhcpPath | Where-Object Status -ne Ok'
    }

    It 'says plainly that there is no address: -Online' {
        { Get-Help Test-DhcpPath -Online -ErrorAction Stop } | Should -Throw '*online version of this Help topic cannot be displayed*'
    }
}

# The help file is written without PlatyPS. Where it is installed, what it makes of the same pages is compared.
Describe 'PlatyPS' -Skip:(-not (Get-Module Microsoft.PowerShell.PlatyPS -ListAvailable)) {
    It 'makes the same help of the pages' {
        $made = Get-ChildItem (Join-Path $Root 'docs' 'en-US') -Filter '*-*.md' | Import-MarkdownCommandHelp |
            Export-MamlCommandHelp -OutputFolder (Join-Path $TestDrive 'maml')
        Get-MamlLine $made.FullName | Should -Be (Get-MamlLine (Join-Path $Root 'en-US' 'QuantumNet.dll-Help.xml'))
    }
}
