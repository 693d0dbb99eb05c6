# What ./build.ps1 -Task Pack made, on a Debian that has nothing: debootstrap makes its root, and the steps of
# packaging/Containerfile are taken in it, one after the other, as an engine would. Minutes, and a registry of Debian:
# only with QUANTUMNET_LONG=1, as root.
BeforeDiscovery {
    $packages = Join-Path $PSScriptRoot '..' '..' 'out' 'packages'
    $isRoot = $IsLinux -and (id -u) -eq 0
    $isReady = $env:QUANTUMNET_LONG -eq '1' -and $isRoot -and (Get-Command debootstrap -ErrorAction Ignore) -and
        (Test-Path (Join-Path $packages '*_amd64.deb')) -and [Runtime.InteropServices.RuntimeInformation]::OSArchitecture -eq 'X64'
}

Describe 'A Debian without .NET' -Skip:(-not $isReady) {
    BeforeAll {
        . "$PSScriptRoot/Support.ps1"
        $packages = Join-Path $Root 'out' 'packages'
        $rootFolder = "/tmp/quantumnet-install-$PID"
        debootstrap --variant=minbase bookworm $rootFolder http://deb.debian.org/debian | Out-Null
        if ($LASTEXITCODE -ne 0) { throw 'debootstrap made no root.' }
        Copy-Item /etc/resolv.conf (Join-Path $rootFolder 'etc' 'resolv.conf')
        mount --bind /proc "$rootFolder/proc"
        mount --bind /dev "$rootFolder/dev"

        # A command in the root, as one of its users; lines of output, then the exit status.
        function Invoke-There([string] $Command, [string] $User = 'root') {
            $lines = chroot --userspec=$User $rootFolder env -i HOME=$(if ($User -eq 'root') { '/root' } else { "/home/$User" }) `
                PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive sh -c $Command 2>&1
            [pscustomobject]@{ Text = $lines -join "`n"; Status = $LASTEXITCODE }
        }

        function Test-Verdict([string] $User) {
            $run = Invoke-There 'quantumnet Test-DhcpPath a6f5a96d -Snapshot /usr/share/quantumnet/samples/broken-QN5006-no-inbound-flow.zip' $User
            $run.Status | Should -Be 2 -Because $run.Text
            $run.Text | Should -Match 'Cause +: QN5006'
        }
    }

    AfterAll {
        umount "$rootFolder/proc" "$rootFolder/dev"
        Remove-Item $rootFolder -Recurse -Force
    }

    It 'takes every step of the Containerfile, down to a verdict' {
        $user = 'root'
        $text = (Get-Content -Raw (Join-Path $packages 'Containerfile')).Replace('${TARGETARCH}', 'amd64')
        foreach ($line in $text -split "`n") {
            switch -Regex ($line) {
                '^COPY (\S+) (\S+)$' { Copy-Item (Join-Path $packages $Matches[1]) (Join-Path $rootFolder $Matches[2]) }
                '^RUN (.+)$' {
                    $run = Invoke-There $Matches[1] $user
                    $run.Status | Should -Be 0 -Because $run.Text
                }
                '^USER (\S+)$' { $user = $Matches[1] }
                '^ENTRYPOINT \["(\w+)"\]$' { $entry = $Matches[1] }
            }
        }
        $entry | Should -Be 'quantumnet'
        $user | Should -Be 'quantumnet'
        Test-Verdict $user
    }

    It 'has no .NET and no SDK' {
        (Invoke-There 'command -v dotnet pwsh').Text | Should -BeNullOrEmpty
    }

    It 'has all that a user expects of a package' {
        $version = (Import-PowerShellDataFile $Manifest).ModuleVersion
        (Invoke-There 'quantumnet --version').Text | Should -Be "quantumnet $version"
        (Invoke-There 'quantumnet Get-QuantumSample -As JsonLines' quantumnet).Text | Should -Match '"Name":"fleet-three-causes"'
        (Invoke-There 'quantumnet help about_QuantumNet').Status | Should -Be 0
        foreach ($file in 'man/man1/quantumnet.1.gz', 'bash-completion/completions/quantumnet', 'zsh/vendor-completions/_quantumnet',
            'fish/vendor_completions.d/quantumnet.fish', 'doc/quantumnet/copyright', 'doc/quantumnet/THIRD-PARTY-NOTICES.md',
            'doc/quantumnet/CHANGELOG.md', 'doc/quantumnet/dotnet-ThirdPartyNotices.txt') {
            Join-Path $rootFolder 'usr/share' $file | Should -Exist
        }
        # the transport without an ssh program is in the one file
        $run = Invoke-There "printf '{ ""nodes"": [ { ""name"": ""n1"", ""address"": ""127.0.0.1"", ""port"": 9, ""transport"": ""sshnet"" } ] }' > /tmp/c.json; quantumnet Get-NodeLink -Inventory /tmp/c.json"
        $run.Text | Should -Match 'NodeUnreachable'
    }

    It 'holds the module where pwsh looks for it' {
        $modules = Join-Path $rootFolder 'usr/local/share/powershell/Modules'
        Invoke-Pwsh "`$env:PSModulePath = '$modules'; (Test-DhcpPath $BrokenPort -Snapshot '$Broken').Cause" | Should -Be 'QN4001'
    }

    It 'has no debug files' {
        (Invoke-There 'dpkg -L quantumnet').Text | Should -Not -Match '\.pdb|\.deps\.json'
    }

    It 'is clean after the package is removed' {
        (Invoke-There 'apt-get purge -y quantumnet').Status | Should -Be 0
        (Invoke-There 'ls -d /usr/bin/quantumnet /usr/share/quantumnet /usr/local/share/powershell/Modules/QuantumNet 2>/dev/null').Text |
            Should -BeNullOrEmpty
    }
}
