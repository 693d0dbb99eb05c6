using QuantumNet.Paths;
using QuantumNet.Simulation.Dnsmasq;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.Client;

/// <summary>A server that hears a REQUEST meant for another, and refuses it.</summary>
/// <param name="Node">Its node.</param>
/// <param name="Process">Its process.</param>
/// <param name="Reason">Its word, which the client gets too: <c>wrong server-ID</c>.</param>
/// <param name="Takers">The clients that take such a refusal and start again.</param>
internal sealed record SecondServer(NodeView Node, DhcpServer Process, string Reason, IReadOnlyList<string> Takers);

/// <summary>What the other servers of a leg's network do with the REQUEST by which the client selects the leg's own
/// server: it is sent to all.</summary>
internal static class SecondServers
{
    /// <summary>Those that refuse it.</summary>
    public static IEnumerable<SecondServer> Refusing(DhcpLeg leg)
    {
        if (LeaseDecision.Of(leg) is not { Selects: { } select, SelectedServer: var chosen })
            yield break;
        long now = new DateTimeOffset(leg.Cloud.Cloud.CollectedAt, TimeSpan.Zero).ToUnixTimeSeconds();
        foreach (string name in leg.Cloud.DhcpNodesFound(leg.Port.NetworkId))
        {
            if (leg.Cloud.Node(name) is not { } node || node.Name == leg.Server!.NodeName
                || node.DhcpServersOf(leg.Port.NetworkId).FirstOrDefault() is not { } process)
                continue;
            var dnsmasq = CollectedDnsmasq.Of(node, process);
            DhcpClientMessage heard = select with { Device = dnsmasq.Device };
            DnsmasqAnswer? answer = dnsmasq.Lacks is not null ? null
                : dnsmasq.Server.Answer(heard, dnsmasq.StateFor(heard.HardwareAddress, now), now);
            if (answer is not { Kind: DnsmasqAnswerKind.Nak } || DhcpReply.Of(answer, heard) is not { } reply)
                continue;
            string[] takers = [.. DhcpClientProgram.All
                .Where(client => client.Objection(reply, heard, chosen).Length == 0).Select(client => client.Name)];
            yield return new(node, process, answer.Reason, takers);
        }
    }
}
