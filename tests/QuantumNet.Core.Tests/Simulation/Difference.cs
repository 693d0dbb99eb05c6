using System.Buffers.Binary;
using System.Globalization;
using QuantumNet.Simulation;
using QuantumNet.Simulation.Dnsmasq;

namespace QuantumNet.Core.Tests.Simulation;

/// <summary>Where our answer and the one from the wire part; empty when they agree.</summary>
internal static class Difference
{
    private const int SecondsOfAccuracy = 5;

    public static string Between(DnsmasqCase drawn, DnsmasqAnswer ours, WireAnswer? wire, List<string> log)
    {
        DnsmasqAnswerKind kind = wire?.Type switch
        {
            null => DnsmasqAnswerKind.None, DhcpMessageType.Offer => DnsmasqAnswerKind.Offer,
            DhcpMessageType.Ack => DnsmasqAnswerKind.Ack, _ => DnsmasqAnswerKind.Nak,
        };
        // What is sent to an address of the server itself does not leave it: the log tells alone.
        bool staysInside = ours.Delivery == DnsmasqDelivery.NewAddress && drawn.IsServers(ours.Address);
        if (ours.Kind != kind && !staysInside)
            return $"{ours.Kind} is {kind}";
        string[] said = [.. log.Where(line => !line.StartsWith("Ignoring d", StringComparison.Ordinal)
            && !line.StartsWith("cannot send", StringComparison.Ordinal)
            && !line.StartsWith("Error sending", StringComparison.Ordinal))];
        if (!ours.Log.SequenceEqual(said))
            return $"the log [{string.Join(" | ", ours.Log)}] is [{string.Join(" | ", said)}]";
        return wire is null ? "" : Between(ours, wire);
    }

    public static string Describe(
        DnsmasqCase drawn, DhcpClientMessage message, DnsmasqAnswer ours, WireAnswer? wire, List<string> log) => $"""
        argv: {string.Join(' ', drawn.Argv)}
        addresses: {string.Join(' ', drawn.ServerAddresses)}
        hosts: {string.Join(" | ", drawn.HostLines)}
        opts: {string.Join(" | ", drawn.OptionLines)}
        leases: {string.Join(" | ", drawn.LeaseLines)}
        message: {message.Type} {Convert.ToHexString(message.HardwareAddress)} unicast {message.IsUnicast}
        ciaddr {DottedQuad.Format(message.ClientAddress)}: {Sent(message)}
        ours: {ours.Kind} {DottedQuad.Format(ours.Address)} {ours.Reason} {Options(ours.Options)}
        host [{ours.HostLine}] range [{ours.RangeText}]
        wire: {wire?.Type} {DottedQuad.Format(wire?.Address ?? 0)} {Options(wire?.Options ?? [])}
        log: {string.Join(" | ", log)}
        """;

    private static string Between(DnsmasqAnswer ours, WireAnswer wire)
    {
        if (ours.Address != wire.Address)
            return $"{DottedQuad.Format(ours.Address)} is {DottedQuad.Format(wire.Address)}";
        if (ours.NextServer != wire.NextServer || ours.FileName != wire.FileName || ours.ServerName != wire.ServerName)
            return $"{ours.FileName} of {ours.ServerName} ({DottedQuad.Format(ours.NextServer)}) is {wire.FileName} "
                + $"of {wire.ServerName} ({DottedQuad.Format(wire.NextServer)})";
        if (ours.Delivery == DnsmasqDelivery.Broadcast != (wire.Destination == uint.MaxValue))
            return $"{ours.Delivery} is {DottedQuad.Format(wire.Destination)}";
        if (!ours.Options.Select(option => option.Code).SequenceEqual(wire.Options.Select(option => option.Code)))
            return $"options [{Options(ours.Options)}] are [{Options(wire.Options)}]";
        for (int i = 0; i < ours.Options.Count; i++)
        {
            if (!IsSame(ours, ours.Options[i], wire.Options[i]))
                return $"option {ours.Options[i].Code} {Convert.ToHexString(ours.Options[i].Value)} "
                    + $"is {Convert.ToHexString(wire.Options[i].Value)}";
        }
        return "";
    }

    // Timers of a renewal are drawn; what is left of a lease runs down.
    private static bool IsSame(DnsmasqAnswer ours, DhcpReplyOption one, DhcpReplyOption other)
    {
        if (one.Value.AsSpan().SequenceEqual(other.Value))
            return true;
        if (one.Value.Length != 4 || other.Value.Length != 4)
            return false;
        long difference = (long)BinaryPrimitives.ReadUInt32BigEndian(one.Value)
            - BinaryPrimitives.ReadUInt32BigEndian(other.Value);
        return (one.Code is DhcpCode.T1 or DhcpCode.T2 && ours.HasRandomTimers && difference >= 0
                && difference <= BinaryPrimitives.ReadUInt32BigEndian(ours.Option(DhcpCode.T1)!) / 8)
            || (one.Code == DhcpCode.LeaseTime && ours.Address == 0 && Math.Abs(difference) <= SecondsOfAccuracy);
    }

    private static string Sent(DhcpClientMessage message) =>
        Options(message.Options.Select(option => new DhcpReplyOption(option.Key, option.Value)));

    private static string Options(IEnumerable<DhcpReplyOption> options) =>
        string.Join(' ', options.Select(option =>
            string.Create(CultureInfo.InvariantCulture, $"{option.Code}={Convert.ToHexString(option.Value)}")));
}
