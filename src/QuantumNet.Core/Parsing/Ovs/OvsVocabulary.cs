namespace QuantumNet.Parsing.Ovs;

/// <summary>What a word of a flow stands for.</summary>
internal enum FlowWord
{
    /// <summary>Nothing known.</summary>
    Unknown,
    /// <summary>A field of the match, or a protocol word.</summary>
    MatchField,
    /// <summary>Said of the flow, but kept in no property.</summary>
    Ignored,
    /// <summary>The actions begin.</summary>
    Actions,
    /// <summary>cookie.</summary>
    Cookie,
    /// <summary>duration.</summary>
    Duration,
    /// <summary>table.</summary>
    Table,
    /// <summary>n_packets.</summary>
    PacketCount,
    /// <summary>n_bytes.</summary>
    ByteCount,
    /// <summary>idle_timeout.</summary>
    IdleTimeout,
    /// <summary>hard_timeout.</summary>
    HardTimeout,
    /// <summary>idle_age.</summary>
    IdleAge,
    /// <summary>priority.</summary>
    Priority,
    /// <summary>An action.</summary>
    Action,
    /// <summary>An action that holds others.</summary>
    NestingAction,
    /// <summary>A key inside learn(...).</summary>
    LearnKey,
    /// <summary>A key inside ct(...).</summary>
    ConntrackKey,
}

/// <summary>The words of flows: fields from ovs-fields(7), actions from ovs-actions(7), statistics and flags from
/// ovs-ofctl(8), with what releases since 1.4 called them.</summary>
internal static class OvsVocabulary
{
    /// <summary>Words left of <c>actions=</c>.</summary>
    public static WordTable<FlowWord> Match { get; } = BuildMatch();

    /// <summary>Actions.</summary>
    public static WordTable<FlowWord> Actions { get; } = BuildActions();

    /// <summary>Keys inside learn(...), besides fields and actions.</summary>
    public static WordTable<FlowWord> Learn { get; } = new WordTable<FlowWord>().Add(FlowWord.LearnKey,
        "table idle_timeout hard_timeout fin_idle_timeout fin_hard_timeout priority cookie send_flow_rem "
            + "delete_learned limit result_dst");

    /// <summary>Keys inside ct(...), besides actions.</summary>
    public static WordTable<FlowWord> Conntrack { get; } = new WordTable<FlowWord>().Add(FlowWord.ConntrackKey,
        "commit force table zone alg exec timeout");

    private static WordTable<FlowWord> BuildMatch()
    {
        WordTable<FlowWord> table = new WordTable<FlowWord>()
            .Add(FlowWord.Actions, "actions action")
            .Add(FlowWord.Cookie, "cookie")
            .Add(FlowWord.Duration, "duration")
            .Add(FlowWord.Table, "table table_id")
            .Add(FlowWord.PacketCount, "n_packets")
            .Add(FlowWord.ByteCount, "n_bytes")
            .Add(FlowWord.IdleTimeout, "idle_timeout")
            .Add(FlowWord.HardTimeout, "hard_timeout")
            .Add(FlowWord.IdleAge, "idle_age")
            .Add(FlowWord.Priority, "priority")
            .Add(FlowWord.Ignored, "n_offload_packets n_offload_bytes hard_age importance send_flow_rem check_overlap "
                + "reset_counts no_packet_counts no_byte_counts "
                + "allow_hidden_fields no_readonly_table out_port out_group")
            .Add(FlowWord.MatchField, Protocols + Fields);
        AddNumbered(table, "reg", 32);
        AddNumbered(table, "xreg", 16);
        AddNumbered(table, "xxreg", 8);
        AddNumbered(table, "tun_metadata", 64);
        return table;
    }

    private static void AddNumbered(WordTable<FlowWord> table, string prefix, int count)
    {
        for (int i = 0; i < count; i++)
            table.Add(FlowWord.MatchField, $"{prefix}{i}");
    }

    private static WordTable<FlowWord> BuildActions() => new WordTable<FlowWord>()
        .Add(FlowWord.NestingAction, "learn ct clone write_actions apply_actions")
        .Add(FlowWord.Action, "output output_reg group controller CONTROLLER enqueue bundle bundle_load drop "
            + "normal NORMAL flood FLOOD all ALL local LOCAL in_port IN_PORT table TABLE any ANY none NONE unset UNSET "
            + "set_field load reg_load reg_load2 move reg_move push pop stack_push stack_pop delete_field "
            + "mod_vlan_vid set_vlan_vid mod_vlan_pcp set_vlan_pcp strip_vlan pop_vlan push_vlan "
            + "mod_dl_src mod_dl_dst set_dl_src set_dl_dst mod_nw_src mod_nw_dst mod_nw_tos mod_nw_ecn mod_nw_ttl "
            + "mod_tp_src mod_tp_dst dec_ttl dec_mpls_ttl set_mpls_label set_mpls_tc set_mpls_ttl push_mpls "
            + "pop_mpls dec_nsh_ttl "
            + "encap decap set_tunnel set_tunnel64 set_queue pop_queue fin_timeout resubmit "
            + "conjunction multipath autopath "
            + "note exit sample unroll_xlate ct_clear nat check_pkt_larger output_trunc debug_recirc debug_slow "
            + "meter clear_actions write_metadata goto_table");

    private const string Protocols = "eth ip ipv6 icmp icmp6 tcp tcp6 udp udp6 sctp sctp6 arp rarp mpls mplsm nsh ";

    private const string Fields =
        "in_port in_port_oxm actset_output skb_priority pkt_mark packet_type recirc_id dp_hash "
        + "conj_id metadata skb_mark "
        + "ct_state ct_zone ct_mark ct_label ct_nw_proto ct_nw_src ct_nw_dst ct_ipv6_src "
        + "ct_ipv6_dst ct_tp_src ct_tp_dst "
        + "tun_id tunnel_id tun_src tun_dst tun_ipv6_src tun_ipv6_dst tun_flags tun_ttl tun_tos "
        + "tun_gbp_id tun_gbp_flags "
        + "tun_erspan_idx tun_erspan_ver tun_erspan_dir tun_erspan_hwid gtpu_flags gtpu_msgtype "
        + "tun_gtpu_flags tun_gtpu_msgtype "
        + "dl_src eth_src dl_dst eth_dst dl_type eth_type vlan_tci vlan_tci1 dl_vlan dl_vlan1 dl_vlan_pcp dl_vlan_pcp1 "
        + "vlan_vid vlan_pcp mpls_label mpls_tc mpls_bos mpls_ttl mpls_lse1 mpls_lse2 "
        + "nw_src ip_src nw_dst ip_dst ipv6_src ipv6_dst ipv6_label nw_proto ip_proto nw_tos ip_dscp "
        + "nw_ecn ip_ecn nw_ttl "
        + "nw_frag ip_frag frag arp_op arp_spa arp_tpa arp_sha arp_tha tp_src tp_dst tcp_src tcp_dst "
        + "tcp_flags udp_src udp_dst "
        + "sctp_src sctp_dst icmp_type icmp_code icmpv6_type icmpv6_code nd_target nd_sll nd_tll "
        + "nd_reserved nd_options_type "
        + "nsh_flags nsh_ttl nsh_mdtype nsh_np nsh_spi nsh_si nsh_c1 nsh_c2 nsh_c3 nsh_c4";
}
