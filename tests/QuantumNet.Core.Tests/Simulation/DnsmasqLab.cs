using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using QuantumNet.Core.Tests.Capture;
using QuantumNet.Simulation;
using QuantumNet.Simulation.Dnsmasq;

namespace QuantumNet.Core.Tests.Simulation;

/// <summary>Two namespaces with a wire between them: dnsmasq in the one, the client's frames in the other.</summary>
internal sealed class DnsmasqLab : IDisposable
{
    private readonly string _server = $"qnd{Environment.ProcessId}-s", _client = $"qnd{Environment.ProcessId}-c";
    private readonly string _folder = Directory.CreateTempSubdirectory("quantumnet-dnsmasq").FullName;
    private readonly DhcpWire _wire;

    public DnsmasqLab()
    {
        Assert.Equal(0, Tool.Status("sh", "-ec", $"""
            ip netns add {_server}; ip netns add {_client}
            ip link add wire netns {_server} type veth peer name wire netns {_client}
            for n in {_server} {_client}; do
              ip -n $n link set lo up; ip -n $n link set wire up
              ip netns exec $n sysctl -qw net.ipv6.conf.all.disable_ipv6=1
            done
            """));
        string mac = Tool.Run("ip", "netns", "exec", _server, "cat", "/sys/class/net/wire/address").Trim();
        _wire = new DhcpWire(NamespaceThread.OpenFrames(_client, "wire"), HexPattern.Parse(mac, 6)!.Bytes);
    }

    /// <summary>Gives the device its addresses and starts dnsmasq.</summary>
    public RealDnsmasq Start(DnsmasqCase drawn)
    {
        string script = $"ip -n {_server} addr flush dev wire; ip -n {_server} neigh flush dev wire\n"
            + string.Concat(drawn.ServerAddresses.Select(address => $"ip -n {_server} addr add {address} dev wire\n"))
            + $"ip -n {_server} route replace default dev wire";
        Assert.Equal(0, Tool.Status("sh", "-ec", script));
        foreach ((string name, List<string> lines) in new[] { ("host", drawn.HostLines), ("opts", drawn.OptionLines),
            ("leases", drawn.LeaseLines) })
            File.WriteAllLines(Path.Combine(_folder, name), lines);
        string[] argv =
        [
            .. drawn.Argv, $"--dhcp-hostsfile={_folder}/host", $"--dhcp-optsfile={_folder}/opts",
            $"--dhcp-leasefile={_folder}/leases",
            $"--dhcp-host={RealDnsmasq.Marker},ignore",
        ];
        return new RealDnsmasq(_server, argv, _wire, drawn);
    }

    public void Dispose()
    {
        _wire.Dispose();
        Tool.Status("ip", "netns", "del", _server);
        Tool.Status("ip", "netns", "del", _client);
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>A running dnsmasq. What it has done with a message is known once its log tells of a client that
/// came after it.</summary>
internal sealed class RealDnsmasq : IDisposable
{
    public const string Marker = "02:00:00:00:00:aa";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private readonly Process _process;
    private readonly BlockingCollection<string> _log = [];
    private readonly DhcpWire _wire;
    private readonly string[] _argv;
    private readonly uint _address;
    private readonly bool _isMarked;

    public RealDnsmasq(string server, string[] argv, DhcpWire wire, DnsmasqCase drawn)
    {
        (_wire, _argv) = (wire, ["dnsmasq", .. argv]);
        DottedQuad.TryParse(drawn.ServerAddresses[0].Split('/')[0], out _address);
        _isMarked = !Array.Exists(argv,
            argument => argument.StartsWith("--no-dhcp-interface", StringComparison.Ordinal));
        var start = new ProcessStartInfo("ip", ["netns", "exec", server, "dnsmasq",
            .. argv]) { RedirectStandardError = true, RedirectStandardOutput = true };
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        for (string line = ""; !line.Contains("DHCP, ", StringComparison.Ordinal);)
            Assert.True(_log.TryTake(out line!, s_patience), $"dnsmasq did not start: {string.Join(' ', argv)}");
        Settle();
    }

    public DnsmasqServer Model(DnsmasqCase drawn)
    {
        DnsmasqConfiguration configuration = DnsmasqConfiguration.Read(_argv,
            path => path.EndsWith("/host", StringComparison.Ordinal) ? drawn.HostLines
                : path.EndsWith("/opts", StringComparison.Ordinal) ? drawn.OptionLines : null);
        return new(configuration, [ServerAddress.Parse("lo", "127.0.0.1/8")!,
            .. drawn.ServerAddresses.Select(address => ServerAddress.Parse("wire", address)!)])
        {
            Answering = new HashSet<uint>(),
            Names = new Dictionary<uint, string>(),
        };
    }

    /// <summary>Sends a message; gives the answer, if one comes, and what the log says of it.</summary>
    public (WireAnswer? Answer, List<string> Log) Ask(DhcpClientMessage message)
    {
        _wire.Send(message, _address);
        List<string> log = Settle();
        bool answers = log.Exists(line => line.StartsWith("DHCPOFFER", StringComparison.Ordinal)
            || line.StartsWith("DHCPACK", StringComparison.Ordinal)
            || line.StartsWith("DHCPNAK", StringComparison.Ordinal));
        return (_wire.Receive(message.TransactionId, message.HardwareAddress,
            answers ? TimeSpan.FromSeconds(3) : TimeSpan.Zero), log);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _log.Dispose();
    }

    private void Note(string? line)
    {
        if (line is not null && !_log.IsAddingCompleted)
            _log.Add(line);
    }

    private List<string> Settle()
    {
        if (_isMarked)
            _wire.Send(new() { Type = DhcpMessageType.Discover, Device = "wire", TransactionId = 1,
                HardwareAddress = HexPattern.Parse(Marker, 6)!.Bytes }, 0);
        List<string> lines = [];
        while (_log.TryTake(out string? line, _isMarked ? s_patience : TimeSpan.FromMilliseconds(100)))
        {
            if (line.Contains(Marker, StringComparison.Ordinal))
                return lines;
            if (line.StartsWith("dnsmasq-dhcp: ", StringComparison.Ordinal))
                lines.Add(line["dnsmasq-dhcp: ".Length..].TrimEnd());
        }
        Assert.False(_isMarked, "dnsmasq fell silent");
        return lines;
    }
}
