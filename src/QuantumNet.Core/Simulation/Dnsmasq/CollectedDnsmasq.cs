using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using QuantumNet.Paths;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>A running dnsmasq as what was collected of its node shows it: its arguments, the files that they name,
/// the addresses in its namespace, its leases. Read once, then asked for every port of its network.</summary>
internal sealed class CollectedDnsmasq
{
    private const string Hosts = "DhcpHost", Options = "DhcpOption";

    private static readonly NodeMemo<ConditionalWeakTable<DhcpServer, CollectedDnsmasq>> s_known = new(_ => []);
    private static readonly NodeMemo<ILookup<string, DhcpServerOption>> s_options = new(node =>
        node.State.DhcpServerOptions.ToLookup(line => line.NetworkId, StringComparer.OrdinalIgnoreCase));
    private static readonly NodeMemo<ILookup<string, DhcpLease>> s_leases = new(node =>
        node.State.DhcpLeases.ToLookup(line => line.NetworkId, StringComparer.OrdinalIgnoreCase));

    private readonly HeldLease[] _leases;
    // How many of them still hold, by time.
    private readonly ConcurrentDictionary<long, int> _open = new();
    private readonly ILookup<uint, HeldLease> _byAddress;
    private readonly ILookup<string, HeldLease> _byHardwareAddress;
    private readonly DnsmasqState _state;
    private readonly Lazy<Dictionary<string, DhcpHost>> _lines;
    private readonly Lazy<DnsmasqServer> _asked;

    private CollectedDnsmasq(NodeView node, DhcpServer process)
    {
        Process = process;
        string @namespace = node.UsesNamespaces ? process.Namespace : "";
        Device = DeviceOf(node, @namespace, process);
        var configuration = DnsmasqConfiguration.Read(process.Argv, path => LinesOf(node, process, path),
            VersionOf(node, process));
        ServerAddress[] addresses = [.. node.LinksOf(@namespace).SelectMany(link =>
            link.Addresses.Select(address => ServerAddress.Parse(link.Device, address)).OfType<ServerAddress>())];
        Server = new(configuration, addresses);
        _asked = new(() => new(DnsmasqConfiguration.Read(process.Argv, path => path == configuration.UnaskedFile ? []
            : LinesOf(node, process, path), VersionOf(node, process)), addresses));
        Lacks = LacksOf(node, @namespace, process, configuration);
        DhcpLease[] lines = process.LeaseFile.Length == 0 ? [] : [.. s_leases.Of(node)[process.NetworkId]
            .Where(line => DnsmasqFiles.IsSame(DnsmasqFiles.PathOf(line), process.LeaseFile))];
        // The last line is the newest lease, and dnsmasq's first.
        _leases = [.. lines.Select(HeldLease.Of).OfType<HeldLease>().Reverse()];
        _lines = new(() => node.DhcpHostsOf(process.NetworkId).Reverse()
            .GroupBy(host => DnsmasqText.Line(host.RawText)).ToDictionary(lines => lines.Key, lines => lines.Last()));
        _byAddress = _leases.ToLookup(lease => lease.Address);
        _byHardwareAddress = _leases.ToLookup(lease => Convert.ToHexString(lease.HardwareAddress));
        _state = new() { Leases = [.. _leases], LeasesBesides = lines.Length - _leases.Length,
            KnowsLeases = process.LeaseFile.Length > 0
                && DnsmasqFiles.IsKnown(node, "DhcpLease", process.NetworkId, process.LeaseFile) };
    }

    /// <summary>Its process.</summary>
    public DhcpServer Process { get; }

    /// <summary>It, ready to be asked.</summary>
    public DnsmasqServer Server { get; }

    /// <summary>It without the file that it reads unasked (<see cref="DnsmasqConfiguration.UnaskedFile"/>).</summary>
    public DnsmasqServer WithoutUnaskedFile => _asked.Value;

    /// <summary>The device that requests arrive on: the one that it is told, else the DHCP server's in its namespace;
    /// empty when nothing tells.</summary>
    public string Device { get; }

    /// <summary>The first collector's output that is missing, and what it would be about; null when none is:
    /// the addresses in its namespace, without which it serves no device, its hosts, its settings.</summary>
    public (string Collector, string Subject)? Lacks { get; }

    /// <summary>A network's dnsmasq on a node.</summary>
    public static CollectedDnsmasq Of(NodeView node, DhcpServer process) =>
        s_known.Of(node).GetValue(process, one => new CollectedDnsmasq(node, one));

    /// <summary>What it holds that has a part in the answers to a client: all, where it may give any address;
    /// else the leases of the client and of the addresses that its lines give.</summary>
    public DnsmasqState StateFor(byte[] hardwareAddress, long now)
    {
        if (Server.Configuration.Ranges.Any(range => !range.IsStatic))
            return _state;
        IEnumerable<HeldLease> held = [.. _byHardwareAddress[Convert.ToHexString(hardwareAddress)],
            .. Server.Configuration.HostIndex.Candidates(hardwareAddress)
                .SelectMany(host => host.Address is { } address ? _byAddress[address] : [])];
        HeldLease[] own = [.. held.DistinctBy(lease => lease.Address)];
        int left = _open.GetOrAdd(now, time => _leases.Count(lease => lease.IsOpen(time)))
            - own.Count(lease => lease.IsOpen(now));
        return _state with { Leases = [.. own], LeasesBesides = _state.LeasesBesides + left };
    }

    /// <summary>The id that a client's line tells it to use, or that it has its lease by;
    /// null where neither tells.</summary>
    public byte[]? KnownIdOf(byte[] hardwareAddress) =>
        Server.Configuration.HostIndex.Of(hardwareAddress).FirstOrDefault(host => host.ClientId is not null)?.ClientId
        ?? _byHardwareAddress[Convert.ToHexString(hardwareAddress)].FirstOrDefault()?.ClientId;

    /// <summary>The record of a line of its hosts file; null when it is none of that file's.</summary>
    public DhcpHost? LineOf(string line) => _lines.Value.GetValueOrDefault(line);

    private static string DeviceOf(NodeView node, string @namespace, DhcpServer process) =>
        process.Device.Length > 0 && !process.Device.Contains('*') ? process.Device
            : node.LinksOf(@namespace).FirstOrDefault(link => LegFinder.IsDhcpDevice(link.Device))?.Device ?? "";

    private static (string, string)? LacksOf(
        NodeView node, string @namespace, DhcpServer process, DnsmasqConfiguration configuration)
    {
        if (!node.ShowsAddresses(@namespace))
            return ("NodeLink", @namespace);
        if (process.HostsFile.Length > 0 && !node.State.Has(Hosts, process.NetworkId)
            && !DnsmasqFiles.IsKnown(node, Hosts, process.NetworkId, process.HostsFile))
            return (Hosts, process.NetworkId);
        return configuration.MissingFiles is [var file, ..] ? ("DhcpConfig", file) : null;
    }

    // The lines of a file that its arguments name; null when it was not collected. A file that is not there has none.
    private static IReadOnlyList<string>? LinesOf(NodeView node, DhcpServer process, string path)
    {
        bool isHosts = path == process.HostsFile;
        if (!isHosts && path != process.OptionsFile)
            return DnsmasqFiles.Configuration(node, path);
        string collector = isHosts ? Hosts : Options;
        IEnumerable<NodeRecord> records =
            isHosts ? node.DhcpHostsOf(process.NetworkId) : s_options.Of(node)[process.NetworkId];
        string[] lines = [.. records.Where(line => DnsmasqFiles.IsSame(DnsmasqFiles.PathOf(line), path))
            .DistinctBy(line => (line.Command, line.LineNumber)).Select(line => line.RawText)];
        bool isKnown = lines.Length > 0 || DnsmasqFiles.IsKnown(node, collector, process.NetworkId, path);
        // Options go with an address: none decides whether there is one.
        return isKnown || collector == Options ? lines : null;
    }

    /// <summary>What a process said of its version as it started; empty when nothing tells.</summary>
    public static string VersionOf(NodeView node, DhcpServer process) =>
        DhcpLog.Of(node).StartOf(process)?.Message ?? "";
}
