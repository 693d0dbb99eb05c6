using QuantumNet.Parsing.Clients;
using QuantumNet.Snapshots;

namespace QuantumNet.Access;

/// <summary>Hears what the control plane answers about one port, and tells the port's nodes as soon as the answers name
/// them: these need not wait for what else is asked about it.</summary>
/// <param name="inner">Hears all of it, too.</param>
/// <param name="port">The port, by its whole id: no later answer makes another port of it.</param>
/// <param name="found">Hears of nodes, of more each time.</param>
internal sealed class EarlyNodes(IGatherObserver inner, string port, Action<PortNodes> found) : IGatherObserver
{
    private readonly List<CommandOutput> _answers = [];
    private readonly object _lock = new();
    private int _count;

    public Action<string>? Debug => inner.Debug;

    public void CommandFinished(CommandOutput output)
    {
        inner.CommandFinished(output);
        if (RecordRequest.Of(output.Argv) is not { Kind: "port" or "dhcp-agent" })
            return;
        PortNodes? nodes;
        lock (_lock)
        {
            _answers.Add(output);
            nodes = Look();
            if (nodes is null || nodes.ComputerNames.Length <= _count)
                return;
            _count = nodes.ComputerNames.Length;
        }
        found(nodes);
    }

    private PortNodes? Look()
    {
        CloudRecords records = RecordReader.Read(_answers, []);
        return PortSelector.Find(records, port).Ports is [{ ComputerName.Length: > 0, NetworkId.Length: > 0 } one]
            && one.PortId.Equals(port, StringComparison.OrdinalIgnoreCase) ? PortNodes.Of(records, port) : null;
    }

    public void Failed(QuantumError error) => inner.Failed(error);
    public void Missing(string text) => inner.Missing(text);
    public void Verbose(string text) => inner.Verbose(text);
    public void Planned(int count) => inner.Planned(count);
    public IDisposable? Asking(string name) => inner.Asking(name);
}
