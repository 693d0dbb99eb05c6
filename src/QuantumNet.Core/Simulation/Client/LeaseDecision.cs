using System.Runtime.CompilerServices;
using QuantumNet.Paths;
using QuantumNet.Simulation.Dnsmasq;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Client;

/// <summary>Whether the dnsmasq of a leg gives its port a lease, which one, and by which line: the exchange of each of
/// the clients that guests run with what was collected of the server.</summary>
internal sealed record LeaseDecision
{
    private const string Forever = "for ever";
    private static readonly ConditionalWeakTable<DhcpLeg, LeaseDecision> s_known = [];

    /// <summary>How the exchange ends. Unknown, too, where the clients' ends differ.</summary>
    public LeaseOutcome Outcome { get; init; }
    /// <summary>In words: <c>offers 10.0.0.3 for 86400 s</c>, or why not.</summary>
    public required string Reason { get; init; }
    /// <summary>The address given; empty when none is.</summary>
    public string IpAddress { get; init; } = "";
    /// <summary>The line of the hosts file, or the argument, that decides, verbatim; empty when none does.</summary>
    public string Rule { get; init; } = "";
    /// <summary>The process, and the line of its hosts file that has a part in it; first what decides.</summary>
    public Evidence[] Evidence { get; init; } = [];
    /// <summary>The REQUEST that selects the server's offer, sent to all; null where there is no offer.</summary>
    public DhcpClientMessage? Selects { get; init; }
    /// <summary>The server's identifier in that REQUEST.</summary>
    public uint SelectedServer => Selects?.ServerIdentifier ?? 0;
    /// <summary>The collector whose output is missing; empty when none is.</summary>
    public string MissingCollector { get; init; } = "";
    /// <summary>What that output would be about.</summary>
    public string MissingSubject { get; init; } = "";

    /// <summary>Whether the client gets a lease.</summary>
    public bool IsLeased => Outcome is LeaseOutcome.Leased or LeaseOutcome.NotRenewed;

    /// <summary>Whether the client gets a lease of one of its port's addresses.</summary>
    public bool GivesPortsAddress(QuantumPort port) => IsLeased && (port.IpAddress == IpAddress
        || port.FixedIps.Any(ip => ip.IpAddress == IpAddress));

    /// <summary>What a leg's dnsmasq decides; null where none runs, or nothing tells the port's MAC.</summary>
    public static LeaseDecision? Of(DhcpLeg leg)
    {
        if (leg.IsServedByAgent || leg.Server is not { Node: { } node } server
            || node.DhcpServersOf(leg.Port.NetworkId).FirstOrDefault() is not { } process
            || HexPattern.Parse(leg.Port.Mac, 6) is not { Bytes: { Length: 6 } mac })
            return null;
        return s_known.GetValue(leg, _ => IsSixOnly(leg.Port)
            ? new() { Reason = "the port has no IPv4 address, and DHCPv6 is not modelled" }
            : Decide(leg, server, CollectedDnsmasq.Of(node, process), mac));
    }

    /// <summary>Whether the file that a leg's dnsmasq reads unasked keeps the port's lease back:
    /// without it there would be one.</summary>
    public static bool HangsOnUnaskedFile(DhcpLeg leg)
    {
        if (Of(leg) is not { IsLeased: false, MissingCollector: "" } || leg.Server is not { Node: { } node } server
            || HexPattern.Parse(leg.Port.Mac, 6) is not { } mac)
            return false;
        var dnsmasq = CollectedDnsmasq.Of(node, node.DhcpServersOf(leg.Port.NetworkId).First());
        return dnsmasq.Server.Configuration.UnaskedFile.Length > 0
            && Ask(leg, server, dnsmasq, dnsmasq.WithoutUnaskedFile, mac.Bytes)[0].IsLeased;
    }

    private static bool IsSixOnly(QuantumPort port) =>
        port.FixedIps.Length > 0 && Array.TrueForAll(port.FixedIps, ip => ip.IpAddress.Contains(':'));

    private static LeaseDecision Decide(DhcpLeg leg, DhcpSite server, CollectedDnsmasq dnsmasq, byte[] mac)
    {
        if (dnsmasq.Lacks is { } lacks)
            return new() { Reason = "", MissingCollector = lacks.Collector, MissingSubject = lacks.Subject };
        List<LeaseExchange> exchanges = Ask(leg, server, dnsmasq, dnsmasq.Server, mac);
        LeaseExchange first = exchanges[0];
        LeaseExchange? other = exchanges.Find(one => !IsAlike(one, first));
        LeaseDecision decision = WithDevice(server, Told(leg.Port, dnsmasq, first));
        return other is null ? decision : decision with
        {
            Outcome = LeaseOutcome.Unknown, IpAddress = "",
            Reason = $"{first.Client.Name}: {decision.Reason}; "
                + $"{other.Client.Name}: {Told(leg.Port, dnsmasq, other).Reason}",
        };
    }

    private static List<LeaseExchange> Ask(
        DhcpLeg leg, DhcpSite site, CollectedDnsmasq dnsmasq, DnsmasqServer server, byte[] mac)
    {
        string device = site.InnerLink?.Device ?? site.OvsDevice;
        long now = new DateTimeOffset(leg.Cloud.Cloud.CollectedAt, TimeSpan.Zero).ToUnixTimeSeconds();
        DnsmasqState state = dnsmasq.StateFor(mac, now);
        byte[]? id = dnsmasq.KnownIdOf(mac);
        return [.. DhcpClientProgram.All.Select(client =>
            LeaseExchange.Of(server, state, now, client, client.Discover(device, mac, id)))];
    }

    // Of a device without an address its own line tells.
    private static LeaseDecision WithDevice(DhcpSite server, LeaseDecision decision) =>
        decision.Rule.Length > 0 || decision.IsLeased || server.InnerLink is not { } link
            || Array.Exists(link.Addresses, DhcpLeg.IsServingAddress) ? decision
            : decision with
            {
                Rule = link.ToEvidence().Text.Trim(), Evidence = [link.ToEvidence(), .. decision.Evidence],
            };

    // Whether both get the same lease, or none.
    private static bool IsAlike(LeaseExchange one, LeaseExchange other) => one.Outcome == other.Outcome
        ? !one.IsLeased || one.Answer.Address == other.Answer.Address
        : !one.IsLeased && !other.IsLeased
            && one.Outcome != LeaseOutcome.Unknown && other.Outcome != LeaseOutcome.Unknown;

    private static LeaseDecision Told(QuantumPort port, CollectedDnsmasq dnsmasq, LeaseExchange exchange)
    {
        DnsmasqAnswer answer = exchange.Answer;
        string address = answer.Address == 0 ? "" : DottedQuad.Format(answer.Address);
        DhcpHost? line = dnsmasq.LineOf(answer.HostLine);
        string rule = AnswerWords.Rule(dnsmasq.Process, dnsmasq.Server.Configuration, answer, line);
        Evidence process = dnsmasq.Process.ToEvidence();
        LeaseDecision decision = new()
        {
            Outcome = exchange.Outcome,
            Reason = "",
            IpAddress = exchange.IsLeased ? address : "",
            Selects = exchange.Steps.Count > 1 ? exchange.Steps[1].Asked : null,
            Rule = rule,
            Evidence = line is null ? [process] : rule == line.RawText.Trim() ? [line.ToEvidence(), process]
                : [process, line.ToEvidence()],
        };
        return decision with { Reason = ReasonOf(port, dnsmasq, exchange, decision) };
    }

    private static string ReasonOf(
        QuantumPort port, CollectedDnsmasq dnsmasq, LeaseExchange exchange, LeaseDecision decision)
    {
        string reason = exchange is { Outcome: LeaseOutcome.NoAnswer, Asked: "DISCOVER" }
            ? AnswerWords.Cause(dnsmasq.Server.Configuration, exchange.Answer, port.Mac) : exchange.Reason;
        return exchange.Outcome switch
        {
            LeaseOutcome.Leased => Offers(port, exchange, decision),
            LeaseOutcome.NotRenewed =>
                $"{Offers(port, exchange, decision)}; a renewal is refused: {reason}",
            LeaseOutcome.Refused => $"answers the {exchange.Asked} with DHCPNAK: {reason}",
            LeaseOutcome.LeftAside =>
                $"{exchange.Client.Name} leaves its answer to the {exchange.Asked} aside: {reason}",
            LeaseOutcome.NoAnswer when exchange.Asked != "DISCOVER" =>
                $"gives no answer to the {exchange.Asked}: {reason}",
            _ => reason,
        };
    }

    private static string Offers(QuantumPort port, LeaseExchange exchange, LeaseDecision decision)
    {
        string time = exchange.Answer.LeaseSeconds is { } seconds and not uint.MaxValue ? $"for {seconds} s" : Forever;
        string told = $"offers {decision.IpAddress} {time}";
        return port.IpAddress.Length == 0 || decision.GivesPortsAddress(port) ? told
            : $"{told}, and not {port.IpAddress}";
    }
}
