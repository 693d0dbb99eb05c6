using System.Globalization;
using QuantumNet.Core.Tests.Capture;
using QuantumNet.Parsing;
using QuantumNet.Parsing.Iptables;
using QuantumNet.Simulation;
using QuantumNet.Simulation.Iptables;

namespace QuantumNet.Core.Tests.Simulation;

/// <summary>Drawn rules and packets: the kernel's counters tell which rules a packet met,
/// and ours are the same.</summary>
public sealed class IptablesDifferentialTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int PacketsPerCase = 10;
    private static readonly int s_cases = Environment.GetEnvironmentVariable("QUANTUMNET_LONG") == "1" ? 110 : 20;

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Drawn_packets_meet_the_rules_that_the_kernel_counts(bool isSix)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.UserName == "root", "namespaces need root on Linux");
        string tables = isSix ? "ip6tables" : "iptables";
        foreach (string program in (string[])["ip", $"{tables}-restore", $"{tables}-save"])
            Skip.IfNot(Tool.IsThere(program), $"{program} is not installed");
        int first = int.Parse(Environment.GetEnvironmentVariable("QUANTUMNET_SEED") ?? "1000",
            CultureInfo.InvariantCulture);
        using var lab = new IptablesLab(isSix);
        List<string> differences = [];
        Dictionary<IptablesOutcome, int> outcomes = [];
        for (int seed = first; seed < first + s_cases; seed++)
            Run(lab, new IptablesCase(seed, isSix, lab.Sets is not null), seed, outcomes, differences);

        string tally = $"{outcomes.Values.Sum()} packets, {differences.Count} differ; {string.Join(", ", outcomes)}";
        output.WriteLine(tally);
        Assert.True(differences.Count == 0, $"{tally}\n{string.Join("\n\n", differences.Take(5))}");
        Assert.All((IptablesOutcome[])[IptablesOutcome.Accepted, IptablesOutcome.Dropped, IptablesOutcome.Rejected],
            outcome => Assert.True(outcomes.GetValueOrDefault(outcome) > 0, tally));
        Assert.True(outcomes.GetValueOrDefault(IptablesOutcome.Unknown) * 20 < outcomes.Values.Sum(), tally);
    }

    private static void Run(
        IptablesLab lab, IptablesCase drawn, int seed, Dictionary<IptablesOutcome, int> outcomes,
        List<string> differences)
    {
        lab.Restore(drawn.Text);
        List<IptablesRule> rules = lab.Save();
        for (int i = 0; i < PacketsPerCase; i++)
        {
            (FilteredPacket packet, string way) = drawn.Packet();
            IptablesSave save = lab.SaveAll();
            (IptablesOutcome outcome, List<string> met) = Follow(new IptablesSimulator(
                new(save.Chains, save.Rules) { Sets = lab.Sets ?? [] }), packet, way);
            lab.Send(packet, way);
            List<string> counted = IptablesLab.Counted(save.Rules, lab.Save());
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            met.Sort(StringComparer.Ordinal);
            counted.Sort(StringComparer.Ordinal);
            if (outcome != IptablesOutcome.Unknown && !met.SequenceEqual(counted))
                differences.Add($"seed {seed}, packet {i}, {way}: {packet}\nours, {outcome}:\n"
                    + $"  {string.Join("\n  ", met)}\n"
                    + $"kernel's:\n  {string.Join("\n  ", counted)}\n{drawn.Text}");
        }
    }

    private static (IptablesOutcome Outcome, List<string> Met) Follow(
        IptablesSimulator simulator, FilteredPacket packet, string way)
    {
        IptablesTraversal before = simulator.Through(packet, IptablesHook.Prerouting);
        List<string> met = [.. before.Met.Select(IptablesLab.NameOf)];
        bool isSentElsewhere = before.Packet.Destination != packet.Destination;
        if (before.Outcome != IptablesOutcome.Accepted)
            return (before.Outcome, met);
        if (isSentElsewhere && packet.IsBridged)
            return (IptablesOutcome.Unknown, met);
        FilteredPacket next = isSentElsewhere ? before.Packet with { OutDevice = "out0" } : before.Packet;
        IptablesTraversal after = way == "host" && !isSentElsewhere ? simulator.Through(next, IptablesHook.Input)
            : simulator.Through(next, IptablesHook.Forward, IptablesHook.Postrouting);
        met.AddRange(after.Met.Select(IptablesLab.NameOf));
        if (way != "flooded")
            return (after.Outcome, met);
        // What is flooded goes to the bridge's own host too, as a second packet of the same connection.
        IptablesTraversal up = simulator.Through(
            next with { OutDevice = "", ConnectionMark = after.Packet.ConnectionMark }, IptablesHook.Input);
        met.AddRange(up.Met.Select(IptablesLab.NameOf));
        return (up.Outcome == IptablesOutcome.Unknown ? up.Outcome : after.Outcome, met);
    }

    [Fact]
    public void Packet_that_nat_sends_elsewhere_is_not_told_before_it_is_routed_anew()
    {
        IptablesTraversal traversal = Simulate("*nat\n:PREROUTING ACCEPT [0:0]\n"
            + "-A PREROUTING -p udp -m udp --dport 53 -j DNAT --to-destination 10.2.0.9:67\nCOMMIT\n").ToHost(s_query);
        Assert.Equal(IptablesOutcome.Unknown, traversal.Outcome);
        Assert.Equal("DNAT", traversal.Doubt?.Target);
        Assert.Equal(67, traversal.Packet.DestinationPort);
    }

    [Theory]
    [InlineData("-m set --match-set known src -j ACCEPT", "ACCEPT", "Accepted")]
    [InlineData("-m set --match-set known src -j DROP", "ACCEPT", "Dropped")]
    [InlineData("-m set ! --match-set known src -j DROP", "ACCEPT", "Accepted")]
    [InlineData("-m set --match-set other src -j DROP", "ACCEPT", "Unknown")]
    [InlineData("-m set --match-set other src -j DROP", "DROP", "Dropped")]
    [InlineData("-m limit --limit 1/min -j ACCEPT", "DROP", "Unknown")]
    [InlineData("-m limit --limit 1/min -j LOG", "DROP", "Dropped")]
    [InlineData("-j NFQUEUE --queue-num 0", "ACCEPT", "Unknown")]
    [InlineData("-m limit --limit 1/min -g aside", "ACCEPT", "Unknown")]
    [InlineData("-m limit --limit 1/min -j RETURN\n-A INPUT -j DROP", "ACCEPT", "Unknown")]
    [InlineData("-j other\n-A other -m limit --limit 1/min -j RETURN\n-A other -j DROP\n-A INPUT -j ACCEPT", "DROP",
        "Unknown")]
    [InlineData("-m limit --limit 1/min -j other\n-A other -j LOG", "DROP", "Dropped")]
    [InlineData("-m rpfilter --invert -j DROP", "ACCEPT", "Unknown")]
    [InlineData("-m socket -j ACCEPT", "DROP", "Unknown")]
    [InlineData("-m conntrack --ctstate RELATED,ESTABLISHED,DNAT -j ACCEPT", "DROP", "Dropped")]
    public void Rule_that_cannot_be_told_leaves_open_only_what_it_may_change(
        string rule, string policy, string expected)
    {
        IptablesSimulator simulator = Simulate($"*filter\n:INPUT {policy} [0:0]\n:aside - [0:0]\n:other - [0:0]\n"
            + $"-A INPUT {rule}\n"
            + "-A aside -j DROP\nCOMMIT\n",
            "create known hash:net family inet\nadd known 10.1.0.0/24\nadd known 10.1.0.9 nomatch\n");
        IptablesTraversal traversal = simulator.ToHost(s_query);
        Assert.Equal(expected, traversal.Outcome.ToString());
        Assert.Equal(expected == "Unknown", traversal.Doubt is not null);
    }

    [Fact]
    public void Doubt_is_about_the_rule_that_may_decide_and_not_one_that_only_logs() =>
        Assert.Equal("ACCEPT", Simulate("*filter\n:INPUT DROP [0:0]\n-A INPUT -m limit --limit 1/min -j LOG\n"
            + "-A INPUT -m limit --limit 2/min -j ACCEPT\nCOMMIT\n").ToHost(s_query).Doubt?.Target);

    [Theory]
    [InlineData("fd00::5", "fd00::1", "-s fd00::/64", true)]
    [InlineData("fd00::5", "fd00::1", "-s fd01::/64", false)]
    [InlineData("fd00::5", "fd00::1", "! -d fd00::2/128", true)]
    [InlineData("fd00::5", "fd00::1", "-m iprange --src-range fd00::4-fd00::5", true)]
    [InlineData("fd00::5", "ff02::1", "-m addrtype --dst-type MULTICAST", true)]
    [InlineData("fd00::5", "fd00::1", "-m addrtype --dst-type MULTICAST", false)]
    [InlineData("fd00::5", "fd00::1", "-m set --match-set six src", true)]
    [InlineData("10.1.0.5", "10.1.0.1", "-m set --match-set six src", false)]
    public void Rule_for_addresses_of_IPv6_matches_packets_of_IPv6(
        string source, string destination, string guard, bool matches)
    {
        IptablesTraversal traversal = Simulate($"*filter\n:INPUT ACCEPT [0:0]\n-A INPUT {guard} -j DROP\nCOMMIT\n",
            "create six hash:net family inet6\nadd six fd00::/64\n").ToHost(s_query with
            {
                Source = HostAddress.Parse(source), Destination = HostAddress.Parse(destination),
            });
        Assert.Equal(matches ? IptablesOutcome.Dropped : IptablesOutcome.Accepted, traversal.Outcome);
    }

    private static readonly FilteredPacket s_query = new()
    {
        Protocol = 17, Source = HostAddress.Of(0x0a010005), Destination = HostAddress.Of(0x0a010001),
        SourcePort = 40000, DestinationPort = 53,
        InDevice = "in0", State = ConntrackState.New, FrameKind = "unicast",
    };

    private static IptablesSimulator Simulate(string rules, string sets = "")
    {
        IptablesSave save = IptablesSaveParser.ParseAll(rules, new TextSource("host", "iptables-save", []));
        return new(new IptablesTables(save.Chains, save.Rules) 
        {
            Sets = AddressSet.ByName(IpSetParser.ParseAll(sets, new TextSource("host", "ipset save", []))),
        });
    }
}
