using System.Globalization;
using System.Text;
using QuantumNet.Parsing;
using QuantumNet.Parsing.Ovs;
using QuantumNet.Simulation.Bridge;
using QuantumNet.Simulation.OpenFlow;

namespace QuantumNet.Core.Tests.Simulation.OpenFlow;

/// <summary>A port of a case: settings as <c>ovs-vsctl set Port</c> takes them.</summary>
public sealed record CasePort(string Bridge, string Name, int Number, string[] Settings)
{
    public string? Setting(string key) =>
        Array.Find(Settings, setting => setting.StartsWith(key + "=", StringComparison.Ordinal))?[(key.Length + 1)..];

    public override string ToString() => $"port {Bridge} {Name} {Number} {string.Join(' ', Settings)}".TrimEnd();
}

/// <summary>A flow of a case.</summary>
public sealed record CaseFlow(string Bridge, string[] Match, string[] Actions)
{
    public string Text =>
        $"{string.Join(',', Match)} actions={(Actions.Length == 0 ? "drop" : string.Join(',', Actions))}";

    public override string ToString() => $"flow {Bridge} {Text}";
}

/// <summary>Bridges with ports and flows, and a packet: what is written by hand or generated, compared,
/// shrunk and printed. One line each: <c>port</c>, <c>flow</c>, <c>group</c>, <c>mac</c>, <c>bpdu</c>, <c>packet</c>,
/// <c>expect</c>, <c>unknown</c>.</summary>
public sealed record TraceCase
{
    public List<CasePort> Ports { get; init; } = [];
    public List<CaseFlow> Flows { get; init; } = [];
    public List<(string Bridge, string Text)> Groups { get; init; } = [];
    public List<(string Bridge, string Port, int Vlan, string Mac)> Macs { get; init; } = [];
    public List<string> Bpdu { get; init; } = [];
    public string Name { get; init; } = "";
    public string EntryBridge { get; init; } = "";
    public string[] Packet { get; init; } = [];

    /// <summary>Expected outputs, <c>BRIDGE:PORT VLANS</c>; null where nothing is said.</summary>
    public List<string>? Expected { get; init; }

    public string Version => Flows.Exists(flow => NeedsOpenFlow15(flow.Text)) ? "OpenFlow15" : "OpenFlow10";

    public IEnumerable<string> Bridges => Ports.Select(port => port.Bridge).Distinct();

    public string PacketText => string.Join(',', Packet);

    /// <summary>The bridges for the simulation; <paramref name="dump"/> gives a bridge's flows and
    /// <paramref name="dumpGroups"/> its groups, or the case's own are read.</summary>
    internal SwitchNode ToNode(Func<string, string>? dump = null, Func<string, string>? dumpGroups = null) =>
        new(Bridges.Select(bridge => ToBridge(bridge, dump, dumpGroups)));

    private SwitchBridge ToBridge(string bridge, Func<string, string>? dump, Func<string, string>? dumpGroups)
    {
        var issues = new List<ParseIssue>();
        var source = new TextSource("n1", $"ovs-ofctl dump-flows {bridge}", issues) { Bridge = bridge };
        string text = dump?.Invoke(bridge) ?? string.Join('\n', FlowsOf(bridge).Select(flow => " " + flow));
        List<OvsFlow> flows = OvsFlowParser.ParseAll(text, source);
        Assert.Empty(issues);
        IEnumerable<SwitchPort> ports = Ports.Where(port => port.Bridge == bridge).Select(ToPort);
        return new SwitchBridge(bridge, ports, flows)
        {
            ForwardsBpdu = Bpdu.Contains(bridge),
            Groups = FlowGroup.ByNumber(GroupsOf(bridge, dumpGroups)),
        }.WithMacs(Macs.Where(mac => mac.Bridge == bridge).Select(mac =>
            new OvsFdbEntry { Bridge = bridge, OfPort = mac.Port, Vlan = mac.Vlan, Mac = mac.Mac }));
    }

    private List<OvsGroup> GroupsOf(string bridge, Func<string, string>? dump)
    {
        var issues = new List<ParseIssue>();
        List<OvsGroup> groups = OvsGroupParser.ParseAll(dump?.Invoke(bridge) ??
            string.Join('\n', Groups.Where(group => group.Bridge == bridge).Select(group => group.Text)),
            new TextSource("n1", $"ovs-ofctl dump-groups {bridge}", issues) { Bridge = bridge });
        Assert.Empty(issues);
        return groups;
    }

    public IEnumerable<string> FlowsOf(string bridge) =>
        Flows.Where(flow => flow.Bridge == bridge).Select(flow => flow.Text);

    public static TraceCase Read(IEnumerable<string> lines)
    {
        var found = new TraceCase();
        foreach (string line in lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string rest = string.Join(' ', words[Math.Min(2, words.Length)..]);
            found = words[0] switch
            {
                "case" => found with { Name = string.Join(' ', words[1..]) },
                "port" => found.With(f => f.Ports.Add(
                    new(words[1], words[2], int.Parse(words[3], CultureInfo.InvariantCulture), words[4..]))),
                "flow" => found.With(f => f.Flows.Add(Flow(words[1], rest))),
                "group" => found.With(f => f.Groups.Add((words[1], rest))),
                "mac" => found.With(
                    f => f.Macs.Add((words[1], words[2], int.Parse(words[3], CultureInfo.InvariantCulture), words[4]))),
                "bpdu" => found.With(f => f.Bpdu.Add(words[1])),
                "packet" => found with { EntryBridge = words[1], Packet = [.. SplitItems(rest)] },
                "expect" => found with { Expected = [.. found.Expected ?? [], string.Join(' ', words[1..])] },
                _ => throw new FormatException($"not a line of a case: {line}"),
            };
        }
        return found;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        Ports.ForEach(port => text.AppendLine(port.ToString()));
        Groups.ForEach(group => text.AppendLine($"group {group.Bridge} {group.Text}"));
        Flows.ForEach(flow => text.AppendLine(flow.ToString()));
        Macs.ForEach(mac => text.AppendLine($"mac {mac.Bridge} {mac.Port} {mac.Vlan} {mac.Mac}"));
        Bpdu.ForEach(bridge => text.AppendLine($"bpdu {bridge}"));
        return text.AppendLine($"packet {EntryBridge} {PacketText}").ToString();
    }

    internal static List<string> SplitItems(string text)
    {
        var list = new List<string>();
        var items = new ItemReader(text);
        while (items.TryNext(out ReadOnlySpan<char> item))
            list.Add(item.ToString());
        return list;
    }

    private TraceCase With(Action<TraceCase> change)
    {
        change(this);
        return this;
    }

    private static CaseFlow Flow(string bridge, string text)
    {
        int at = text.IndexOf("actions=", StringComparison.Ordinal);
        return new CaseFlow(bridge, [.. SplitItems(text[..at])], [.. SplitItems(text[(at + "actions=".Length)..])]);
    }

    private static bool NeedsOpenFlow15(string flow) =>
        new[] { "write_actions", "goto_table", "clear_actions", "write_metadata", "group:", "push_vlan" }.Any(
            flow.Contains);

    private static SwitchPort ToPort(CasePort port) => SwitchPort.Of(new OvsPort
    {
        Bridge = port.Bridge,
        Device = port.Name,
        Tag = port.Setting("tag") is string tag ? int.Parse(tag, CultureInfo.InvariantCulture) : null,
        Trunks = [.. (port.Setting("trunks") ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)],
        VlanMode = port.Setting("vlan_mode") ?? "",
        OtherConfig = [.. port.Settings.Where(s => s.StartsWith("other_config:", StringComparison.Ordinal))
            .Select(s => s["other_config:".Length..])],
        Type = port.Setting("peer") is null ? "" : "patch",
        Peer = port.Setting("peer") ?? "",
    }, port.Number) with
    {
        IsProtected = port.Setting("protected") == "true",
        Config = port.Settings.Contains("no-flood") ? ["NO_FLOOD"] : [],
        IsLive = true,
        CustomerVlans = [.. (port.Setting("cvlans") ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)],
    };
}
