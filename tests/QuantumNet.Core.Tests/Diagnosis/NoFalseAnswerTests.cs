using System.Text;
using QuantumNet.Diagnosis;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Diagnosis;

/// <summary>Takes each collector's outputs away from each snapshot, one collector at a time, and replaces them by what
/// nobody can read: no verdict may become Ok by that, and none may name another fault than the snapshot has.</summary>
public sealed class NoFalseAnswerTests
{
    private const string Noise = "zorp blimf 0x!! ][\nwhat is this}{ doing here\n\u00ff\u0001 zzz\n";
    private static readonly string s_root = Path.Combine(Samples.Folder, "..", "..");

    // Collectors of which no verdict on the path hangs, and why.
    private static readonly Dictionary<string, string> s_undecisive = new()
    {
        ["OvsFdb"] = "MAC tables show what was learned, not what the flows allow",
        ["LinuxBridgeMac"] = "what the request taught the bridge leads the reply",
        ["IpSet"] = "no rule names a set",
        ["OvsGroup"] = "no flow names a group",
        ["DhcpOption"] = "options change what a lease holds, not whether there is one",
        ["AgentLog"] = "logs of the agents explain; what they did is read from the node itself",
        ["AgentConfig"] = "settings are warnings only; what the agents made of them is read from the node itself",
        ["OpenFlowPort"] = "port numbers stand in the database as well",
        ["LinuxBridge"] = "ip link tells each device's bridge as well",
        ["NetworkNamespace"] = "a command that ran in the namespace shows that it is there",
        ["DhcpServer"] = "ps shows dnsmasq and its arguments as well",
        ["Nftables"] = "Open vSwitch's datapath in user space takes tunnels before the kernel's firewall can",
        ["Ip6tables"] = "no tunnel runs over IPv6",
        ["BridgeNetfilter"] = "where iptables accepts the packets, whether they meet it decides nothing",
    };

    public static TheoryData<string> Snapshots()
    {
        TheoryData<string> all = [];
        foreach (string sample in Directory.EnumerateFileSystemEntries(Path.Combine(s_root, "samples"), "*-*")
            .Order(StringComparer.Ordinal))
            all.Add(Path.GetRelativePath(s_root, sample));
        foreach (string zip in Directory.EnumerateFiles(Path.Combine(Samples.Folder, "snapshots"), "*.zip")
            .Order(StringComparer.Ordinal))
            all.Add(Path.GetRelativePath(s_root, zip));
        return all;
    }

    [Theory]
    [MemberData(nameof(Snapshots))]
    public void Outputs_taken_away_give_no_false_answer(string path) => Assert.Empty(FalseAnswers(path, _ => null));

    [Theory]
    [MemberData(nameof(Snapshots))]
    public void Outputs_that_nobody_can_read_give_no_false_answer(string path) =>
        Assert.Empty(FalseAnswers(path,
            output => output with { ExitStatus = 0, StandardOutput = Encoding.Latin1.GetBytes(Noise) }));

    private static List<string> FalseAnswers(string path, Func<CommandOutput, CommandOutput?> change)
    {
        QuantumSnapshot snapshot = SnapshotReader.Load(Path.Combine(s_root, path));
        Dictionary<string, DhcpPathResult> before = Verdicts(CloudReader.Read(snapshot), []);
        List<string> wrong = [];
        foreach (ICollector collector in Collectors.All)
        {
            QuantumSnapshot changed = snapshot with
            {
                Outputs =
                    [.. snapshot.Outputs.Select(output => output.Collector == collector.Name ? change(output) : output)
                        .OfType<CommandOutput>()],
            };
            Cloud cloud = CloudReader.Read(changed);
            foreach ((string port, DhcpPathResult after) in Verdicts(cloud, [.. before.Keys]))
            {
                if (IsFalse(before[port], after, Decides(snapshot, collector)) is { } why)
                    wrong.Add($"{collector.Name}: {port[..8]} was {before[port].Status} {before[port].Cause}, "
                        + $"is {after.Status} {after.Cause} ({why}): {after.Summary}");
            }
        }
        return wrong;
    }

    // Where none of its commands gave anything there was nothing to take away: Grizzly's dnsmasq keeps no leases file.
    private static bool Decides(QuantumSnapshot snapshot, ICollector collector) =>
        !s_undecisive.ContainsKey(collector.Name)
        && snapshot.Outputs.Any(output => output.Collector == collector.Name && output.StandardOutput.Length > 0);

    private static string? IsFalse(DhcpPathResult before, DhcpPathResult after, bool decides)
    {
        if (after.Status == DhcpPathStatus.Unknown)
            return null;
        if (before.Status == after.Status && before.Cause == after.Cause)
            return after.Status == DhcpPathStatus.Broken || !decides ? null : "its evidence is gone";
        return after.Status == DhcpPathStatus.Broken ? "another fault" : "better than it was";
    }

    private static Dictionary<string, DhcpPathResult> Verdicts(Cloud cloud, HashSet<string> only)
    {
        DhcpPathTester tester = new(cloud);
        return cloud.Records.Ports.Where(port => port.DeviceOwner.StartsWith("compute", StringComparison.Ordinal)
                && (only.Count == 0 || only.Contains(port.PortId)))
            .ToDictionary(port => port.PortId, tester.Test);
    }
}
