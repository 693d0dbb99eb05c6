using QuantumNet.Parsing.Capture;
using QuantumNet.Simulation.Dnsmasq;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Client;

/// <summary>What a dnsmasq that was gathered would answer to any client, and why.</summary>
internal static class ServerAnswers
{
    /// <summary>Its answers to DISCOVER, REQUEST and renewal, as far as the client comes. One without an answer where
    /// something was not collected; none where the MAC is none of Ethernet's.</summary>
    /// <param name="cloud">The cloud.</param>
    /// <param name="process">The server.</param>
    /// <param name="mac">The client's MAC address.</param>
    /// <param name="client">The client's program; by default udhcpc.</param>
    public static IReadOnlyList<DhcpServerAnswer> Of(
        CloudView cloud, DhcpServer process, string mac, DhcpClientProgram? client = null)
    {
        client ??= DhcpClientProgram.All[0];
        if (cloud.Node(process.ComputerName) is not { } node
            || HexPattern.Parse(mac, 6) is not { Bytes: { Length: 6 } bytes, HasStar: false })
            return [];
        DhcpServerAnswer common = new()
        {
            ComputerName = process.ComputerName, NetworkId = process.NetworkId, ProcessId = process.ProcessId,
            Mac = string.Join(':', bytes.Select(one => one.ToString("x2", null))), Client = client.Name,
            Message = DhcpMessageType.Discover,
        };
        var dnsmasq = CollectedDnsmasq.Of(node, process);
        if (dnsmasq.Lacks is { } lacks)
            return [common with { MissingCollector = lacks.Collector, MissingSubject = lacks.Subject,
                Reason = $"{lacks.Collector} of {lacks.Subject} was not collected" }];
        long now = new DateTimeOffset(cloud.Cloud.CollectedAt, TimeSpan.Zero).ToUnixTimeSeconds();
        DhcpClientMessage discover = client.Discover(dnsmasq.Device, bytes, dnsmasq.KnownIdOf(bytes));
        LeaseExchange exchange =
            LeaseExchange.Of(dnsmasq.Server, dnsmasq.StateFor(bytes, now), now, client, discover);
        return [.. exchange.Steps.Select(step => Told(common, dnsmasq, step))];
    }

    private static DhcpServerAnswer Told(DhcpServerAnswer common, CollectedDnsmasq dnsmasq, LeaseStep step)
    {
        DnsmasqAnswer answer = step.Answer;
        DhcpReply? reply = DhcpReply.Of(answer, step.Asked);
        DhcpHost? line = dnsmasq.LineOf(answer.HostLine);
        return common with
        {
            Message = step.Asked.Type,
            IsRenewal = step.Asked.ClientAddress != 0,
            Answer = answer.Kind == DnsmasqAnswerKind.Unknown ? null : reply?.Type ?? DhcpMessageType.None,
            IpAddress = answer.Address == 0 ? "" : DottedQuad.Format(answer.Address),
            LeaseSeconds = answer.LeaseSeconds,
            ServerAddress = reply is { Server: not 0 } ? DottedQuad.Format(reply.Server) : "",
            Options = [.. answer.Options.Select(option => DhcpOptionReader.Read(option.Code, option.Value))],
            Reason = AnswerWords.Cause(dnsmasq.Server.Configuration, answer, common.Mac),
            Rule = AnswerWords.Rule(dnsmasq.Process, dnsmasq.Server.Configuration, answer, line),
            Log = [.. answer.Log],
            NotTold = [.. answer.NotTold,
                .. dnsmasq.Server.Configuration.NotRead.Select(file => $"{file} was not collected")],
            IsTaken = reply is not null && step.Objection.Length == 0,
            Objection = step.Objection,
        };
    }
}
