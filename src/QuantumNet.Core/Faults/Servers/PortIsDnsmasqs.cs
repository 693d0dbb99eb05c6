using static QuantumNet.Faults.DhcpServerFaults;

namespace QuantumNet.Faults.Servers;

/// <summary>In the network's namespace nobody but its dnsmasq holds UDP port 67.</summary>
internal sealed class PortIsDnsmasqs : IServiceCheck
{
    private const int ServerPort = 67;

    public IReadOnlyList<CheckInfo> Infos { get; } = [PortHeldByOther];

    public IEnumerable<Finding> Run(DhcpService service)
    {
        if (service is not { Node: { } node, Site.Namespace: { Length: > 0 } space, Leg.IsServedByAgent: false }
            || !node.State.Has("Socket", space) || !node.State.Has("Process"))
            return [PortHeldByOther.NotApplicable("No namespace is expected, or its sockets or the processes were not "
                + "collected, which another check tells.")];
        HashSet<int> own = [.. service.Processes.SelectMany(one => one.ChildProcessIds.Append(one.ProcessId))];
        // A process that ended between the two looks is in only one of the lists.
        HashSet<int> running = [.. node.State.Processes.Select(process => process.ProcessId).Except(own)];
        NodeSocket? foreign = node.State.Sockets.Find(socket => socket.Namespace == space
            && socket is { LocalPort: ServerPort, ProcessIds.Length: > 0 }
            && socket.Protocol.StartsWith("udp", StringComparison.Ordinal) && socket.ProcessIds.All(running.Contains));
        if (foreign is null)
            return [PortHeldByOther.Pass(node.Name, space)];
        bool isServed = service.Processes.Any(one => one.IsListening == true);
        string program = foreign.Program.Length > 0 ? foreign.Program : "a program";
        return [PortHeldByOther.Fail(node.Name, $"{program} {foreign.ProcessIds[0]}",
                $"{program} {foreign.ProcessIds[0]} on {node.Name} holds UDP port 67 in {space}, and is not a dnsmasq "
                    + "of the network's.", foreign.ToEvidence()) with
            {
                At = HopComponent.Dnsmasq, Severity = isServed ? CheckSeverity.Warning : CheckSeverity.Error,
            }];
    }
}
