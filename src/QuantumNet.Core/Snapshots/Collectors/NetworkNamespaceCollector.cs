using QuantumNet.Parsing.Links;

namespace QuantumNet.Snapshots;

/// <summary>Named network namespaces, and whether those of the DHCP agent can be entered.</summary>
public sealed class NetworkNamespaceCollector : ICollector
{
    /// <inheritdoc/>
    public string Name => "NetworkNamespace";

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } =
    [
        new("ip", "netns"),
        new("ip", "netns", "exec", "{namespace}", "ip", "address") { Scope = CommandScope.DhcpNamespace },
    ];

    /// <inheritdoc/>
    public int Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (CommandNamespace.Told(output).Length > 0)
        {
            NamespaceRecords.NoteUse(output, into);
            return 1;
        }
        if (output.ExitStatus != 0)
            return 0;
        List<NetworkNamespace> namespaces = IpNetnsParser.ParseAll(output.Text, source);
        namespaces.ForEach(listed => NamespaceRecords.Put(listed, into));
        return namespaces.Count;
    }
}
