using System.Diagnostics;
using System.Net;
using QuantumNet.Access;
using QuantumNet.Access.Ssh;
using QuantumNet.Tests.Access;

namespace QuantumNet.SshNet.Tests;

/// <summary>The same ssh_config for both transports, and what it takes to fill one.</summary>
internal sealed class Ways : IDisposable
{
    private readonly List<Process> _agents = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("quantumnet-ways-").FullName;

    public string Config => Path.Combine(Folder, "config");

    /// <summary>A transport that knows what ssh_config says, and nothing else.</summary>
    public INodeTransport Reach(string transport, NetworkCredential? credential = null, int timeout = 5)
    {
        InventorySsh settings = new() { ConfigFile = Config, ConnectTimeoutSeconds = timeout };
        return transport == Inventory.SshNet
            ? new SshNetTransport(settings, credential, Folder) : new SshTransport(settings, credential);
    }

    /// <summary>The node that ssh_config calls target.</summary>
    public static InventoryNode Target => new() { Name = "target" };

    /// <summary>Writes ssh_config; the agent and the keys of whoever runs the tests stay out of it.</summary>
    public void Write(string text) =>
        File.WriteAllText(Config, text + "\nHost *\n  IdentityAgent none\n  StrictHostKeyChecking yes\n");

    /// <summary>A host of ssh_config.</summary>
    public string Host(
        string name, SshServer server, string more = "", string key = "user", string knownHosts = "known_hosts") => $"""
        Host {name}
          HostName 127.0.0.1
          Port {server.Port}
          User root
          UserKnownHostsFile {Path.Combine(server.Folder, knownHosts)}
          {(key.Length > 0 ? "IdentityFile " + Path.Combine(server.Folder, key) : "")}
          {more}

        """;

    /// <summary>A key pair in this folder; the path of its private half.</summary>
    public string Key(string name, string type = "ed25519")
    {
        string file = Path.Combine(Folder, name);
        Server.Run("ssh-keygen", ["-q", "-t", type, "-N", "", "-C", name, "-f", file]);
        return file;
    }

    /// <summary>Signs a public key; the path of the certificate.</summary>
    public static string Sign(string authority, string publicKey, params string[] more)
    {
        Server.Run("ssh-keygen", ["-q", "-s", authority, "-I", "test", .. more, publicKey]);
        return publicKey[..^".pub".Length] + "-cert.pub";
    }

    /// <summary>An ssh-agent that holds some keys; its socket.</summary>
    public string Agent(params string[] keys)
    {
        string socket = Path.Combine(Folder, $"agent{_agents.Count}");
        _agents.Add(
            Process.Start(new ProcessStartInfo("ssh-agent", ["-D", "-a", socket]) { RedirectStandardOutput = true })!);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(socket), TimeSpan.FromSeconds(20)),
            "ssh-agent does not start");
        foreach (string key in keys)
        {
            using Process add = Process.Start(new ProcessStartInfo("ssh-add", ["-q",
                key]) { Environment = { ["SSH_AUTH_SOCK"] = socket }, RedirectStandardError = true })!;
            string said = add.StandardError.ReadToEnd();
            add.WaitForExit();
            Assert.True(add.ExitCode == 0, said);
        }
        return socket;
    }

    public void Dispose()
    {
        foreach (Process agent in _agents)
        {
            agent.Kill();
            agent.WaitForExit();
            agent.Dispose();
        }
        Directory.Delete(Folder, recursive: true);
    }
}
