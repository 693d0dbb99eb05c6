namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>What a DISCOVER is answered with (rfc2131.c, case DHCPDISCOVER).</summary>
internal static class DnsmasqDiscover
{
    /// <summary>The answer.</summary>
    public static DnsmasqAnswer Answer(DnsmasqExchange exchange, bool isIgnored)
    {
        if (isIgnored)
            return exchange.Nothing("ignored", "DHCPDISCOVER");
        uint asked = exchange.Message.RequestedAddress ?? 0;
        if (Choose(exchange, asked) is not { } address)
            return exchange.Nothing("no address available", "DHCPDISCOVER", asked);
        exchange.Say("DHCPDISCOVER", asked, "");
        if (exchange.Addresses.Narrow(address, exchange.Tags) is not { } network)
            return exchange.Nothing($"{DottedQuad.Format(address)} is in no range that its tags allow", "");
        exchange.Say("DHCPOFFER", address, "");
        uint time = exchange.LeaseSecondsIn(network);
        ReplyBuilder reply = exchange.Reply(DhcpMessageType.Offer, network.Local);
        reply.Put(DhcpCode.LeaseTime, time);
        return exchange.Filled(new()
        {
            Kind = DnsmasqAnswerKind.Offer, Address = address, LeaseSeconds = time, ServerIdentifier = network.Local,
            After = exchange.State,
        }, reply, network, exchange.OfferedName, time);
    }

    // The host line's address, the lease's, the one asked for, or a free one.
    private static uint? Choose(DnsmasqExchange exchange, uint asked)
    {
        if (Configured(exchange) is { } configured)
            return configured;
        DnsmasqState state = exchange.State;
        if (exchange.Lease is { } lease && IsOpen(exchange, lease.Address))
            return lease.Address;
        if (exchange.Message.RequestedAddress is not null && IsOpen(exchange, asked) && state.ByAddress(asked) is null
            && exchange.Addresses.IsSilent(asked))
            return asked;
        uint? free = exchange.Addresses.Allocate(exchange.Message.HardwareAddress, exchange.Tags, ref state);
        exchange.State = state;
        return free;
    }

    private static bool IsOpen(DnsmasqExchange exchange, uint address) =>
        exchange.Addresses.RangeOf(address, exchange.Tags) is not null
        && exchange.Server.Configuration.HostIndex.OfAddress(address) is null;

    private static uint? Configured(DnsmasqExchange exchange)
    {
        if (exchange.Host is not { Address: { } address } host)
            return null;
        string warning = $"not using configured address {DottedQuad.Format(address)} because it ";
        if (exchange.State.ByAddress(address) is { } other && other != exchange.Lease
            && !host.Has(other.HardwareAddress))
            exchange.Warn($"{warning}is leased "
                + $"to {string.Join(':', other.HardwareAddress.Select(one => one.ToString("x2", null)))}");
        else if (exchange.Networks[0].Router == address)
            exchange.Warn($"{warning}is in use by the server or relay");
        else if (exchange.IsDeclined)
            exchange.Warn($"{warning}was previously declined");
        else
            return address;
        return null;
    }
}
