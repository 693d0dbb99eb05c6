namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>A dnsmasq that is asked: its settings, its host's addresses, and what else decides.
/// It answers as 2.59 to 2.90 do (rfc2131.c, dhcp_reply(); dhcp.c, dhcp_packet());
/// what is not modelled or was not collected is Unknown.</summary>
internal sealed class DnsmasqServer(DnsmasqConfiguration configuration, IReadOnlyList<ServerAddress> addresses)
{
    /// <summary>Its settings.</summary>
    public DnsmasqConfiguration Configuration => configuration;
    /// <summary>All IPv4 addresses in its namespace, in the order of the devices.</summary>
    public IReadOnlyList<ServerAddress> Addresses => addresses;
    /// <summary>The addresses that answer a ping; null when that is not known.</summary>
    public IReadOnlySet<uint>? Answering { get; init; }
    /// <summary>The first names of addresses in the files of names that it reads; null when those were not
    /// collected.</summary>
    public IReadOnlyDictionary<uint, string>? Names { get; init; }

    /// <summary>What it does with a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="state">What it holds in memory.</param>
    /// <param name="now">The time, in seconds since 1970.</param>
    public DnsmasqAnswer Answer(DhcpClientMessage message, DnsmasqState state, long now) =>
        Unfollowed(message, state) ?? (state.KnowsLeases ? Decide(message, state, now) : Either(message, state, now));

    /// <summary>What it holds after reading its files: leases of hosts with a name get that name
    /// (lease.c, lease_update_from_configs()).</summary>
    public DnsmasqState Started(DnsmasqState state)
    {
        foreach (HeldLease lease in state.Leases)
        {
            DnsmasqHost? host = configuration.HostIndex.Find(
                null, lease.ClientId, lease.HardwareAddress, "", new HashSet<string>());
            if (host is { Name.Length: > 0 } && (host.Address is null || host.Address == lease.Address))
                state = state.Named(lease, host.Name, isOwn: true);
        }
        return state;
    }

    private DnsmasqAnswer? Unfollowed(DhcpClientMessage message, DnsmasqState state)
    {
        string reason = message switch
        {
            { Type: DhcpMessageType.None } => "BOOTP is not modelled",
            { RelayAddress: not 0 } => "messages through a relay are not modelled",
            _ when message.Options.ContainsKey(DhcpCode.AgentId) => "a relay's option 82 is not modelled",
            _ when message.Options.ContainsKey(DhcpCode.SubnetSelection) =>
                "subnet selection (option 118) is not modelled",
            _ when message.HardwareAddress.Length != 6 => "hardware addresses other than Ethernet's are not modelled",
            _ when configuration.Has("pxe-service") && message.Option(DhcpCode.VendorClass) is { } vendor
                && vendor.AsSpan().StartsWith("PXEClient"u8) => "PXE clients are not modelled beside --pxe-service",
            _ => string.Join("; ", configuration.Missing),
        };
        return reason.Length == 0 ? null : Unknown(reason, state);
    }

    private DnsmasqAnswer Decide(DhcpClientMessage message, DnsmasqState state, long now)
    {
        if (Unserved(message) is { } reason)
            return new() { Kind = DnsmasqAnswerKind.None, Reason = reason, After = state };
        var exchange = new DnsmasqExchange(this, message, state.At(now), now);
        if (exchange.Missing.Length > 0)
            return Unknown(exchange.Missing, state);
        DnsmasqAnswer answer = exchange.Answer();
        return exchange.Missing.Length == 0 ? answer
            : answer with { Kind = DnsmasqAnswerKind.Unknown, Reason = exchange.Missing };
    }

    // Leases that are in its memory alone: where having one and having none lead to the same, that is told.
    private DnsmasqAnswer Either(DhcpClientMessage message, DnsmasqState state, long now)
    {
        DnsmasqAnswer without = Decide(message, state with { KnowsLeases = true, Leases = [] }, now);
        uint address = without.Address != 0 ? without.Address
            : message.RequestedAddress ?? message.ClientAddress;
        var lease = new HeldLease(address, message.HardwareAddress, message.Option(DhcpCode.ClientId), 0, "", false);
        DnsmasqAnswer with = Decide(message, state with { KnowsLeases = true, Leases = [lease] }, now);
        if (without.Kind != with.Kind || without.Address != with.Address)
            return Unknown($"its leases are in its memory alone: {Told(without)} without one, {Told(with)} with one of "
                + DottedQuad.Format(address), state);
        return without with
        {
            After = state,
            NotTold = [.. without.NotTold, "its leases are in its memory alone: another client may hold the address"],
        };
    }

    private static string Told(DnsmasqAnswer answer) =>
        answer.Reason.Length > 0 ? $"{answer.Kind} ({answer.Reason})" : $"{answer.Kind}";

    private static DnsmasqAnswer Unknown(string reason, DnsmasqState state) =>
        new() { Kind = DnsmasqAnswerKind.Unknown, Reason = reason, After = state };

    private string? Unserved(DhcpClientMessage message)
    {
        if (configuration.Ranges.Count == 0)
            return "it has no --dhcp-range for IPv4";
        string device = message.Device;
        if (!addresses.Any(address => address.Device == device))
            return Serves(device, null)
                ? $"DHCP packet received on {device} which has no address" : $"it does not serve {device}";
        if (AnyDevice("no-dhcp-interface", device) || AnyDevice("no-dhcpv4-interface", device))
            return $"--no-dhcp-interface leaves {device} out";
        return Serves(device, addresses.First(address => address.Device == device).Address) ? null
            : $"it does not serve {device}";
    }

    /// <summary>Whether it serves a device (network.c, iface_check()).</summary>
    public bool Serves(string device, uint? address)
    {
        string[] listening = [.. configuration.Values("listen-address").SelectMany(DnsmasqText.Fields)];
        bool isListed = address is { } own && Array.IndexOf(listening, DottedQuad.Format(own)) >= 0;
        bool isNamed = AnyDevice("interface", device) || (device == "lo" && configuration.Has("interface"));
        return isListed || ((isNamed || (!configuration.Has("interface") && listening.Length == 0))
            && !AnyDevice("except-interface", device));
    }

    private bool AnyDevice(string option, string device) => configuration.Values(option).SelectMany(DnsmasqText.Fields)
        .Any(pattern => DnsmasqText.IsDevice(pattern, device));
}
