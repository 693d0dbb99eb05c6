using System.Text;
using QuantumNet.Snapshots;
using QuantumNet.Topology;

namespace QuantumNet.Core.Tests.Counters;

/// <summary>Two samples of a real cloud, taken before and after its instance got a lease and pinged
/// (tests/fixtures/neutron-zed).</summary>
internal static class RenewalSamples
{
    private static readonly DateTime s_before = new(2026, 11, 22, 6, 5, 49, DateTimeKind.Utc);
    private static readonly DateTime s_after = new(2026, 11, 22, 6, 5, 55, DateTimeKind.Utc);

    public static Cloud Before(string variant) => Read(variant, s_before, (_, _) => true);

    /// <summary>The second sample; what <paramref name="stands"/> names (node, command) is that of the first,
    /// but for the rules and flows that count the instance's requests on its own node.</summary>
    public static Cloud After(string variant, Func<string, string, bool>? stands = null) =>
        Read(variant, s_after, stands ?? ((_, _) => false));

    public static QuantumPort InstancePort(Cloud cloud) => cloud.Records.Ports.Single(port => !port.IsDhcp);

    public static string NetworkOf(string variant) => variant switch
    {
        "hybrid+gre" => "ad395e7b-87b3-4fbf-ba9e-fa04468c1ea9",
        _ => Samples.Text($"neutron-zed/{variant}/netnode/ip-netns.txt").Split("qdhcp-")[1].Split(' ', '\n')[0],
    };

    private static Cloud Read(string variant, DateTime time, Func<string, string, bool> stands)
    {
        List<CommandOutput> outputs = [];
        foreach (string node in new[] { "compute1", "netnode" })
            outputs.AddRange(Outputs(variant, node, time, command => stands(node, command)));
        Cloud cloud = CloudReader.Read(new() { CollectedAt = time, Outputs = [.. outputs] });
        return new() { Nodes = cloud.Nodes, Records = RecordInference.Infer(cloud.Nodes), CollectedAt = time,
            Issues = cloud.Issues, Failures = cloud.Failures };
    }

    private static readonly string[] s_tables = ["Bridge", "Port", "Interface", "Controller", "Open_vSwitch"];

    private static IEnumerable<CommandOutput> Outputs(
        string variant, string node, DateTime time, Func<string, bool> stands)
    {
        string space = "qdhcp-" + NetworkOf(variant);
        (string File, string Command)[] files =
        [
            ("*/ip-s-link.txt", "ip -s -d link"), ("ip-addr.txt", "ip address"), ("ip-netns.txt", "ip netns"),
            ("*/qdhcp-ip-s-link.txt", $"ip netns exec {space} ip -s -d link"),
            ("qdhcp/ip-addr.txt", $"ip netns exec {space} ip address"),
            ("*/iptables-save-c.txt", "iptables-save -c"),
            (string.Join('+', s_tables.Select(table => $"ovs-vsctl-list-{table}.json")),
                "ovs-vsctl --format=json list Bridge -- list Port -- list Interface -- list Controller "
                    + "-- list Open_vSwitch"),
            ("*/dump-flows-br-int.txt", "ovs-ofctl dump-flows br-int"),
            ("*/dump-flows-br-tun.txt", "ovs-ofctl dump-flows br-tun"),
            ("ps-ef.txt", "ps -ef"), ("dnsmasq/host", $"cat /var/lib/neutron/dhcp/{space[6..]}/host"),
        ];
        foreach ((string file, string command) in files)
        {
            string[] paths = [.. file.Replace("*", stands(command) ? "before-dhcp" : "after-dhcp",
                StringComparison.Ordinal).Split('+').Select(name => $"neutron-zed/{variant}/{node}/{name}")];
            if (!File.Exists(Path.Combine(Samples.Folder, paths[0])))
                continue;
            string text = string.Join('\n', paths.Select(Samples.Text));
            if (time == s_after && stands(command) && node == "compute1" && !stands("requests"))
            {
                string later = file.Replace("*", "after-dhcp", StringComparison.Ordinal).Split('+')[0];
                text = WithRequests(text, Samples.Text($"neutron-zed/{variant}/{node}/{later}"));
            }
            yield return new() { ComputerName = node, Argv = command.Split(' '), ExitStatus = 0, StartedAt = time,
                StandardOutput = Encoding.UTF8.GetBytes(text) };
        }
    }

    private static string WithRequests(string before, string after)
    {
        string[] lines = before.Split('\n'), later = after.Split('\n');
        for (int i = 0; i < lines.Length && lines.Length == later.Length; i++)
        {
            if (later[i].Contains("--dport 67", StringComparison.Ordinal)
                || later[i].Contains("tp_dst=67", StringComparison.Ordinal))
                lines[i] = later[i];
        }
        return string.Join('\n', lines);
    }
}
