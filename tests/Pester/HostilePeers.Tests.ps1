# What listens at a node's port need be no sshd: it may be silent, talk for ever or tell nonsense. Both transports name
# the node soon, with bounded memory; Ctrl+C ends the wait; a password is offered to nobody who has not proven a host key.
BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    Add-Type -TypeDefinition @'
using System; using System.IO; using System.Net; using System.Net.Sockets; using System.Text; using System.Threading;
public static class HostilePeer {
    public static readonly MemoryStream Heard = new MemoryStream();
    public static int Start(string kind) {
        var listener = new TcpListener(IPAddress.Loopback, 0); listener.Start();
        new Thread(() => { while (true) { var client = listener.AcceptTcpClient(); new Thread(() => Serve(client, kind)) { IsBackground = true }.Start(); } }) { IsBackground = true }.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
    static void Serve(TcpClient client, string kind) {
        try {
            var stream = client.GetStream(); var noise = new byte[65536]; new Random(1).NextBytes(noise);
            new Thread(() => { try { var b = new byte[4096]; int n; while ((n = stream.Read(b)) > 0) lock (Heard) Heard.Write(b, 0, Math.Min(n, 4096)); } catch (Exception) { } }) { IsBackground = true }.Start();
            var hello = Encoding.ASCII.GetBytes("SSH-2.0-OpenSSH_9.9\r\n");
            if (kind == "closes") { client.Close(); return; }
            if (kind == "stops after its name") stream.Write(hello);
            if (kind == "talks for ever") while (true) stream.Write(Encoding.ASCII.GetBytes("Welcome to this host\r\n"));
            if (kind == "sends one endless line") { Array.Fill(noise, (byte)'A'); while (true) stream.Write(noise); }
            if (kind == "sends noise") while (true) stream.Write(noise);
            if (kind == "sends noise after its name") { stream.Write(hello); while (true) stream.Write(noise); }
            if (kind == "promises a packet of 2 GiB") { stream.Write(hello); stream.Write(new byte[] { 0x7f, 0xff, 0xff, 0xff, 4, 20 }); }
            Thread.Sleep(600000);
        } catch (Exception) { }
    }
}
'@
    function New-Inventory([string] $Kind, [string] $Transport, [int] $Seconds = 2) {
        $path = Join-Path $TestDrive "$(Get-Random).json"
        @{ nodes = @(@{ name = 'n1'; address = '127.0.0.1'; port = [HostilePeer]::Start($Kind); user = 'stack'; transport = $Transport })
            ssh = @{ connectTimeoutSeconds = $Seconds }; controlPlane = @{ source = 'none' } } | ConvertTo-Json -Depth 4 | Set-Content $path
        $path
    }
    $secret = 'open-sesame-' + (Get-Random)
    $credential = [pscredential]::new('stack', (ConvertTo-SecureString $secret -AsPlainText -Force))
}

Describe 'A peer that <Kind>' -ForEach @(foreach ($kind in 'is silent', 'closes', 'stops after its name', 'talks for ever', 'sends one endless line',
    'sends noise', 'sends noise after its name', 'promises a packet of 2 GiB') { @{ Kind = $kind } }) {
    It 'is named soon by transport <_>, and costs no memory' -ForEach @(
        'sshnet', $(if (Get-Command ssh -CommandType Application -ErrorAction Ignore) { 'ssh' })) {
        # A silent host behind OpenSSH takes as long as its ServerAlive: 15 seconds.
        [GC]::Collect()
        $before = [Diagnostics.Process]::GetCurrentProcess().WorkingSet64
        $clock = [Diagnostics.Stopwatch]::StartNew()
        Get-OvsPort -Inventory (New-Inventory $Kind $_) -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 25
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'NodeUnreachable*'
        $failed[0].TargetObject | Should -Be 'n1'
        ([Diagnostics.Process]::GetCurrentProcess().WorkingSet64 - $before) | Should -BeLessThan 200MB
    }
}

Describe 'With -Credential' {
    It 'a peer that <_> hears no password' -ForEach @('is silent', 'closes', 'stops after its name', 'sends noise after its name') {
        $null = Connect-Quantum -Inventory (New-Inventory $_ 'sshnet') -Credential $credential
        Get-OvsPort -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'NodeUnreachable*'
        [Text.Encoding]::ASCII.GetString([HostilePeer]::Heard.ToArray()) | Should -Not -Match $secret
        ($failed | Out-String) + ($Error | Out-String) | Should -Not -Match $secret
    }
}

Describe 'Ctrl+C' {
    It 'ends the wait for a peer that <Kind>, by transport <Transport>, within two seconds' -ForEach @(
        foreach ($kind in 'is silent', 'stops after its name') { foreach ($transport in 'sshnet', 'ssh') {
            if ($transport -ne 'ssh' -or (Get-Command ssh -CommandType Application -ErrorAction Ignore)) { @{ Kind = $kind; Transport = $transport } } } }
    ) {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$Manifest'; Get-OvsPort -Inventory '$(New-Inventory $Kind $Transport 60)'")
            $running = $shell.BeginInvoke()
            Start-Sleep -Seconds 2
            $running.IsCompleted | Should -BeFalse
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $clock.ElapsedMilliseconds | Should -BeLessThan 2000
        }
        finally { $shell.Dispose() }
    }
}
