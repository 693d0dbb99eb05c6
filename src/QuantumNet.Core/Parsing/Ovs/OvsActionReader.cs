using System.Buffers;
using System.Globalization;

namespace QuantumNet.Parsing.Ovs;

/// <summary>Takes a flow's actions apart (ovs-actions(7)): <c>mod_vlan_vid:2,resubmit(,10)</c>.
/// Each gets one name whatever the dialect:
/// <list type="bullet">
/// <item>a port, bare or as <c>output:2</c> (which may be written <c>output=2</c>), with or without quotes:
/// <c>output</c> with the port as argument (<c>LOCAL</c> and <c>IN_PORT</c> too);</item>
/// <item><c>NORMAL</c>, <c>FLOOD</c>, <c>ALL</c>, <c>TABLE</c> stand for themselves;
/// <c>CONTROLLER:65535</c> is <c>controller</c>;</item>
/// <item><c>pop_vlan</c> is <c>strip_vlan</c>, <c>set_tunnel64</c> is <c>set_tunnel</c>;
/// no action at all is <c>drop</c>.</item>
/// </list></summary>
public static class OvsActionReader
{
    private const int MaximumDepth = 32;

    /// <summary>The outputs to ports of low numbers, one for all flows: every flood names each port of its network or
    /// each tunnel of its node.</summary>
    private static readonly OvsAction?[] s_outputs = new OvsAction?[1024];

    private static readonly SearchValues<char> s_actionLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz_");

    /// <summary>The top-level actions as printed.</summary>
    public static string[] Split(string actions)
    {
        var list = new List<string>();
        var items = new ItemReader(actions);
        while (items.TryNext(out ReadOnlySpan<char> item))
            list.Add(item.ToString());
        return list.Count == 0 ? ["drop"] : [.. list];
    }

    /// <summary>The actions, taken apart.</summary>
    public static OvsAction[] Read(string actions)
    {
        OvsAction[] list = ReadList(actions, 0);
        return list.Length == 0 ? [new OvsAction { Name = "drop", RawText = "drop" }] : list;
    }

    private static OvsAction[] ReadList(ReadOnlySpan<char> actions, int depth)
    {
        var list = new List<OvsAction>();
        var items = new ItemReader(actions);
        while (items.TryNext(out ReadOnlySpan<char> item))
            list.Add(ReadOne(item, depth));
        return [.. list];
    }

    private static OvsAction ReadOne(ReadOnlySpan<char> text, int depth) => text.StartsWith("output:")
        && int.TryParse(text["output:".Length..], NumberStyles.None, null, out int port) && port < s_outputs.Length
        && text["output:".Length] != '0'
            ? s_outputs[port] ??= Read(text, depth) : Read(text, depth);

    private static OvsAction Read(ReadOnlySpan<char> text, int depth)
    {
        int nameEnd = text.StartsWith("\"") ? -1 : text.IndexOfAny(':', '(', '=');
        ReadOnlySpan<char> word = nameEnd < 0 ? text : text[..nameEnd];
        ReadOnlySpan<char> argument = nameEnd < 0 ? default : Argument(text[nameEnd..]);
        string name = CanonicalName(word);
        if (ReservedPort(name, ref argument) is string port)
            name = port;
        else if (nameEnd < 0 && IsPort(word))
        {
            name = "output";
            argument = word;
        }
        return new OvsAction
        {
            Name = name,
            Argument = name == "output" ? OvsNames.Unquoted(argument) : argument.ToString(),
            Nested = depth < MaximumDepth ? Nested(name, argument, depth + 1) : [],
            RawText = text.ToString(),
        };
    }

    /// <summary>What follows a name: <c>:2</c> is 2, <c>(,10)</c> is <c>,10</c>, <c>(1500)->NXM_NX_REG0[0]</c>
    /// is <c>1500->NXM_NX_REG0[0]</c>.</summary>
    private static ReadOnlySpan<char> Argument(ReadOnlySpan<char> text)
    {
        if (text[0] is ':' or '=')
            return text[1..];
        if (text[^1] == ')')
            return text[1..^1];
        int close = text.LastIndexOf(')');
        return close < 0 ? text[1..] : string.Concat(text[1..close], text[(close + 1)..]);
    }

    private static string CanonicalName(ReadOnlySpan<char> word) => word switch
    {
        "pop_vlan" => "strip_vlan",
        "set_tunnel64" => "set_tunnel",
        "CONTROLLER" => "controller",
        "reg_load" => "load",
        "reg_move" => "move",
        "stack_push" => "push",
        "stack_pop" => "pop",
        _ => OvsNames.Shared(word),
    };

    /// <summary>The action that a reserved port's name stands for, bare or behind <c>output:</c>;
    /// null when it is none.</summary>
    private static string? ReservedPort(string name, ref ReadOnlySpan<char> argument)
    {
        bool isOutput = name == "output";
        ReadOnlySpan<char> port = isOutput ? argument : name;
        if (port.Equals("LOCAL", StringComparison.OrdinalIgnoreCase)
            || port.Equals("IN_PORT", StringComparison.OrdinalIgnoreCase))
        {
            argument = port[0] is 'l' or 'L' ? "LOCAL" : "IN_PORT";
            return "output";
        }
        foreach (string reserved in s_reserved)
        {
            if (!port.Equals(reserved, StringComparison.OrdinalIgnoreCase))
                continue;
            if (isOutput)
                argument = default;
            return reserved;
        }
        return null;
    }

    private static readonly string[] s_reserved = ["NORMAL", "FLOOD", "ALL", "TABLE"];

    private static bool IsPort(ReadOnlySpan<char> word)
    {
        if (word.StartsWith("\""))
            return true;
        return OvsVocabulary.Actions.Find(word) == FlowWord.Unknown
            && word.IndexOfAnyExcept(s_actionLetters) >= 0;   // no action's name has anything else and no argument
    }

    private static OvsAction[] Nested(string name, ReadOnlySpan<char> argument, int depth) => name switch
    {
        "clone" or "write_actions" or "apply_actions" => ReadList(argument, depth),
        "learn" => ReadSettings(argument, depth),
        "ct" => ReadSettings(argument, depth),
        _ => [],
    };

    /// <summary>The actions among the settings of learn(...) (load, output) and ct(...) (nat,
    /// and those of exec).</summary>
    private static OvsAction[] ReadSettings(ReadOnlySpan<char> settings, int depth)
    {
        var list = new List<OvsAction>();
        var items = new ItemReader(settings);
        while (items.TryNext(out ReadOnlySpan<char> item))
        {
            int nameEnd = item.IndexOfAny(":(=[");
            if (item.StartsWith("exec(") && item[^1] == ')')
                list.AddRange(ReadList(item["exec(".Length..^1], depth));
            else if (item is "nat" || item.StartsWith("nat(") || (nameEnd > 0 && item[nameEnd] == ':'))
                list.Add(ReadOne(item, depth));
        }
        return [.. list];
    }
}
