using QuantumNet.Parsing.Links;

namespace QuantumNet.Snapshots;

/// <summary>UDP listeners of each DHCP namespace: <c>ss</c>, and <c>netstat</c> where a node is too
/// old to have it.</summary>
public sealed class SocketCollector : ICollector
{
    /// <inheritdoc/>
    public string Name => "Socket";

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } =
    [
        new("ip", "netns", "exec", "{namespace}", "ss", "-lunp") { Scope = CommandScope.DhcpNamespace,
            IsReadOfNode = true },
        new("ip", "netns", "exec", "{namespace}", "netstat", "-lunp") { Scope = CommandScope.DhcpNamespace,
            IsReadOfNode = true },
    ];

    /// <inheritdoc/>
    public int Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (output.ExitStatus != 0)
            return 0;
        TextSource stamped = CommandNamespace.Stamp(output, source);
        bool isNetstat = CommandNamespace.Runs(output, "netstat");
        List<NodeSocket> sockets =
            isNetstat ? NetstatParser.ParseAll(output.Text, stamped) : SsParser.ParseAll(output.Text, stamped);
        if (!isNetstat)
            into.Sockets.RemoveAll(known => IsOf(known, stamped.Namespace, fromNetstat: true));
        if (!isNetstat || !into.Sockets.Exists(known => IsOf(known, stamped.Namespace, fromNetstat: false)))
            into.Sockets.AddRange(sockets);
        return sockets.Count;
    }

    private static bool IsOf(NodeSocket socket, string name, bool fromNetstat) =>
        socket.Namespace == name && socket.Command.Contains("netstat", StringComparison.Ordinal) == fromNetstat;
}
