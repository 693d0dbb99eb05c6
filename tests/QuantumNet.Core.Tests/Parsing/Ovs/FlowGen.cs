using FsCheck;
using FsCheck.Fluent;

namespace QuantumNet.Core.Tests.Parsing.Ovs;

/// <summary>Random flows that a switch accepts, as <c>ovs-ofctl add-flow</c> takes them.</summary>
internal static class FlowGen
{
    private const string VlanWords = "<vlan>";   // what OpenFlow 1.0 and later versions have no common words for

    /// <summary>Flows of any priority, in words that a version of OpenFlow has.</summary>
    public static IEnumerable<string> Flows(string version, int count)
    {
        string words = version == "OpenFlow10"
            ? "mod_vlan_pcp:3,strip_vlan,enqueue:1:7" : "push_vlan:0x8100,set_field:4103->vlan_vid,pop_vlan";
        return Flow.Sample(count, 30).Select(flow => flow.Replace(VlanWords, words, StringComparison.Ordinal));
    }

    private static Gen<string> Flow =>
        from priority in Gen.Choose(0, 65535)
        from cookie in Gen.Choose(0, int.MaxValue - 1)
        from table in Gen.Choose(0, 100)
        from timeout in Gen.Frequency((5, Gen.Constant("")), (1, Gen.Constant("idle_timeout=600,")),
            (1, Gen.Constant("hard_timeout=700,send_flow_rem,")))
        from match in Match
        from actions in ActionList
        select $"cookie=0x{cookie:x},table={table},priority={priority},{timeout}{match}actions={actions}";

    private static Gen<string> Match =>
        from protocol in Protocol
        from anywhere in Gen.ListOf(Anywhere)
        select string.Concat(protocol.Length == 0 ? "" : protocol + ",",
            string.Concat(anywhere.DistinctBy(NameOf).Take(5).Select(item => item + ",")));

    private static string NameOf(string field) =>
        field.StartsWith("dl_vlan", StringComparison.Ordinal) || field.StartsWith("vlan_tci", StringComparison.Ordinal)
            ? "vlan" : field[..field.IndexOf('=', StringComparison.Ordinal)];

    private static Gen<string> Number(int most) => Gen.Choose(0, most).Select(number => $"{number}");

    private static Gen<string> Hex(int most) => Gen.Choose(1, most).Select(number => $"0x{number:x}");

    private static Gen<string> Mac =>
        Gen.Choose(0, 0xffffff).Select(end => $"fa:16:3e:{end >> 16:x2}:{(end >> 8) & 255:x2}:{end & 255:x2}");

    private static Gen<string> Ip =>
        Gen.Choose(1, 0xfffffe).Select(end => $"10.{end >> 16}.{(end >> 8) & 255}.{end & 255}");

    private static Gen<string> Port => Gen.Elements("1", "2", "3", "LOCAL");

    private static Gen<string> Of(string name, Gen<string> value) => value.Select(text => $"{name}={text}");

    private static Gen<string> Anywhere => Gen.OneOf(
        Of("in_port", Port), Of("dl_src", Mac), Of("dl_dst", Mac),
        Gen.Constant("dl_dst=01:00:00:00:00:00/01:00:00:00:00:00"), Of("dl_vlan", Number(4095)),
        Gen.Constant("vlan_tci=0x0000/0x1fff"), Of("vlan_tci", Gen.Constant("0x0005/0x0fff")),
        Of("tun_id", Hex(0xffffff)), Of("tun_src", Ip), Of("reg0", Hex(65535)),
        Gen.Constant("reg5=0x3/0xf"), Of("reg15", Hex(9)), Of("pkt_mark", Hex(255)), Of("ct_mark", Hex(255)),
        Of("ct_zone", Number(65535)), Gen.Constant("ct_state=+trk+est-new"), Gen.Constant("ct_label=0x1/0xff"),
        Of("conj_id", Number(99)));

    private static Gen<string> Protocol => Gen.OneOf(
        Gen.Constant(""), Gen.Constant("dl_type=0x88cc"), Gen.Constant("ipv6"),
        Gen.Constant("icmp,icmp_type=8,icmp_code=0"), Ip.Select(address => $"arp,arp_spa={address},arp_op=1"),
        Ip.Select(address => $"ip,nw_dst={address}"), Gen.Constant("ip,nw_proto=47,nw_tos=32"),
        Gen.Constant("udp,nw_src=0.0.0.0,tp_src=68,tp_dst=67"),
        Gen.Constant("tcp,tcp_flags=+syn-ack,tp_dst=0x10/0xfff0"),
        Gen.Constant("udp6,ipv6_src=fe80::/64,tp_src=546,tp_dst=547"),
        Gen.Constant("icmp6,icmp_type=135,nd_target=fe80::1"), Gen.Constant("ip,nw_frag=later"));

    private static Gen<string> Simple => Gen.OneOf(
        Gen.Elements("NORMAL", "FLOOD", "ALL", "IN_PORT", "LOCAL", "ct_clear", VlanWords, "output:NXM_NX_REG0[0..15]"),
        Port.Select(port => $"output:{port}"), Number(4094).Select(vlan => $"mod_vlan_vid:{vlan}"),
        Mac.Select(mac => $"mod_dl_dst:{mac}"), Hex(0xffffff).Select(key => $"set_tunnel:{key}"),
        Hex(0xffff).Select(value => $"load:{value}->NXM_NX_REG7[0..15]"),
        Number(100).Select(table => $"resubmit(,{table})"), Gen.Constant("resubmit(1,4)"),
        Gen.Constant("move:NXM_OF_ETH_SRC[]->NXM_OF_ETH_DST[]"), Gen.Constant("push:NXM_NX_REG0[],pop:NXM_NX_REG1[]"),
        Gen.Constant("controller(max_len=128,id=3)"), Gen.Constant("note:01.02.03"),
        Number(9).Select(queue => $"set_queue:{queue}"), Gen.Constant("output(port=1,max_len=64)"));

    private static Gen<string> Nesting => Gen.OneOf(
        Gen.ListOf(Simple).Select(list => $"clone({string.Join(',', list.Take(3).Append("1"))})"),
        Hex(0xff).Select(cookie => $"learn(table=20,hard_timeout=300,priority=1,cookie="
            + $"{cookie},NXM_OF_VLAN_TCI[0..11],NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[],"
            + "load:0->NXM_OF_VLAN_TCI[],load:NXM_NX_TUN_ID[]->NXM_NX_TUN_ID[],output:NXM_OF_IN_PORT[])"),
        Gen.Constant("bundle(eth_src,0,hrw,ofport,slaves:1,2)"),
        Gen.Constant("multipath(eth_src,50,modulo_n,1,0,NXM_NX_REG0[])"));

    private static Gen<string> ActionList => Gen.Frequency(
        (1, Gen.Constant("drop")),
        (1, Gen.Constant("conjunction(1,1/2),conjunction(2,2/2)")),
        (8, from first in Gen.Frequency((4, Simple), (1, Nesting))
            from more in Gen.ListOf(Gen.Frequency((4, Simple), (1, Nesting)))
            select string.Join(',', more.Take(4).Prepend(first))));
}
