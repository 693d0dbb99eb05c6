namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>What dnsmasq makes of an INFORM, which it answers, and of DECLINE and RELEASE, which it only notes
/// (rfc2131.c, cases DHCPINFORM, DHCPDECLINE, DHCPRELEASE).</summary>
internal static class DnsmasqNotices
{
    private const string OtherServer = "the client speaks to another server";

    /// <summary>A client found its address in use: it gets another one for ten minutes.</summary>
    public static DnsmasqAnswer Decline(DnsmasqExchange exchange)
    {
        if (exchange.Message.ServerIdentifier != exchange.Networks[0].Local)
            return exchange.Nothing(OtherServer, "");
        if (exchange.Message.RequestedAddress is not { } address)
            return exchange.Nothing("the message names no address", "");
        exchange.Say("DHCPDECLINE", address, "");
        if (exchange.Lease is { } lease && lease.Address == address)
            exchange.State = exchange.State.Without(lease);
        DnsmasqState state = exchange.State;
        if (exchange.Host is { } host && host.Address == address)
        {
            exchange.Warn($"disabling DHCP static address {DottedQuad.Format(address)} for 10m");
            state = state with { Declined = state.Declined.SetItem(host.Text, exchange.Now) };
        }
        else
        {
            foreach (ServedNetwork network in exchange.Networks)
                state = state with { Moved = state.Moved.SetItem(network.Index,
                    state.Moved.GetValueOrDefault(network.Index) + 1) };
        }
        exchange.State = state;
        return exchange.Nothing("", "");
    }

    /// <summary>A client gives its address back.</summary>
    public static DnsmasqAnswer Release(DnsmasqExchange exchange)
    {
        uint address = exchange.ClientAddress;
        if (exchange.Addresses.Narrow(address, exchange.Tags) is not { } network)
            return exchange.Nothing($"{DottedQuad.Format(address)} is in none of its ranges", "");
        if (exchange.Message.ServerIdentifier != network.Local)
            return exchange.Nothing(OtherServer, "");
        bool isHeld = exchange.Lease?.Address == address;
        if (isHeld)
            exchange.State = exchange.State.Without(exchange.Lease!);
        return exchange.Nothing(isHeld ? "" : "unknown lease", "DHCPRELEASE", address);
    }

    /// <summary>A client with an address of its own asks for the settings alone.</summary>
    public static DnsmasqAnswer Inform(DnsmasqExchange exchange, bool isIgnored)
    {
        uint address = exchange.ClientAddress;
        if (isIgnored)
            return exchange.Nothing("ignored", "DHCPINFORM", address);
        exchange.Say("DHCPINFORM", address, "");
        if (address == 0)
            return exchange.Nothing("the client tells no address", "");
        ServedNetwork? network = exchange.Addresses.Narrow(address, exchange.Tags);
        HeldLease? lease = exchange.Lease ?? exchange.State.ByAddress(address);
        if (exchange.Lease is null && lease is { Name.Length: > 0 })
            exchange.Name = lease.Name;
        if (exchange.Name.Length == 0)
            exchange.TakeNameOf(address);
        exchange.Say("DHCPACK", address, exchange.Name);
        uint identifier = network is { Local: not 0 } ? network.Local : exchange.Fallback;
        ReplyBuilder reply = exchange.Reply(DhcpMessageType.Ack, identifier);
        uint? rest = lease is null || !IsAsked(exchange.Message) ? null
            : lease.Expires == 0 ? uint.MaxValue : (uint)(lease.Expires - exchange.Now);
        if (rest is { } seconds)
            reply.Put(DhcpCode.LeaseTime, seconds);
        return exchange.Filled(new()
        {
            Kind = DnsmasqAnswerKind.Ack, LeaseSeconds = rest, ServerIdentifier = identifier, After = exchange.State,
        }, reply, network, exchange.Name, uint.MaxValue);
    }

    private static bool IsAsked(DhcpClientMessage message) =>
        message.RequestedOptions is not { } list || Array.IndexOf(list, (byte)DhcpCode.LeaseTime) >= 0;
}
