using System.Globalization;
using QuantumNet.Parsing.Ovs;
using QuantumNet.Simulation.OpenFlow;

namespace QuantumNet.Core.Tests.Simulation.OpenFlow;

/// <summary>Executes the "Datapath actions" that <c>ofproto/trace --names</c> prints:
/// where the packet left and what it was then.</summary>
internal sealed class DatapathActions
{
    private readonly List<(string Id, Packet Packet)> _recirculated = [];
    private readonly List<(string Port, Packet Packet)> _outputs = [];

    private DatapathActions()
    {
    }

    /// <summary>The outputs that a trace's text tells of. It prints a line of actions for the packet, then one
    /// for each copy that recirculates, in the order in which they were sent there; also for one whose sending
    /// was dropped with all else as a limit was met. Several can have one id.</summary>
    public static List<(string Port, Packet Packet)> Outputs(string trace, Packet packet)
    {
        const string Start = "Datapath actions: ";
        var run = new DatapathActions();
        run._recirculated.Add(("", packet.Clone()));
        string id = "";
        foreach (string line in trace.Split('\n'))
        {
            if (line.StartsWith("recirc(", StringComparison.Ordinal))
                id = line[..(line.IndexOf(')', StringComparison.Ordinal) + 1)];
            if (line.StartsWith(Start, StringComparison.Ordinal))
                run.Resume(id, line[Start.Length..]);
        }
        Assert.Empty(run._recirculated);
        return run._outputs;
    }

    private void Resume(string id, string actions)
    {
        int index = _recirculated.FindIndex(sent => sent.Id == id);
        if (index < 0)
            return;
        Packet packet = _recirculated[index].Packet;
        _recirculated.RemoveAt(index);
        Execute(actions, packet);
    }

    private void Execute(string actions, Packet packet)
    {
        var items = new ItemReader(actions);
        while (items.TryNext(out ReadOnlySpan<char> item))
            Execute(item.ToString(), Inner(item.ToString()), packet);
    }

    private void Execute(string action, string inner, Packet packet)
    {
        switch (action.Split('(')[0])
        {
            case "set":
                Set(inner.Split('(')[0], Inner(inner), packet);
                break;
            case "push_vlan":
                packet.PushVlan(Value(inner, "tpid") is string type ? (int)Number(type) : 0x8100);
                packet[PacketFields.VlanTci] = 0x1000 | Number(Value(inner, "vid")!)
                    | (Number(Value(inner, "pcp")!) << 13);
                break;
            case "pop_vlan":
                packet.PopVlan();
                break;
            case "clone":
                Execute(inner, packet.Clone());
                break;
            case "recirc":
                _recirculated.Add((action, packet.Clone()));
                break;
            case "userspace":
                _outputs.Add(("CONTROLLER", packet.Clone()));
                break;
            case "drop" or "ct" or "ct_clear" or "trunc":
                break;
            default:
                Assert.DoesNotContain('(', action);
                _outputs.Add((action, packet.Clone()));
                break;
        }
    }

    private static void Set(string header, string fields, Packet packet)
    {
        if (header == "skb_mark")
        {
            Put(packet, PacketFields.PacketMark, fields);
            return;
        }
        if (header == "skb_priority")
            return;   // a queue, which changes no packet's way
        foreach (string item in fields.Split(','))
        {
            string[] pair = item.Split('=', 2);
            PacketField field = (header, pair[0]) switch
            {
                ("eth", "src") => PacketFields.EthernetSource,
                ("eth", "dst") => PacketFields.EthernetDestination,
                ("ipv4", "src") => PacketFields.Ipv4Source,
                ("ipv4", "dst") => PacketFields.Ipv4Destination,
                ("ipv6", "src") => PacketFields.Ipv6Source,
                ("ipv6", "dst") => PacketFields.Ipv6Destination,
                ("ipv4", "tos") or ("ipv6", "tclass") => PacketFields.Tos,
                ("ipv4", "ttl") or ("ipv6", "hlimit") => PacketFields.Ttl,
                ("tcp" or "udp" or "sctp", "src") => PacketFields.SourcePort,
                ("tcp" or "udp" or "sctp", "dst") => PacketFields.DestinationPort,
                ("arp", "sip") => PacketFields.Ipv4Source,
                ("arp", "tip") => PacketFields.Ipv4Destination,
                ("arp", "sha") => PacketFields.ArpSourceMac,
                ("arp", "tha") => PacketFields.ArpTargetMac,
                _ => throw new InvalidOperationException($"set({header}({item}))"),
            };
            Put(packet, field, pair[1]);
        }
    }

    private static void Put(Packet packet, PacketField field, string text)
    {
        string[] parts = text.Split('/');
        var whole = new FieldPart(field);
        Assert.True(FieldText.TryRead(field, parts[0], parts.Length > 1 ? parts[1] : "", out UInt128 value,
            out UInt128 mask), text);
        packet.Set(whole, (packet.Get(whole) & ~mask) | (value & mask));
    }

    private static string Inner(string text)
    {
        int open = text.IndexOf('(', StringComparison.Ordinal);
        return open < 0 ? "" : text[(open + 1)..text.LastIndexOf(')')];
    }

    private static string? Value(string fields, string key) =>
        Array.Find(fields.Split(','), field => field.StartsWith(key + "=", StringComparison.Ordinal))
            ?[(key.Length + 1)..];

    private static ulong Number(string text) => text.StartsWith("0x", StringComparison.Ordinal)
        ? ulong.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
        : ulong.Parse(text, CultureInfo.InvariantCulture);
}
