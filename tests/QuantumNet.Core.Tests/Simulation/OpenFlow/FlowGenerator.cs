namespace QuantumNet.Core.Tests.Simulation.OpenFlow;

/// <summary>Makes flows that a switch accepts, of every action that the simulation models.</summary>
internal sealed class FlowGenerator(Random random, bool hasOneBridge)
{
    private const int TableCount = 5;
    public static readonly int[] Vlans = [0, 5, 7, 9];
    public static readonly int[] Ports = [67, 68, 53];
    public static readonly string[] Macs = ["fa:16:3e:00:00:01", "fa:16:3e:00:00:02", "fa:16:3e:00:00:03"];
    public static readonly string[] Addresses = ["10.0.0.1", "10.0.0.2", "10.1.0.3"];
    public static readonly string[] Groups =
    [
        "group_id=1,type=all,bucket=actions=set_field:fa:16:3e:00:00:09->eth_src,output:1,"
            + "bucket=actions=output:2,bucket=actions=resubmit(,4)",
        "group_id=2,type=indirect,bucket=actions=set_field:9->metadata,output:3",
        "group_id=3,type=ff,bucket=watch_port:77,actions=output:1,bucket=watch_port:2,actions=output:2",
        "group_id=4,type=select,selection_method=hash,fields(eth_src),bucket=weight:0,actions=output:3,"
            + "bucket=weight:7,watch_port:1,actions=resubmit(,4)",
        "group_id=5,type=ff,bucket=watch_group:6,actions=output:1,"
            + "bucket=watch_port:77,watch_group:3,actions=set_field:fa:16:3e:00:00:08->eth_dst,output:3",
        "group_id=6,type=ff,bucket=watch_port:77,actions=output:1",
    ];

    private bool _isNew;
    private string _protocol = "";

    // OpenFlow 1.5 takes a tag off only where the match or an action before it says that there is one.
    private bool _hasTag;

    /// <summary>Gives a bridge flows.</summary>
    public void AddTo(TraceCase made, string bridge)
    {
        _isNew = made.Flows.Count == 0 ? random.Next(2) == 0 : made.Version == "OpenFlow15";
        for (int table = 0; table < TableCount; table++)
        {
            int count = random.Next(2, 7);
            int[] priorities = [.. Enumerable.Range(1, 40)];
            random.Shuffle(priorities);
            for (int i = 0; i < count; i++)
                made.Flows.Add(Flow(bridge, table, priorities[i]));
            if (random.Next(6) == 0)
                AddConjunction(made, bridge, table, priorities[count]);
            _protocol = "";
            if (random.Next(3) > 0)
                made.Flows.Add(new CaseFlow(bridge, [$"table={table}", "priority=0"], [.. Actions(table, 2)]));
        }
    }

    private void AddConjunction(TraceCase made, string bridge, int table, int priority)
    {
        foreach (string part in (string[])[$"nw_src={Pick(Addresses)}|1/2", $"nw_src={Pick(Addresses)}|1/2",
            $"in_port={random.Next(1, 5)}|2/2",
            $"in_port={random.Next(1, 5)}|2/2"])
        {
            string[] halves = part.Split('|');
            var flow = new CaseFlow(bridge, [$"table={table}", $"priority={priority}", "ip", halves[0]],
                [$"conjunction(7,{halves[1]})"]);
            if (!made.Flows.Exists(other => other.ToString() == flow.ToString()))
                made.Flows.Add(flow);
        }
        _protocol = "ip";
        made.Flows.Add(new CaseFlow(bridge, [$"table={table}", $"priority={priority}", "conj_id=7", "ip"],
            [.. Actions(table, 2)]));
    }

    private CaseFlow Flow(string bridge, int table, int priority)
    {
        _protocol = Pick(["", "", "", "ip", "udp", "udp", "tcp", "arp", "icmp", "udp6"]);
        List<string> match = [$"table={table}", $"priority={priority}"];
        if (_protocol.Length > 0)
            match.Add(_protocol);
        foreach (string field in Fields().Where(_ => random.Next(7) == 0))
            match.Add(field);
        _hasTag = match.Exists(
            field => field is "vlan_tci=0x1000/0x1000" || field.StartsWith("dl_vlan", StringComparison.Ordinal));
        string[] actions = [.. Actions(table, 3)];
        _hasTag = false;
        return new CaseFlow(bridge, [.. match], actions);
    }

    private string Strip => _isNew && !_hasTag ? "mod_vlan_vid:5,strip_vlan" : "strip_vlan";

    private IEnumerable<string> Fields()
    {
        yield return $"in_port={Pick([1, 1, 2, 3, 9, 10])}";
        yield return Pick([$"dl_vlan={Pick(Vlans)}", "vlan_tci=0x0000", "vlan_tci=0x1000/0x1000", "dl_vlan_pcp=2",
            "vlan_tci=0x0000/0x1fff"]);
        yield return $"dl_src={Pick(Macs)}";
        yield return Pick([$"dl_dst={Pick(Macs)}", "dl_dst=01:00:00:00:00:00/01:00:00:00:00:00",
            "dl_dst=00:00:00:00:00:00/01:00:00:00:00:00"]);
        yield return Pick([$"reg0={random.Next(4)}", "reg0=0x1/0x1", "reg6=0x5", "reg1=0"]);
        yield return Pick([$"metadata={random.Next(3)}", "metadata=0x1/0x1", "tun_id=0x7", "tun_id=0"]);
        yield return Pick(["ct_state=+trk", "ct_state=-trk", "ct_state=+new+trk", "ct_mark=0x7", "ct_zone=3",
            "pkt_mark=0x5", "ct_state=+est+trk"]);
        if (_protocol is "ip" or "udp" or "tcp" or "icmp")
        {
            yield return Pick([$"nw_src={Pick(Addresses)}", "nw_src=10.0.0.0/24", "nw_src=10.0.0.0/255.0.0.3"]);
            yield return Pick([$"nw_dst={Pick(Addresses)}", "nw_tos=32", "nw_ttl=64", "nw_ecn=0"]);
        }
        if (_protocol is "udp" or "tcp" or "udp6")
        {
            yield return $"tp_src={Pick(Ports)}";
            yield return Pick([$"tp_dst={Pick(Ports)}", "tp_dst=0x40/0xfff8"]);
        }
        if (_protocol is "arp")
            yield return $"arp_spa={Pick(Addresses)}";
    }

    private List<string> Actions(int table, int most, bool isInside = false)
    {
        var actions = new List<string>();
        int count = random.Next(0, most + 1) + 1;
        for (int i = 0; i < count; i++)
            actions.Add(Action(table, isInside));
        // Open vSwitch 3.1 lets an exit in one bridge end what waits for conntrack in another, too.
        if (hasOneBridge && random.Next(12) == 0 && !isInside)
            actions.Add("exit");
        if (_isNew && !isInside && random.Next(3) == 0)
            AddInstructions(actions, table);
        return random.Next(20) == 0 && !isInside ? [] : actions;
    }

    // No action sets: ovs-vswitchd 3.1.0 ends while it traces some of them. Written cases have them.
    private void AddInstructions(List<string> actions, int table)
    {
        if (random.Next(3) == 0)
            actions.Add("write_metadata:0x1");
        if (table < TableCount - 1)
            actions.Add($"goto_table:{random.Next(table + 1, TableCount)}");
    }

    private string Action(int table, bool isInside) => random.Next(16) switch
    {
        0 or 1 or 2 => $"output:{Pick([1, 2, 3, 4, 10, 10, 9])}",
        3 => Pick(["NORMAL", "NORMAL", "FLOOD", "ALL", "LOCAL", "IN_PORT"]),
        4 or 5 or 6 => Resubmit(table),
        7 or 8 => VlanAction(),
        9 or 10 => Register(),
        11 or 12 => Header(),
        13 => Conntrack(table),
        14 => isInside ? "output:2" : $"clone({string.Join(',', Actions(table, 2, isInside: true))})",
        _ => Pick(["controller", "note:01.02", "output:NXM_NX_REG0[]", "output:NXM_NX_REG0[0..1]",
            _isNew ? "group:1" : "output:1", _isNew ? $"group:{random.Next(2, 7)}" : "output:2",
            "set_queue:3", "pop_queue",
            "learn(table=9,priority=5,NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[],output:NXM_OF_IN_PORT[])",
            "bundle(eth_src,50,active_backup,ofport,members:77,2,3)"]),
    };

    private string Resubmit(int table)
    {
        int next = random.Next(30) == 0 ? random.Next(TableCount) : Math.Min(table + random.Next(1, 3), TableCount);
        return Pick([$"resubmit(,{next})", $"resubmit(,{next})", $"resubmit({random.Next(1, 5)},{next})",
            $"resubmit(LOCAL,{next})"]);
    }

    private string VlanAction() => Pick([
        Strip, $"mod_vlan_vid:{Pick(Vlans)}", $"mod_vlan_vid:{Pick(Vlans)}", $"mod_vlan_pcp:{random.Next(8)}",
        _isNew ? "push_vlan:0x8100" : Strip, "load:0->NXM_OF_VLAN_TCI[]", $"load:{Pick(Vlans)}->NXM_OF_VLAN_TCI[0..11]",
        "load:0x1007->NXM_OF_VLAN_TCI[]", _isNew ? "push_vlan:0x88a8" : Strip]);

    private string Register() => Pick([
        $"load:{random.Next(1, 5)}->NXM_NX_REG0[]", "load:1->NXM_NX_REG0[1]", "load:0x5->NXM_NX_REG6[]",
        "move:NXM_NX_REG6[0..7]->NXM_NX_REG0[8..15]", "move:NXM_OF_IN_PORT[]->NXM_NX_REG0[0..15]",
        "move:NXM_OF_VLAN_TCI[0..11]->NXM_NX_REG1[0..11]", "push:NXM_OF_ETH_SRC[]", "push:NXM_NX_REG0[]",
        "pop:NXM_OF_ETH_DST[]", "pop:NXM_NX_REG0[0..15]", "load:1->OXM_OF_METADATA[]", "set_tunnel:0x7",
        "load:0x5->NXM_NX_PKT_MARK[]", "move:NXM_NX_TUN_ID[0..31]->NXM_NX_REG6[]", "load:0->NXM_OF_IN_PORT[]",
        "load:2->NXM_OF_IN_PORT[]", "load:0x300000002->NXM_NX_XXREG0[0..63]",
        "set_field:0x1/0x3->reg0"]);

    private string Header()
    {
        List<string> all = [$"mod_dl_src:{Pick(Macs)}", $"mod_dl_dst:{Pick(Macs)}",
            "move:NXM_OF_ETH_SRC[]->NXM_OF_ETH_DST[]",
            "load:0x11->NXM_OF_ETH_SRC[0..7]"];
        if (_protocol is "ip" or "udp" or "tcp" or "icmp")
            all.AddRange([$"mod_nw_src:{Pick(Addresses)}", $"mod_nw_dst:{Pick(Addresses)}", "mod_nw_tos:32",
                "dec_ttl", "mod_nw_ttl:9", "move:NXM_OF_IP_SRC[]->NXM_OF_IP_DST[]", "mod_nw_ecn:2",
                "load:0xb8->NXM_OF_IP_TOS[]"]);
        if (_protocol is "udp" or "tcp")
            all.AddRange([$"mod_tp_src:{Pick(Ports)}", $"mod_tp_dst:{Pick(Ports)}"]);
        if (_protocol is "udp")
            all.AddRange(["load:0x35->NXM_OF_UDP_DST[]", "move:NXM_OF_UDP_SRC[]->NXM_NX_REG0[0..15]"]);
        if (_protocol is "arp")
            all.AddRange(["move:NXM_OF_ARP_SPA[]->NXM_OF_ARP_TPA[]", "load:0xa000001->NXM_OF_ARP_SPA[]",
                "move:NXM_NX_ARP_SHA[]->NXM_NX_ARP_THA[]"]);
        return Pick([.. all]);
    }

    private string Conntrack(int table)
    {
        if (_protocol is "" or "arp")
            return "ct_clear";
        int next = Math.Min(table + 1, TableCount);
        return Pick([$"ct(table={next})", $"ct(commit,zone=3,table={next},exec(load:0x7->NXM_NX_CT_MARK[]))",
            $"ct(table={next},zone=NXM_NX_REG0[0..15])", "ct(commit,zone=5)", "ct_clear"]);
    }

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];
}
