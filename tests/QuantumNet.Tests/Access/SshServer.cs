using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using QuantumNet.Access;
using QuantumNet.Access.Ssh;

namespace QuantumNet.Tests.Access;

/// <summary>A real sshd on the loopback, with keys of its own.</summary>
internal sealed class SshServer : IDisposable
{
    private readonly Process _sshd;

    private SshServer(string folder, int port, Process sshd) => (Folder, Port, _sshd) = (folder, port, sshd);

    public string Folder { get; }
    public int Port { get; }
    public string Config => Path.Combine(Folder, "ssh_config");

    /// <summary>Why there can be none here; null when there can.</summary>
    public static string? Missing => !File.Exists("/usr/sbin/sshd") ? "openssh-server is not installed"
        : Environment.UserName != "root" ? "sshd needs root here" : null;

    /// <summary>Starts one.</summary>
    /// <param name="settings">Lines of sshd_config that go before the others.</param>
    public static SshServer Start(params string[] settings)
    {
        string folder = Directory.CreateTempSubdirectory("quantumnet-sshd-").FullName;
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
        File.WriteAllText(Path.Combine(folder, "known_hosts"), $"[127.0.0.1]:{port} {File.ReadAllText(Path.Combine(folder, "host.pub"))}");
        File.WriteAllText(Path.Combine(folder, "other_hosts"), $"[127.0.0.1]:{port} {File.ReadAllText(Path.Combine(folder, "stranger.pub"))}");
        File.WriteAllText(Path.Combine(folder, "ssh_config"), "Host *\n  IdentityAgent none\n  IdentitiesOnly yes\n");
        Process sshd = Process.Start(new ProcessStartInfo("/usr/sbin/sshd") { ArgumentList = { "-D", "-e", "-f", Path.Combine(folder, "sshd_config") }, RedirectStandardError = true })!;
        sshd.ErrorDataReceived += (_, _) => { };
        sshd.BeginErrorReadLine();
        for (int i = 0; i < 100 && !Listens(port); i++)
            Thread.Sleep(50);
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

    public SshTransport Transport(string knownHosts = "known_hosts", bool? strict = true, NetworkCredential? credential = null) => new(
        new() { ConfigFile = Config, KnownHostsFile = Path.Combine(Folder, knownHosts), StrictHostKeyChecking = strict, ConnectTimeoutSeconds = 3 }, credential);

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
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
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

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments))!;
        process.WaitForExit();
    }
}
