using System.Text;

namespace QuantumNet.Benchmarks.Fleet;

/// <summary>What a node of DHCP servers prints besides: its namespaces and what dnsmasq runs on in each.</summary>
internal sealed class FleetServers
{
    private const string Folder = "hybrid+vxlan/netnode";
    private const int RecordedProcess = 270, FirstProcess = 3000;

    private static readonly string[] s_process = [$"[{RecordedProcess}]", $" {RecordedProcess} ",
        $"pid={RecordedProcess},"];

    private readonly RecordedText _namespaces, _processes, _addresses, _links, _iptables, _sockets, _arguments;
    private readonly RecordedText _hosts, _leases, _options, _log;

    /// <summary>Reads what was recorded on the node of the DHCP server.</summary>
    public FleetServers()
    {
        string[] server = [.. Recording.ServerPort, .. s_process];
        _namespaces = new RecordedText(Lines("ip-netns.txt"), server);
        _processes = new RecordedText(Lines("ps-ef.txt"), server);
        _links = new RecordedText(Recording.LinkLines($"{Folder}/qdhcp"), server, line => char.IsAsciiDigit(line[0]));
        _addresses = new RecordedText(Lines("qdhcp/ip-addr.txt"), server, line => char.IsAsciiDigit(line[0]));
        _iptables = new RecordedText(Lines("qdhcp/iptables-save-c.txt"), []);
        _sockets = new RecordedText(Lines("qdhcp/ss-lunp.txt"), server);
        _arguments = new RecordedText(Lines("dnsmasq/cmdline.txt"), server);
        _options = new RecordedText(Lines("dnsmasq/opts"), server);
        _hosts = new RecordedText(Lines("dnsmasq/host"), Recording.HybridPort);
        _leases = new RecordedText(Lines("dnsmasq/leases"), Recording.HybridPort);
        _log = new RecordedText(Lines("dnsmasq/syslog-dnsmasq.txt"), [.. server, .. Recording.HybridPort]);
    }

    /// <summary>What such a node prints besides what every node does.</summary>
    public IEnumerable<(string Command, string Text)> Of(FleetNode node)
    {
        string[][] servers = [.. node.Ports.Select(Words)];
        yield return ("ps -efww", _processes.For(servers));
        yield return ("ip netns", _namespaces.For(servers));
        yield return ("cat /etc/neutron/dhcp_agent.ini", Recording.Text($"{Folder}/conf/dhcp_agent.ini"));
        var log = new StringBuilder();
        foreach (FleetPort server in node.Ports)
        {
            foreach ((string command, string text) in OfNetwork(server))
                yield return (command, text);
            Log(log, server);
        }
        yield return ("grep -a dnsmasq /var/log/syslog", log.ToString());
    }

    private IEnumerable<(string Command, string Text)> OfNetwork(FleetPort server)
    {
        string space = $"ip netns exec qdhcp-{server.Network.Id}";
        string files = $"cat /var/lib/neutron/dhcp/{server.Network.Id}";
        string[][] words = [Words(server)];
        yield return ($"{space} ip -s -d link", _links.For(words));
        yield return ($"{space} ip address", _addresses.For(words));
        yield return ($"{space} iptables-save -c", _iptables.For([]));
        yield return ($"{space} ss -lunp", _sockets.For(words));
        yield return ($"cat /proc/{ProcessOf(server)}/cmdline", _arguments.For(words).Replace('\n', '\0'));
        string[][] clients = [.. server.Network.Ports.Where(port => port.Fault != FleetFault.NotInHostFile)
            .Select(port => port.Words)];
        yield return ($"{files}/host", _hosts.For(clients));
        yield return ($"{files}/leases", _leases.For(clients));
        yield return ($"{files}/opts", _options.For(words));
    }

    private void Log(StringBuilder log, FleetPort server)
    {
        string[] own = Words(server);
        _log.Write(log, [.. server.Network.Ports.Select(port => (string[])[.. own, .. port.Words])]);
    }

    private static string[] Words(FleetPort server)
    {
        int process = ProcessOf(server);
        return [.. server.Words, $"[{process}]", $" {process} ", $"pid={process},"];
    }

    private static int ProcessOf(FleetPort server) => FirstProcess + server.OfPort;

    private static string[] Lines(string file) => Recording.Lines($"{Folder}/{file}");
}
