using System.Globalization;
using QuantumNet.Parsing.Dhcp;

namespace QuantumNet.Snapshots;

/// <summary>dnsmasq servers: exact arguments from /proc, parent and user from the processes,
/// the socket from the sockets.</summary>
public sealed class DhcpServerCollector : IFinishingCollector
{
    private const int ServerPort = 67;

    /// <inheritdoc/>
    public string Name => "DhcpServer";

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } =
        [new("cat", "/proc/{pid}/cmdline") { Scope = CommandScope.DnsmasqProcess, MaximumBytes = 256 * 1024 }];

    /// <inheritdoc/>
    public int Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (output.ExitStatus != 0 || output.StandardOutput.Length == 0)
            return 0;   // it ended between the list and the look
        int processId = ProcessIdOf(output.Argv);
        foreach (DhcpServer server in DnsmasqArgumentsParser.ParseAll(output.Text, source))
            into.DhcpServers.Add(server with { ProcessId = processId });
        return into.DhcpServers.Count;
    }

    /// <inheritdoc/>
    public void Finish(NodeState node)
    {
        var exact = new Dictionary<int, DhcpServer>();
        foreach (DhcpServer server in node.DhcpServers)
            exact[server.ProcessId] = server;
        List<DhcpServer> servers = Servers(node, exact);
        node.DhcpServers.Clear();
        foreach (DhcpServer server in servers)
            node.DhcpServers.Add(server with { IsListening = IsListening(node, server) });
    }

    private static List<DhcpServer> Servers(NodeState node, Dictionary<int, DhcpServer> exact)
    {
        List<DhcpServer> servers = DnsmasqArgumentsParser.FromProcesses(node.Processes);
        if (servers.Count == 0)
            return [.. exact.Values];
        for (int i = 0; i < servers.Count; i++)
        {
            DhcpServer told = servers[i];
            if (exact.TryGetValue(told.ProcessId, out DhcpServer? read))
                servers[i] = read with { ChildProcessIds = told.ChildProcessIds, User = told.User };
        }
        return servers;
    }

    /// <summary>Whether it holds UDP port 67 in its namespace; null when that namespace's sockets
    /// are not known.</summary>
    private static bool? IsListening(NodeState node, DhcpServer server)
    {
        bool isKnown = node.Has("Socket", server.Namespace);
        foreach (NodeSocket socket in node.Sockets)
        {
            if (socket.Namespace != server.Namespace)
                continue;
            isKnown = true;
            bool isOurs = socket.ProcessIds.Length == 0 || socket.ProcessIds.Contains(server.ProcessId)
                || socket.ProcessIds.Any(server.ChildProcessIds.Contains);
            if (isOurs && socket.LocalPort == ServerPort && socket.Protocol.StartsWith("udp", StringComparison.Ordinal))
                return true;
        }
        return isKnown ? false : null;
    }

    private static int ProcessIdOf(string[] argv)
    {
        foreach (string argument in argv)
        {
            string[] parts = argument.Split('/');
            if (parts is ["", "proc", var id, "cmdline"]
                && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int processId))
                return processId;
        }
        return 0;
    }
}
