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
    public void Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (Array.IndexOf(output.Argv, "exec") >= 0)
        {
            NamespaceRecords.NoteUse(output, into);
            return;
        }
        if (output.ExitStatus != 0)
            return;
        foreach (NetworkNamespace listed in IpNetnsParser.ParseAll(output.Text, source))
            NamespaceRecords.Put(listed, into);
    }
}
