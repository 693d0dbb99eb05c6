using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using QuantumNet.Access;
using QuantumNet.Access.Ssh;

namespace QuantumNet.Tests.Access;

/// <summary>A real sshd on the loopback, with keys of its own.</summary>
internal sealed class SshServer : IDisposable
{
    // The server sees an /etc of its own, in which every user's shell is sh and every home is empty: bash would read
    // ~/.bashrc for each command that comes by ssh, and what the tester keeps there may take seconds. sh reads nothing.
    private const string InAnEtcOfItsOwn = """
        set -e
        mkdir "$1/etc"
        mount -t tmpfs -o mode=755 tmpfs "$1/etc"
        cp -a /etc/. "$1/etc" 2>/dev/null || :
        rm -rf "$1/etc/environment" "$1/etc/profile" "$1/etc/profile.d" "$1/etc/bash.bashrc" "$1/etc/zsh" "$1/etc/ssh/sshrc" "$1/etc/motd"
        mkdir -p "$1/etc/empty"
        awk 'BEGIN { FS = OFS = ":" } $7 !~ /(nologin|false)$/ { $6 = "/etc/empty"; $7 = "'"${2:-/bin/sh}"'" } { print }' /etc/passwd > "$1/etc/passwd"
        [ ! -d "$1/home" ] || cp -a "$1/home/." "$1/etc/empty"
        mount --bind "$1/etc" /etc
        exec /usr/sbin/sshd -D -e -f "$1/sshd_config"
        """;

    private static readonly Lazy<bool> s_canMount =
        new(() => Run("unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt") == 0);

    private readonly Process _sshd;

    private SshServer(string folder, int port, Process sshd) => (Folder, Port, _sshd) = (folder, port, sshd);

    public string Folder { get; }
    public int Port { get; }
    public string Config => Path.Combine(Folder, "ssh_config");

    /// <summary>Why there can be none here; null when there can.</summary>
    public static string? Missing => !File.Exists("/usr/sbin/sshd") ? "openssh-server is not installed"
        : Environment.UserName != "root" ? "sshd needs root here"
        : !s_canMount.Value ? "sshd needs a mount namespace of its own, which is not allowed here" : null;

    /// <summary>Starts one.</summary>
    /// <param name="settings">Lines of sshd_config that go before the others.</param>
    public static SshServer Start(params string[] settings) => StartWith("/bin/sh", [], settings);

    /// <summary>Starts one whose users have a login shell and start-up files.</summary>
    /// <param name="shell">The shell.</param>
    /// <param name="home">The files, by their names below a user's home.</param>
    /// <param name="settings">Lines of sshd_config that go before the others.</param>
    public static SshServer StartWith(string shell, Dictionary<string, string> home, params string[] settings)
    {
        string folder = Directory.CreateTempSubdirectory("quantumnet-sshd-").FullName;
        foreach ((string name, string text) in home)
        {
            string file = Path.Combine(folder, "home", name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
        foreach (string key in (string[])["host", "user", "stranger"])
            Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(folder, key));
        File.Copy(Path.Combine(folder, "user.pub"), Path.Combine(folder, "authorized_keys"));
        Directory.CreateDirectory("/run/sshd");
        int port = FreePort();
        File.WriteAllText(Path.Combine(folder, "sshd_config"), string.Join('\n', settings) + $"""

            Port {port}
            ListenAddress 127.0.0.1
            HostKey {folder}/host
            AuthorizedKeysFile {folder}/authorized_keys
            StrictModes no
            UsePAM no
            PermitRootLogin yes
            PasswordAuthentication yes
            MaxStartups 100:30:200
            PidFile none

            """);
        File.WriteAllText(Path.Combine(folder, "known_hosts"),
            $"[127.0.0.1]:{port} {File.ReadAllText(Path.Combine(folder, "host.pub"))}");
        File.WriteAllText(Path.Combine(folder, "other_hosts"),
            $"[127.0.0.1]:{port} {File.ReadAllText(Path.Combine(folder, "stranger.pub"))}");
        File.WriteAllText(Path.Combine(folder, "ssh_config"), "Host *\n  IdentityAgent none\n  IdentitiesOnly yes\n");
        ProcessStartInfo start =
            new("unshare", ["--mount", "sh", "-c", InAnEtcOfItsOwn, "sh", folder, shell])
            { RedirectStandardError = true };
        Process sshd = Process.Start(start)!;
        StringBuilder said = new();
        sshd.ErrorDataReceived += (_, line) => said.AppendLine(line.Data);
        sshd.BeginErrorReadLine();
        while (!Listens(port))
        {
            if (sshd.WaitForExit(50))
                throw new InvalidOperationException($"sshd did not start: {said}");
        }
        return new(folder, port, sshd);
    }

    public InventoryNode Node(string name = "n1", string key = "user") => new()
    {
        Name = name,
        Address = "127.0.0.1",
        Port = Port,
        User = "root",
        IdentityFile = key.Length > 0 ? Path.Combine(Folder, key) : "",
    };

    public SshTransport Transport(
        string knownHosts = "known_hosts", bool? strict = true, NetworkCredential? credential = null) => new(
            new() { ConfigFile = Config, KnownHostsFile = Path.Combine(Folder, knownHosts),
                StrictHostKeyChecking = strict, ConnectTimeoutSeconds = 3 }, credential);

    /// <summary>Processes of connections that are open.</summary>
    public int Sessions() => Directory.EnumerateDirectories("/proc").Count(folder => ParentOf(folder) == _sshd.Id);

    public void Dispose()
    {
        _sshd.Kill(entireProcessTree: true);
        _sshd.WaitForExit();
        _sshd.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static int ParentOf(string folder)
    {
        try
        {
            string stat = File.ReadAllText(folder + "/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1],
                System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return -1;
        }
    }

    private static bool Listens(int port)
    {
        using TcpClient client = new();
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static int Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments))!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
