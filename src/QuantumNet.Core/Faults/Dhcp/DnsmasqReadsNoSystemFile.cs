using QuantumNet.Paths;
using QuantumNet.Simulation.Client;
using QuantumNet.Topology;
using static QuantumNet.Faults.DhcpServerFaults;

namespace QuantumNet.Faults.Dhcp;

/// <summary>No setting of the system's own dnsmasq.conf keeps the port's lease back. dnsmasq reads that file, since
/// 2.73, where its <c>--conf-file=</c> is empty, as agents gave it before LP#1896945.</summary>
internal sealed class DnsmasqReadsNoSystemFile : ICheck
{
    private const string File = "/etc/dnsmasq.conf";
    private const int MaximumEvidence = 5;

    public IReadOnlyList<CheckInfo> Infos { get; } = [SystemFileRead];

    public IEnumerable<Finding> Run(DhcpLeg leg)
    {
        if (LeaseDecision.Of(leg) is not { } decision || leg.Server is not { Node: { } node } server)
            return [SystemFileRead.NotApplicable("No dnsmasq is there to ask.")];
        if (!LeaseDecision.HangsOnUnaskedFile(leg))
            return [SystemFileRead.Pass(server.NodeName, File)];
        DhcpServer dnsmasq = node.DhcpServersOf(leg.Port.NetworkId).First();
        return [SystemFileRead.Fail(server.NodeName, File,
                $"dnsmasq {dnsmasq.ProcessId} on {server.NodeName} reads {File}, since its --conf-file= is empty, "
                    + $"and gives no lease: {decision.Reason}.",
                [.. node.State.DhcpSettings.Where(line => line.Path == File).Take(MaximumEvidence)
                    .Select(line => line.ToEvidence()), dnsmasq.ToEvidence()])
            with { At = HopComponent.Dnsmasq }];
    }
}
