<#
.SYNOPSIS
    Makes what a user installs: single files, .deb, .rpm. build.ps1 dot-sources it.
.DESCRIPTION
    What a program is missing for is told, and left out: dpkg-deb makes the .deb, rpmbuild the .rpm. The runtime of each
    platform comes from the registry of the SDK.
#>

# A platform as .NET, Debian and Fedora name it.
$platforms = @(
    @{ Runtime = 'linux-x64'; Debian = 'amd64'; Fedora = 'x86_64' }
    @{ Runtime = 'linux-arm64'; Debian = 'arm64'; Fedora = 'aarch64' }
    @{ Runtime = 'win-x64' }
    @{ Runtime = 'osx-arm64' }
)
$legalFiles = 'README.md', 'LICENSE', 'CHANGELOG.md', 'THIRD-PARTY-NOTICES.md'

function New-Folder([string] $Path) { (New-Item -ItemType Directory -Force $Path).FullName }

# Every sample as a zip, whichever it is in the source.
function Export-Sample([string] $Folder) {
    $null = New-Folder $Folder
    foreach ($sample in Get-ChildItem (Join-Path $PSScriptRoot '..' 'samples')) {
        if ($sample.Extension -eq '.zip') { Copy-Item $sample $Folder }
        elseif (Test-Path (Join-Path $sample 'snapshot.json')) {
            $zip = Join-Path $Folder "$($sample.Name).zip"
            if (Test-Path $zip) { Remove-Item $zip }
            [IO.Compression.ZipFile]::CreateFromDirectory($sample.FullName, $zip)
        }
    }
    foreach ($name in 'README.md', 'cloud.json') { Copy-Item (Join-Path $PSScriptRoot '..' 'samples' $name) $Folder }
}

# The licences that come with the runtime, of which a single file holds a copy.
function Copy-RuntimeNotice([string] $Folder) {
    $root = (& dotnet --list-sdks | Select-Object -Last 1) -replace '.*\[(.*)[\\/]sdk\]$', '$1'
    foreach ($name in 'LICENSE.txt', 'ThirdPartyNotices.txt') {
        $file = Join-Path $root $name
        if (Test-Path $file) { Copy-Item $file (Join-Path $Folder "dotnet-$name") }
    }
}

# One file for a platform, or nothing where its runtime cannot be had.
function New-SingleFile([string] $Runtime, [string] $Work) {
    $output = Join-Path $Work "bundle-$Runtime"
    $said = & dotnet publish (Join-Path $PSScriptRoot '..' 'src' 'QuantumNet.Cli') -c $Configuration "-p:BundleFor=$Runtime" -o $output -nologo -v q
    if ($LASTEXITCODE -ne 0) {
        Write-Warning "There is no single file for ${Runtime}: $($said -match 'error' | Select-Object -First 1)"
        return
    }
    Get-ChildItem $output | Where-Object Name -In 'QuantumNet.Cli', 'QuantumNet.Cli.exe'
}

# What the built program tells about itself: its page, and its scripts for shells.
function Export-Companion([string] $Folder) {
    $program = Join-Path $PSScriptRoot '..' 'src' 'QuantumNet.Cli' 'bin' $Configuration 'net10.0' 'QuantumNet.Cli.dll'
    $files = @{ 'quantumnet.1' = @('man') }
    foreach ($shell in 'bash', 'zsh', 'fish', 'pwsh') { $files["quantumnet.$shell"] = 'completion', $shell }
    foreach ($name in $files.Keys) {
        $arguments = $files[$name]
        $text = (& dotnet $program @arguments) -join "`n"
        if ($LASTEXITCODE -ne 0) { throw "quantumnet $arguments failed with $LASTEXITCODE." }
        [IO.File]::WriteAllText((Join-Path $Folder $name), "$text`n")
    }
}

function Compress-File([string] $Source, [string] $Target) {
    $stream = [IO.Compression.GZipStream]::new([IO.File]::Create($Target), [IO.Compression.CompressionLevel]::SmallestSize)
    try { $stream.Write([IO.File]::ReadAllBytes($Source)) } finally { $stream.Dispose() }
}

# The archive for those who install nothing: the program with its papers.
function New-Archive([IO.FileInfo] $Program, [string] $Runtime, [string] $Companions, [string] $Work) {
    $name = "quantumnet-$version-$Runtime"
    $tree = New-Folder (Join-Path $Work $name)
    $target = Join-Path $tree ('quantumnet' + $(if ($Program.Extension -eq '.exe') { '.exe' }))
    Copy-Item $Program $target
    if (-not $IsWindows) { chmod 755 $target }
    foreach ($file in $legalFiles) { Copy-Item (Join-Path $PSScriptRoot '..' $file) $tree }
    Copy-RuntimeNotice $tree
    Copy-Item $Companions (Join-Path $tree 'shell') -Recurse
    Export-Sample (Join-Path $tree 'samples')
    if ($Program.Extension -eq '.exe') { Compress-Archive $tree (Join-Path $packages "$name.zip") }
    else { tar -C $Work --owner=0 --group=0 -czf (Join-Path $packages "$name.tar.gz") $name }
    Write-Step "Packed $name"
}

# The files of a distribution's package, as they lie under its root.
function New-SystemTree([IO.FileInfo] $Program, [string] $Companions, [string] $Tree) {
    $share = Join-Path $Tree 'usr' 'share'
    Copy-Item $Program (Join-Path (New-Folder (Join-Path $Tree 'usr' 'bin')) 'quantumnet')
    Compress-File (Join-Path $Companions 'quantumnet.1') (Join-Path (New-Folder (Join-Path $share 'man' 'man1')) 'quantumnet.1.gz')
    $places = @{
        'quantumnet.bash' = 'bash-completion/completions/quantumnet'
        'quantumnet.zsh'  = 'zsh/vendor-completions/_quantumnet'
        'quantumnet.fish' = 'fish/vendor_completions.d/quantumnet.fish'
    }
    foreach ($name in $places.Keys) {
        $target = Join-Path $share $places[$name]
        $null = New-Folder (Split-Path $target)
        Copy-Item (Join-Path $Companions $name) $target
    }
    $documents = New-Folder (Join-Path $share 'doc' 'quantumnet')
    foreach ($file in $legalFiles) { Copy-Item (Join-Path $PSScriptRoot '..' $file) $documents }
    Copy-RuntimeNotice $documents
    Copy-Item (Join-Path $PSScriptRoot '..' 'LICENSE') (Join-Path $documents 'copyright')
    Export-Sample (Join-Path $share 'quantumnet' 'samples')
    # pwsh looks for the modules of all users there, and nowhere else that a package may write to.
    $modules = New-Folder (Join-Path $Tree 'usr' 'local' 'share' 'powershell' 'Modules' 'QuantumNet')
    Copy-Item $module (Join-Path $modules $version) -Recurse
    Remove-Item (Join-Path $modules $version 'samples') -Recurse     # those of the system are found
    chmod -R 'u=rwX,go=rX' $Tree
    chmod 755 (Join-Path $Tree 'usr' 'bin' 'quantumnet')
}

function New-DebianPackage([string] $Tree, [string] $Architecture, [string] $Work) {
    $root = Join-Path $Work "deb-$Architecture"
    Copy-Item $Tree $root -Recurse
    $control = (Get-Content -Raw (Join-Path $PSScriptRoot 'debian-control')) -replace '@VERSION@', $version -replace '@ARCHITECTURE@', $Architecture
    $size = [long] ((Get-ChildItem $root -Recurse -File | Measure-Object Length -Sum).Sum / 1KB)
    $null = New-Folder (Join-Path $root 'DEBIAN')
    [IO.File]::WriteAllText((Join-Path $root 'DEBIAN' 'control'), ($control -replace '@SIZE@', $size))
    chmod -R 'u=rwX,go=rX' $root
    chmod 755 (Join-Path $root 'usr' 'bin' 'quantumnet')
    Invoke-Program dpkg-deb --root-owner-group -Zxz --build $root (Join-Path $packages "quantumnet_${version}_$Architecture.deb")
}

function New-FedoraPackage([string] $Tree, [string] $Architecture, [string] $Work) {
    $top = New-Folder (Join-Path $Work "rpm-$Architecture")
    Invoke-Program rpmbuild -bb --quiet --target $Architecture --define "_topdir $top" --define "tree $Tree" `
        --define "release_version $version" (Join-Path $PSScriptRoot 'quantumnet.spec')
    Get-ChildItem (Join-Path $top 'RPMS') -Recurse -Filter *.rpm | Copy-Item -Destination $packages
}

function Invoke-Program {
    $name, $arguments = $args
    $said = & $name @arguments 2>&1
    if ($LASTEXITCODE -ne 0) { throw "$name failed with ${LASTEXITCODE}: $said" }
}

# Everything that is installed without the SDK.
function Invoke-SystemPack {
    $version = (Import-PowerShellDataFile $manifest).ModuleVersion
    $work = New-Folder (Join-Path $PSScriptRoot '..' 'out' 'pack')
    try {
        $companions = New-Folder (Join-Path $work 'companions')
        Export-Companion $companions
        foreach ($platform in $platforms) {
            $program = New-SingleFile $platform.Runtime $work
            if (-not $program) { continue }
            New-Archive $program $platform.Runtime $companions $work
            if (-not $platform.Debian -or -not $IsLinux) { continue }
            $tree = Join-Path $work "tree-$($platform.Runtime)"
            New-SystemTree $program $companions $tree
            foreach ($kind in @{ Name = '.deb'; Tool = 'dpkg-deb' }, @{ Name = '.rpm'; Tool = 'rpmbuild' }) {
                if (-not (Get-Command $kind.Tool -CommandType Application -ErrorAction Ignore)) {
                    Write-Warning "There is no $($kind.Name) for $($platform.Runtime): $($kind.Tool) is missing."
                }
                elseif ($kind.Name -eq '.deb') { New-DebianPackage $tree $platform.Debian $work }
                else { New-FedoraPackage $tree $platform.Fedora $work }
            }
        }
    }
    finally { Remove-Item $work -Recurse -Force }
    Copy-Item (Join-Path $PSScriptRoot 'Containerfile') $packages
}
