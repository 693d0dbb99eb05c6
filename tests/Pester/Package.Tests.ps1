# What ./build.ps1 -Task Pack made, installed as a user would from a folder. Skipped until it was packed.
BeforeDiscovery {
    $packages = Join-Path $PSScriptRoot '..' '..' 'out' 'packages'
    $packed = Test-Path (Join-Path $packages '*.nupkg')
    if (-not $packed) { Write-Host "The packages are not tested: './build.ps1 -Task Pack' makes them." }
    $hasGet = [bool] (Get-Module Microsoft.PowerShell.PSResourceGet -ListAvailable)
    $hasDotnet = [bool] (Get-Command dotnet -CommandType Application -ErrorAction Ignore)
}

Describe 'Packages' -Skip:(-not $packed) {
    BeforeAll {
        . "$PSScriptRoot/Support.ps1"
        $packages = Join-Path $Root 'out' 'packages'
        $version = (Import-PowerShellDataFile $Manifest).ModuleVersion
        Add-Type -AssemblyName System.IO.Compression.FileSystem

        function Get-Entry([string] $Package) {
            $zip = [IO.Compression.ZipFile]::OpenRead((Join-Path $packages $Package))
            try { $zip.Entries.FullName } finally { $zip.Dispose() }
        }

        function Get-Specification([string] $Package) {
            $zip = [IO.Compression.ZipFile]::OpenRead((Join-Path $packages $Package))
            try { [xml] [IO.StreamReader]::new(($zip.Entries | Where-Object FullName -Like '*.nuspec').Open()).ReadToEnd() } finally { $zip.Dispose() }
        }
    }

    It 'tell the Gallery what the module is' {
        $about = (Get-Specification "QuantumNet.$version.nupkg").package.metadata
        $about.id | Should -Be 'QuantumNet'
        $about.version | Should -Be $version
        $about.tags | Should -Match 'OpenStack'
        $about.projectUrl | Should -Be (Import-PowerShellDataFile $Manifest).PrivateData.PSData['ProjectUri'] -Because 'there is one place to set it'
        $about.licenseUrl | Should -Not -BeNullOrEmpty
        $about.releaseNotes | Should -Not -BeNullOrEmpty
        $about.description | Should -Not -BeNullOrEmpty
    }

    It 'hold the module, with third parties in lib, and nothing of the build' {
        $entries = Get-Entry "QuantumNet.$version.nupkg"
        foreach ($name in 'QuantumNet.psd1', 'QuantumNet.dll', 'QuantumNet.Core.dll', 'QuantumNet.Format.ps1xml', 'LICENSE', 'lib/YamlDotNet.dll', 'lib/SharpCompress.dll',
            'CHANGELOG.md', 'THIRD-PARTY-NOTICES.md', 'inventory.schema.json', 'samples/fleet-three-causes.zip', 'samples/cloud.json') {
            $entries | Should -Contain $name
        }
        $entries -match '\.(pdb|deps\.json)$|System\.Management\.Automation' | Should -BeNullOrEmpty
    }

    It 'hold the tool, with its papers and samples, and no debug files' {
        $entries = Get-Entry "QuantumNet.Tool.$version.nupkg"
        foreach ($name in 'LICENSE', 'CHANGELOG.md', 'THIRD-PARTY-NOTICES.md', 'tools/net10.0/any/samples/cloud.json') { $entries | Should -Contain $name }
        $entries -match 'any/samples/fleet-three-causes' | Should -Not -BeNullOrEmpty
        $entries -match '\.pdb$|Quantum.*\.xml$|samples/make' | Should -BeNullOrEmpty
    }

    It 'are there for <_>, with program, papers, page, scripts and samples, where all are packed' -ForEach 'linux-x64', 'linux-arm64', 'win-x64', 'osx-arm64' {
        $archive = Get-ChildItem $packages -Filter "quantumnet-$version-$_.*"
        if (-not $archive) { Set-ItResult -Skipped -Because 'only ./build.ps1 -Task Pack makes them'; return }
        $entries = if ($archive.Extension -eq '.zip') { Get-Entry $archive.Name } else { tar -tzf $archive }
        $entries = $entries.Replace('\', '/') -replace '^[^/]+/'
        $program = if ($_ -like 'win*') { 'quantumnet.exe' } else { 'quantumnet' }
        foreach ($name in $program, 'LICENSE', 'CHANGELOG.md', 'THIRD-PARTY-NOTICES.md', 'dotnet-ThirdPartyNotices.txt', 'shell/quantumnet.1',
            'shell/quantumnet.bash', 'samples/fleet-three-causes.zip') { $entries | Should -Contain $name }
        $entries -match '\.(pdb|xml|dll)$' | Should -BeNullOrEmpty
    }

    It 'run as one file, on this machine' -Skip:(-not $IsLinux) {
        $archive = Get-ChildItem $packages -Filter "quantumnet-$version-linux-x64.tar.gz"
        if (-not $archive -or [Runtime.InteropServices.RuntimeInformation]::OSArchitecture -ne 'X64') { Set-ItResult -Skipped -Because 'there is none for it'; return }
        tar -C $TestDrive -xzf $archive
        $program = Join-Path $TestDrive "quantumnet-$version-linux-x64" 'quantumnet'
        (& $program Get-QuantumSample fleet* -As Json | ConvertFrom-Json).Name | Should -Be 'fleet-three-causes'
        (& $program Test-DhcpPath -PortId $BrokenPort -Snapshot $Broken -As Json | ConvertFrom-Json).Cause | Should -Be 'QN4001'
    }

    It 'hold the same in .deb and .rpm' {
        $debian = Get-ChildItem $packages -Filter '*_amd64.deb'
        $fedora = Get-ChildItem $packages -Filter '*.x86_64.rpm'
        if (-not $debian -or -not $fedora -or -not (Get-Command rpm -ErrorAction Ignore)) { Set-ItResult -Skipped -Because 'one of them was not packed'; return }
        $inDebian = dpkg-deb --fsys-tarfile $debian | tar -t | ForEach-Object { $_.TrimStart('.') } | Where-Object { $_ -notlike '*/' }
        $inFedora = rpm -qpl $fedora | Where-Object { $_ -in $inDebian }
        $missing = $inDebian | Where-Object { $_ -notin $inFedora }
        $missing | Should -Be '/usr/share/zsh/vendor-completions/_quantumnet' -Because 'Fedora has another folder for it'
        $inDebian -match '\.(pdb|deps\.json)$' | Should -BeNullOrEmpty
    }

    It 'install from a folder and import in a fresh pwsh' -Skip:(-not $hasGet) {
        $target = (New-Item -ItemType Directory (Join-Path $TestDrive 'modules')).FullName
        $repository = "quantumnet-test-$PID"
        Invoke-Pwsh "Register-PSResourceRepository $repository -Uri '$packages' -Trusted
            try { Save-PSResource QuantumNet -Repository $repository -Path '$target' -TrustRepository } finally { Unregister-PSResourceRepository $repository }"
        Invoke-Pwsh "`$env:PSModulePath = '$target'; Import-Module QuantumNet; (Test-DhcpPath $BrokenPort -Snapshot '$Broken').Cause" | Should -Be 'QN4001'
    }

    It 'install quantumnet as a .NET tool' -Skip:(-not $hasDotnet -or $IsWindows) {
        $tools = Join-Path $TestDrive 'tools'
        # Only this folder is a source: the tool must not need another.
        $config = Join-Path $TestDrive 'nuget.config'
        Set-Content $config "<configuration><packageSources><clear /><add key=`"here`" value=`"$packages`" /></packageSources></configuration>"
        dotnet tool install QuantumNet.Tool --tool-path $tools --configfile $config --version $version | Out-Null
        $tool = Join-Path $tools 'quantumnet'
        & $tool '-?' | Should -Contain '       quantumnet --version'
        & $tool --version | Should -Be "quantumnet $version"
        (& $tool Test-DhcpPath -PortId $BrokenPort -Snapshot $Broken -As Json | ConvertFrom-Json).Cause | Should -Be 'QN4001'
        $LASTEXITCODE | Should -Be 2

        # bash counts a child's processor time; the clock alone measures the machine's other work too.
        $times = 1..5 | ForEach-Object {
            $figures = bash -c "TIMEFORMAT='%3R %3U %3S'; time '$tool' '-?' >/dev/null" 2>&1
            $real, $user, $system = "$figures".Split(' ') | ForEach-Object { 1000 * [double]::Parse($_, [cultureinfo]::InvariantCulture) }
            [pscustomobject]@{ Wall = $real; Processor = $user + $system }
        }
        $wall = ($times.Wall | Measure-Object -Minimum).Minimum
        $processor = ($times.Processor | Measure-Object -Minimum).Minimum
        Write-Host ('      quantumnet -? takes {0:0} ms, {1:0} ms of them on the processor (best of 5)' -f $wall, $processor)
        [Math]::Min($wall, $processor) | Should -BeLessThan 300
    }
}
