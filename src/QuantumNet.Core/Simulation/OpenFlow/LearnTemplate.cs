using System.Globalization;
using System.Text;
using QuantumNet.Parsing.Ovs;

namespace QuantumNet.Simulation.OpenFlow;

/// <summary>What <c>learn(...)</c> makes a flow of.</summary>
internal sealed class LearnTemplate
{
    private const int DefaultPriority = 32768;

    // As ovs-ofctl prints them in OpenFlow 1.0's words.
    private static readonly Dictionary<PacketField, string> s_names = new()
    {
        [PacketFields.EthernetSource] = "dl_src", [PacketFields.EthernetDestination] = "dl_dst",
        [PacketFields.EthernetType] = "dl_type", [PacketFields.Ipv4Source] = "nw_src",
        [PacketFields.Ipv4Destination] = "nw_dst", [PacketFields.Protocol] = "nw_proto",
    };

    private readonly List<(FieldPart To, LearnSource From)> _matches = [];
    private readonly List<(FieldPart? To, string Text, LearnSource From)> _actions = [];
    private readonly List<string> _timeouts = [];
    private readonly List<string> _endings = [];

    private LearnTemplate()
    {
    }

    /// <summary>The table that it adds to.</summary>
    public int Table { get; private set; } = 1;

    /// <summary>The priority of what it adds.</summary>
    public int Priority { get; private set; } = DefaultPriority;

    /// <summary>The cookie of what it adds, as printed.</summary>
    public string Cookie { get; private set; } = "0x0";

    /// <summary>How many flows with its cookie the table may hold; null for any number.</summary>
    public int? Limit { get; private set; }

    /// <summary>The bit that tells whether the flow was added; null when none does.</summary>
    public FieldPart? Result { get; private set; }

    /// <summary>The part that is not modelled; empty when all is.</summary>
    public string NotModelled { get; private set; } = "";

    /// <summary>Reads the action's argument.</summary>
    public static LearnTemplate Read(string argument)
    {
        var template = new LearnTemplate();
        var items = new ItemReader(argument);
        while (items.TryNext(out ReadOnlySpan<char> item))
        {
            string text = item.ToString();
            if (!template.TrySetting(text) && !template.TryAction(text) && !template.TryMatch(text))
                template.NotModelled = text;
        }
        return template;
    }

    /// <summary>The first field that it reads of the packet and whose value is not known; null when all is.</summary>
    public PacketField? UnknownSource(Packet packet) => _matches.Select(match => match.From)
        .Concat(_actions.Select(action => action.From))
        .FirstOrDefault(source => source.Part is FieldPart part && packet.Unknown(part) != UInt128.Zero)
        .Part?.Field;

    /// <summary>The flow that it makes of a packet, in the words of <c>ovs-ofctl dump-flows</c>.</summary>
    public string Write(Packet packet)
    {
        string[] match = [.. MatchOf(packet)];
        string[] actions = [.. _endings.Count > 0 ? [$"fin_timeout({string.Join(',', _endings)})"]
            : Array.Empty<string>(), .. _actions.Select(action => action.To is null
                ? $"output:{action.From.Of(packet)}" : $"load:{Hex(action.From.Of(packet))}->{action.Text}")];
        return $" cookie={Cookie}, table={Table}, {string.Concat(_timeouts.Select(timeout => timeout + ", "))}"
            + $"priority={Priority}{string.Concat(match.Select(item => "," + item))} "
            + $"actions={(actions.Length == 0 ? "drop" : string.Join(',', actions))}";
    }

    private bool TrySetting(string item)
    {
        int end = item.IndexOf('=', StringComparison.Ordinal);
        string value = end < 0 ? "" : item[(end + 1)..];
        switch (end < 0 ? item : item[..end])
        {
            case "table" when ActionCompiler.TableNumber(value) is int table:
                Table = table;
                return true;
            case "priority" when TryNumber(value, out int priority):
                Priority = priority;
                return true;
            case "limit" when TryNumber(value, out int limit):
                Limit = limit > 0 ? limit : null;
                return true;
            case "cookie":
                Cookie = value;
                return true;
            case "idle_timeout" or "hard_timeout":
                _timeouts.Add(item);
                return true;
            case "fin_idle_timeout" or "fin_hard_timeout":
                _endings.Add(item["fin_".Length..]);
                return true;
            case "result_dst" when FieldPart.TryParse(value, out FieldPart result):
                Result = result;
                return true;
            default:
                return item is "send_flow_rem" or "delete_learned";
        }
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary><c>load:0->NXM_OF_VLAN_TCI[]</c>, <c>load:NXM_NX_TUN_ID[]->NXM_NX_TUN_ID[]</c>,
    /// <c>output:NXM_OF_IN_PORT[]</c>.</summary>
    private bool TryAction(string item)
    {
        if (item.StartsWith("output:", StringComparison.Ordinal)
            && FieldPart.TryParse(item.AsSpan("output:".Length), out FieldPart port))
        {
            _actions.Add((null, "", new LearnSource(port, 0)));
            return true;
        }
        int arrow = item.IndexOf("->", StringComparison.Ordinal);
        if (!item.StartsWith("load:", StringComparison.Ordinal) || arrow < 0
            || !FieldPart.TryParse(item.AsSpan(arrow + 2), out FieldPart to)
            || LearnSource.Read(item["load:".Length..arrow], to.Field) is not LearnSource from)
            return false;
        _actions.Add((to, item[(arrow + 2)..], from));
        return true;
    }

    /// <summary><c>NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[]</c>, <c>NXM_OF_VLAN_TCI[0..11]</c>, <c>eth_type=0x800</c>.
    /// </summary>
    private bool TryMatch(string item)
    {
        int end = item.IndexOf('=', StringComparison.Ordinal);
        if (!FieldPart.TryParse(end < 0 ? item : item[..end], out FieldPart to))
            return false;
        if (end < 0)
            _matches.Add((to, new LearnSource(to, 0)));
        else if (LearnSource.Read(item[(end + 1)..], to.Field) is LearnSource from)
            _matches.Add((to, from));
        else
            return false;
        return true;
    }

    private IEnumerable<string> MatchOf(Packet packet)
    {
        Dictionary<PacketField, (UInt128 Value, UInt128 Mask)> fields = [];
        foreach ((FieldPart to, LearnSource from) in _matches)
        {
            (UInt128 value, UInt128 mask) = fields.GetValueOrDefault(to.Field);
            UInt128 bits = to.Full << to.Start;
            fields[to.Field] = ((value & ~bits) | ((from.Of(packet) & to.Full) << to.Start), mask | bits);
        }
        return fields.Select(field => $"{NameOf(field.Key)}="
            + Form(field.Key, field.Value.Value)
            + (field.Value.Mask == field.Key.Full ? "" : $"/{Form(field.Key, field.Value.Mask)}"));
    }

    private static string NameOf(PacketField field) =>
        field.Form == FieldForm.Port ? "in_port" : s_names.GetValueOrDefault(field, field.Name);

    private static string Form(PacketField field, UInt128 value) => field.Form switch
    {
        FieldForm.Mac => PacketText.Mac((ulong)value),
        FieldForm.Ipv4 => PacketText.Ipv4((ulong)value),
        FieldForm.Ipv6 => PacketText.Ipv6(value),
        FieldForm.Port => value.ToString(CultureInfo.InvariantCulture),
        _ => field == PacketFields.VlanTci ? $"0x{value:x4}" : $"0x{value:x}",
    };

    private static string Hex(UInt128 value) => value == UInt128.Zero ? "0" : $"0x{value:x}";
}

/// <summary>What a learned flow takes a value from: bits of the packet, or a number.</summary>
/// <param name="Part">The bits; null for a number.</param>
/// <param name="Number">The number.</param>
internal readonly record struct LearnSource(FieldPart? Part, UInt128 Number)
{
    /// <summary>Reads it; null when it is neither.</summary>
    public static LearnSource? Read(string text, PacketField field) =>
        FieldText.TryValue(field.Form, text, out UInt128 number) ? new LearnSource(null, number)
        : FieldPart.TryParse(text, out FieldPart part) ? new LearnSource(part, 0) : null;

    /// <summary>The value that it has of a packet.</summary>
    public UInt128 Of(Packet packet) => Part is FieldPart part ? FieldWriter.Read(packet, part) : Number;
}
