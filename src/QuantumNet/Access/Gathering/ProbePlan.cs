using QuantumNet.Access.Capture;
using QuantumNet.Diagnosis;
using QuantumNet.Observations.Captures;
using QuantumNet.Observations.Connections;
using QuantumNet.Snapshots;

namespace QuantumNet.Access.Gathering;

/// <summary>What a node is asked to tell whether it can be used: some commands that run, and all that collectors and
/// cmdlets would run, which are only asked about. Place-holders stand for something made up that the rules of
/// <c>quantumnet --sudoers</c> take.</summary>
internal sealed class ProbePlan
{
    private const string Network = NodeProbe.MadeUpNetwork;
    private const int RouterGroups = 10;
    private static readonly string s_folder = ServicePlaces.DhcpFolders[0];

    private static readonly CommandTemplate[] s_facts =
    [
        new("id", "-un"), new("id", "-u"), new("uname", "-r"), new("cat", "/etc/os-release"),
    ];

    // list-br as the gatherer's own lookup runs it: sudo's rules have it with this deadline.
    private static readonly CommandTemplate[] s_nodeFacts =
    [
        .. s_facts, new("ovs-vsctl", "--version"), new("iptables", "--version"), new("ip", "-V"),
        new("tcpdump", "--version"), new("dnsmasq", "--version"), new("nft", "--version"),
        new("ovs-vsctl", "list-br") { TimeoutSeconds = 10 },
    ];

    private readonly List<(string Collector, int Group, bool IsMadeUp)> _wanted = [];

    private ProbePlan(IReadOnlyList<CommandTemplate> facts)
    {
        Facts = facts;
        Templates = [.. facts];
    }

    /// <summary>The commands that run.</summary>
    public IReadOnlyList<CommandTemplate> Facts { get; }

    /// <summary>All commands, those that run first.</summary>
    public List<CommandTemplate> Templates { get; }

    /// <summary>Whether a command is about something that need not be there.</summary>
    public bool IsMadeUp(int number) => number >= Facts.Count && _wanted[number - Facts.Count].IsMadeUp;

    /// <summary>What to ask a node of some roles.</summary>
    /// <param name="roles">Its roles; none where they are not known. A controller alone is only reached: no collector
    /// runs there.</param>
    /// <exception cref="QuantumException">A command is not on the allow-list: nothing is run then.</exception>
    public static ProbePlan For(params string[] roles)
    {
        bool isGathered = roles is not ["controller"];
        var plan = new ProbePlan(isGathered ? s_nodeFacts : s_facts);
        if (isGathered)
        {
            foreach (ICollector collector in Collectors.All)
                plan.Add(collector);
            plan.AddOwn();
            if (roles.Length == 0 || roles.Contains("network", StringComparer.OrdinalIgnoreCase))
                plan.AddReachability();
        }
        plan.Templates.ForEach(AllowList.Demand);
        return plan;
    }

    /// <summary>The answers, as what the look at the node showed.</summary>
    public NodeProbe Read(NodeProbe probe, CommandOutput[] outputs)
    {
        // A node whose connection ended before has told nothing.
        CommandOutput[] told = [.. outputs.Where(output => output.ExitStatus is not null || output.TimedOut)];
        if (told.Length < Templates.Count)
            return probe with { Facts = [.. told.Take(Facts.Count)] };
        return probe with
        {
            Facts = [.. outputs.Take(Facts.Count)],
            Commands = [.. outputs.Skip(Facts.Count).Select((output, number) => new ProbedCommand(
                _wanted[number].Collector, _wanted[number].Group, output,
                AllowList.NeedsRoot(Templates[Facts.Count + number].Argv)))],
        };
    }

    private void Add(ICollector collector)
    {
        foreach (CommandTemplate template in collector.Commands)
        {
            // What the node itself or its files tell is one matter; each kind of subject is another.
            CommandScope group = template.Scope == CommandScope.File ? CommandScope.Node : template.Scope;
            string file = template.FilePatterns.Length > 0 ? Sample(template.FilePatterns[0]) : "";
            string[] argv = Array.ConvertAll(template.Argv, argument => Fill(argument, file));
            Add(collector.Name, (int)group, argv, template.TimeoutSeconds, !argv.SequenceEqual(template.Argv));
        }
    }

    /// <summary>What cmdlets run beside collectors.</summary>
    private void AddOwn()
    {
        foreach (CommandTemplate settle in FlowCounters.Settle.Take(1))
            Add("Measure-DhcpCounter", 0, settle.Argv, settle.TimeoutSeconds, isMadeUp: false);
        Add("Trace-OvsFlow", 0, ["ovs-appctl", "ofproto/trace", "br-int", "in_port=1"], 20, isMadeUp: true);
        Add("Test-OvsTunnel", 0, ["ping", "-n", "-c", "1", "127.0.0.1"], 20, isMadeUp: true);
        var limits = new CaptureLimits(60, 1);
        foreach (string inside in (string[])["", $"qdhcp-{Network}"])
        {
            var point = new TracePoint
            {
                ComputerName = "", Device = "br-int", Namespace = inside, Component = HopComponent.OvsBridge,
            };
            string[] command = new CaptureTap(point).Command(limits, CaptureScript.MarkBase);
            Add("Trace-DhcpPacket", inside.Length, command, limits.DurationSeconds, isMadeUp: true);
        }
    }

    /// <summary>What is sent from a network's DHCP namespace and from its router's, whose devices are looked at for
    /// that.</summary>
    private void AddReachability()
    {
        AddReachability($"qdhcp-{Network}", 0);
        AddReachability($"qrouter-{Network}", RouterGroups);
        Add("Test-InstanceReachability", 2 * RouterGroups,
            ["ip", "netns", "exec", $"qrouter-{Network}", "ip", "address"], 20, isMadeUp: true);
    }

    private void AddReachability(string space, int groups)
    {
        foreach (ReachabilityQuestion question in
            ReachabilityQuestion.All("", space, "tap0", "10.0.0.1", tcpPort: 22, count: 1))
        {
            foreach (string[] argv in (string[][])[question.Argv, question.InsteadArgv])
            {
                if (argv.Length > 0)
                    Add("Test-InstanceReachability", groups + (int)question.Kind, argv, 20, isMadeUp: true);
            }
        }
    }

    private void Add(string collector, int group, string[] argv, int timeoutSeconds, bool isMadeUp)
    {
        _wanted.Add((collector, group, isMadeUp));
        Templates.Add(new CommandTemplate(argv) { TimeoutSeconds = timeoutSeconds });
    }

    private static string Fill(string argument, string file) => argument
        .Replace("{folder}", $"{s_folder}/{Network}", StringComparison.Ordinal)
        .Replace("{namespace}", $"qdhcp-{Network}", StringComparison.Ordinal)
        .Replace("{network}", Network, StringComparison.Ordinal)
        .Replace("{pid}", "1", StringComparison.Ordinal).Replace("{family}", "ip", StringComparison.Ordinal)
        .Replace("{table}", "filter", StringComparison.Ordinal).Replace("{bridge}", "br-int", StringComparison.Ordinal)
        .Replace("{file}", file, StringComparison.Ordinal);

    /// <summary>A file that fits a shell pattern.</summary>
    private static string Sample(string pattern) => pattern.Replace("[0-9]", "1", StringComparison.Ordinal)
        .Replace('?', '1').Replace('*', '1');
}
