using QuantumNet.Parsing.Links;

namespace QuantumNet.Snapshots;

/// <summary>UDP listeners of each DHCP namespace: <c>ss</c>, and <c>netstat</c> where a node is too old to have it.</summary>
public sealed class SocketCollector : ICollector
{
    /// <inheritdoc/>
    public string Name => "Socket";

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } =
    [
        new("ip", "netns", "exec", "{namespace}", "ss", "-lunp") { Scope = CommandScope.DhcpNamespace },
        new("ip", "netns", "exec", "{namespace}", "netstat", "-lunp") { Scope = CommandScope.DhcpNamespace },
    ];

    /// <inheritdoc/>
    public void Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (output.ExitStatus != 0)
            return;

        TextSource stamped = CommandNamespace.Stamp(output, source);
        if (!CommandNamespace.Runs(output, "netstat"))
        {
            into.Sockets.RemoveAll(known => IsOf(known, stamped.Namespace, fromNetstat: true));
            into.Sockets.AddRange(SsParser.ParseAll(output.Text, stamped));
        }
        else if (!into.Sockets.Exists(known => IsOf(known, stamped.Namespace, fromNetstat: false)))
            into.Sockets.AddRange(NetstatParser.ParseAll(output.Text, stamped));
    }

    private static bool IsOf(NodeSocket socket, string name, bool fromNetstat) =>
        socket.Namespace == name && socket.Command.Contains("netstat", StringComparison.Ordinal) == fromNetstat;
}
