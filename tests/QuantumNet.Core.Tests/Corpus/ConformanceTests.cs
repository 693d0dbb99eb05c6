using System.Text;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Corpus;

/// <summary>Evidence that is not there, or cannot be read: each collector's outputs are taken from each cloud of the
/// corpus, and replaced by noise. A verdict may become Unknown or stay what it was where that evidence decides nothing;
/// it is never Ok by luck, and no fault gets another's code.</summary>
public sealed class ConformanceTests
{
    private const string TakenAway = "taken away";
    private const string Unreadable = "unreadable";

    /// <summary>Evidence without which Ok may stay Ok, and why.</summary>
    private static readonly Dictionary<string, string> s_decidesNothing = new()
    {
        ["AgentConfig"] = "settings tell what an agent will do at its next start, not what the node does now",
        ["AgentLog"] = "what an agent said explains a fault; a packet does not meet it",
        ["BridgeNetfilter"] = "rules that accept the packet are no obstacle where nobody asks them",
        ["console"] = "what the guest said explains a fault; a packet does not meet it",
        ["DhcpEvent"] = "what dnsmasq said explains a fault; a packet does not meet it",
        ["DhcpLease"] = "dnsmasq gives an address that no lease holds, and its hosts file says which",
        ["DhcpOption"] = "options go with an address; none decides whether there is one",
        ["DhcpServer"] = "the list of processes holds the same command line",
        ["Ip6tables"] = "no tunnel of the corpus runs over IPv6",
        ["LinuxBridge"] = "the links tell their masters too",
        ["NetworkNamespace"] = "a command that ran in the namespace shows that it is there",
        ["Nftables"] = "Open vSwitch's datapath in user space takes tunnels before the kernel's firewall can",
        ["OpenFlowPort"] = "OVSDB tells the numbers too",
        ["OvsFdb"] = "a MAC that was not learned is flooded, which reaches its port as well",
        ["LinuxBridgeMac"] = "what the request taught the bridge leads the reply",
        ["IpSet"] = "no rule names a set",
        ["OvsGroup"] = "no flow names a group",
    };

    /// <summary>Records, which say what should be: a packet meets what the nodes hold, and of what is missing the nodes
    /// tell. What cannot be read of them is said, though.</summary>
    private static readonly string[] s_records = ["agent", "dhcp-agent", "instance", "network", "port",
        "security-group-rule", "subnet"];

    /// <summary>What was said, and only explains what the nodes show: without it the verdict names
    /// what they show.</summary>
    private static readonly string[] s_explains = ["AgentLog", "DhcpEvent", "console"];

    private static readonly (string Name, Func<CommandOutput, CommandOutput?> Change)[] s_losses =
    [
        (TakenAway, _ => null),
        (Unreadable,
            output => output with { StandardOutput = Encoding.UTF8.GetBytes("%!$ it went wrong\n\u0001\u0002 ~~~\n") }),
    ];

    /// <summary>The healthy clouds, and of the faults the first of each layer;
    /// every case of the corpus with QUANTUMNET_LONG=1.</summary>
    private static IEnumerable<CorpusCase> Clouds =>
        IsLong ? Right : Right.Where(one => one.IsHealthy && !one.Name.Contains('/'))
            .Concat(Right.Where(one => one.LeaseLost).DistinctBy(one => one.Fault[..3]));

    private static IEnumerable<CorpusCase> Right =>
        CorpusCase.All.Values.Where(one => one.KnownWrong.Length == 0).OrderBy(one => one.Name, StringComparer.Ordinal);

    private static bool IsLong => Environment.GetEnvironmentVariable("QUANTUMNET_LONG") == "1";

    [Fact]
    public void What_was_not_shown_is_not_Ok_and_no_fault_gets_anothers_code()
    {
        SortedSet<string> wrong = new(StringComparer.Ordinal);
        Parallel.ForEach(Clouds, one =>
        {
            foreach (string violation in Violations(one))
            {
                lock (wrong)
                    wrong.Add(violation);
            }
        });
        PendingList.AssertOnly(wrong);
    }

    [Fact]
    public void Who_decides_nothing_is_a_collector() =>
        Assert.Subset(Collectors.All.Select(collector => collector.Name).Append("console").ToHashSet(),
            s_decidesNothing.Keys.ToHashSet());

    private static IEnumerable<string> Violations(CorpusCase one)
    {
        QuantumSnapshot snapshot = one.Load();
        string port = one.Ports[0];
        DhcpPathResult whole = Contract.Judge(snapshot, [port])[0];
        foreach (string collector in snapshot.Outputs.Concat(snapshot.RecordOutputs)
            .Select(output => output.Collector).Distinct())
        {
            foreach ((string loss, Func<CommandOutput, CommandOutput?> change) in s_losses)
            {
                DhcpPathResult without = Contract.Judge(Without(snapshot, collector, change), [port])[0];
                bool isAllowed = IsAllowed(whole, without, DecidesNothing(collector, loss, without))
                    || (s_explains.Contains(collector) && IsExplained(whole, without));
                if (!isAllowed)
                    yield return $"{one.Name}\t{collector} {loss}\t{without.Status} {without.Cause}".TrimEnd();
            }
        }
    }

    private static bool DecidesNothing(string collector, string loss, DhcpPathResult without) =>
        s_decidesNothing.ContainsKey(collector)
        || (s_records.Contains(collector)
            && (loss == TakenAway || Array.Exists(without.Findings, finding => finding.Code == "QN9001")));

    private static bool IsAllowed(DhcpPathResult whole, DhcpPathResult without, bool decidesNothing) =>
        without.Status switch
        {
            DhcpPathStatus.Unknown => true,
            // Without the evidence for a warning the lease is still shown to be given.
            DhcpPathStatus.Ok => whole.Status is DhcpPathStatus.Ok or DhcpPathStatus.Degraded && decidesNothing,
            _ => without.Status == whole.Status && without.Cause == whole.Cause,
        };

    private static bool IsExplained(DhcpPathResult whole, DhcpPathResult without) => without.Status == whole.Status
        && Array.Exists(whole.Findings, finding => finding.Code == without.Cause && finding.CausedBy == whole.Cause);

    private static QuantumSnapshot Without(
        QuantumSnapshot snapshot, string collector, Func<CommandOutput, CommandOutput?> change)
    {
        CommandOutput[] Changed(CommandOutput[] outputs) =>
            [.. outputs.Select(output => output.Collector == collector ? change(output) : output)
                .OfType<CommandOutput>()];
        return snapshot with { Outputs = Changed(snapshot.Outputs), RecordOutputs = Changed(snapshot.RecordOutputs) };
    }
}
