using System.Globalization;
using QuantumNet.Simulation.OpenFlow;

namespace QuantumNet.Simulation.Bridge;

/// <summary>How a port treats VLANs (the <c>vlan_mode</c> of ovs-vswitchd.conf.db(5)).</summary>
internal enum VlanMode
{
    /// <summary>One VLAN, untagged.</summary>
    Access,
    /// <summary>Tagged, those of <c>trunks</c>, or all.</summary>
    Trunk,
    /// <summary>As a trunk; what comes untagged is of the native VLAN, which leaves tagged.</summary>
    NativeTagged,
    /// <summary>As a trunk; what comes untagged is of the native VLAN, which leaves untagged.</summary>
    NativeUntagged,
    /// <summary>Everything that comes gets another, outer tag.</summary>
    Dot1qTunnel,
}

/// <summary>A port of a simulated bridge.</summary>
internal sealed record SwitchPort
{
    private const int DefaultQinqType = 0x88a8;
    private const int AnyVlan = 4096;

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its OpenFlow number.</summary>
    public required int Number { get; init; }

    /// <summary>How it treats VLANs.</summary>
    public VlanMode Mode { get; init; } = VlanMode.Trunk;

    /// <summary>Its VLAN; -1 for a trunk.</summary>
    public int Vlan { get; init; } = -1;

    /// <summary>The VLANs it carries; empty for all.</summary>
    public int[] Trunks { get; init; } = [];

    /// <summary>The inner VLANs that a dot1q-tunnel takes; empty for all.</summary>
    public int[] CustomerVlans { get; init; } = [];

    /// <summary>The type of the tag that a dot1q-tunnel adds.</summary>
    public int QinqType { get; init; } = DefaultQinqType;

    /// <summary><c>never</c>, <c>if-nonzero</c> or <c>always</c>: whether frames of VLAN 0 keep a tag
    /// for their priority.</summary>
    public string PriorityTags { get; init; } = "never";

    /// <summary>The patch port at its other end; empty when it is none.</summary>
    public string Peer { get; init; } = "";

    /// <summary>Whether it exchanges nothing with other protected ports.</summary>
    public bool IsProtected { get; init; }

    /// <summary>Whether it is a bond of several devices.</summary>
    public bool IsBond { get; init; }

    /// <summary>Flags of <c>ovs-ofctl show</c>: <c>NO_FLOOD</c>, <c>NO_RECV</c>, <c>NO_FWD</c>.</summary>
    public string[] Config { get; init; } = [];

    /// <summary>Its state in a spanning tree, <c>STP_LISTEN</c> and the like;
    /// empty when it takes part in none.</summary>
    public string StpState { get; init; } = "";

    /// <summary>Whether its link is up; null when that is not known.</summary>
    public bool? IsLive { get; init; }

    /// <summary>Whether a spanning tree lets it forward.</summary>
    public bool Forwards => StpState is "" or "STP_FORWARD";

    /// <summary>Whether a spanning tree lets it receive, if only to learn from.</summary>
    public bool Learns => Forwards || StpState == "STP_LEARN";

    /// <summary>Whether NORMAL floods to it.</summary>
    public bool IsFlooded => Forwards && Array.IndexOf(Config, "NO_FLOOD") < 0;

    /// <summary>Whether it carries a VLAN as a trunk does.</summary>
    public bool Carries(int vlan) => Mode != VlanMode.Access
        && (Trunks.Length == 0 || Array.IndexOf(Trunks, vlan) >= 0);

    /// <summary>Whether a dot1q-tunnel takes an inner VLAN.</summary>
    public bool TakesCustomer(int vlan) => CustomerVlans.Length == 0 || Array.IndexOf(CustomerVlans, vlan) >= 0;

    /// <summary>A port as the database has it, with what <c>ovs-ofctl show</c> says of it, if anything.</summary>
    public static SwitchPort Of(OvsPort port, int number, OpenFlowPort? shown = null)
    {
        VlanMode mode = ModeOf(port);
        int vlan = mode == VlanMode.Trunk ? -1 : port.Tag ?? 0;
        return new SwitchPort
        {
            Name = port.Device,
            Number = number,
            Mode = mode,
            Vlan = vlan,
            Trunks = TrunksOf(port.Trunks, mode, vlan),
            PriorityTags = PriorityTagsOf(port),
            Peer = port.Type == "patch" ? port.Peer : "",
            QinqType = Other(port, "qinq-ethtype") == "802.1q" ? 0x8100 : DefaultQinqType,
            Config = shown?.Config ?? [],
            StpState = Array.Find(shown?.State ?? [], state => state.StartsWith("STP_", StringComparison.Ordinal))
                ?? "",
            IsLive = shown is null ? IsUp(port)
                : Array.IndexOf(shown.State, "LINK_DOWN") < 0 && Array.IndexOf(shown.Config, "PORT_DOWN") < 0,
        };
    }

    private static bool? IsUp(OvsPort port) => (port.AdminState, port.LinkState) switch
    {
        ("down", _) or (_, "down") => false,
        ("up", "up") => true,
        _ => null,
    };

    private static VlanMode ModeOf(OvsPort port) => port.VlanMode switch
    {
        "access" => VlanMode.Access,
        "trunk" => VlanMode.Trunk,
        "native-tagged" => VlanMode.NativeTagged,
        "native-untagged" => VlanMode.NativeUntagged,
        "dot1q-tunnel" => VlanMode.Dot1qTunnel,
        _ => port.Tag is null ? VlanMode.Trunk : VlanMode.Access,
    };

    // A native VLAN is always carried, and VLAN 0, which it stands for, never besides it
    // (bundle_set in ofproto-dpif.c).
    private static int[] TrunksOf(int[] trunks, VlanMode mode, int vlan) => mode switch
    {
        VlanMode.NativeTagged or VlanMode.NativeUntagged when vlan != 0 && trunks.Length > 0 =>
            [.. trunks.Where(trunk => trunk != 0).Append(vlan).Distinct()],
        VlanMode.NativeTagged or VlanMode.NativeUntagged when vlan != 0 => [.. Enumerable.Range(1, AnyVlan - 1)],
        VlanMode.Trunk or VlanMode.NativeTagged or VlanMode.NativeUntagged => trunks,
        _ => [],
    };

    private static string PriorityTagsOf(OvsPort port) => Other(port, "priority-tags") switch
    {
        "true" or "if-nonzero" => "if-nonzero",
        "always" => "always",
        _ => "never",
    };

    private static string? Other(OvsPort port, string key)
    {
        foreach (string pair in port.OtherConfig)
        {
            if (pair.StartsWith(key + "=", StringComparison.Ordinal))
                return pair[(key.Length + 1)..];
        }
        return null;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Number == PortNames.Local ? "LOCAL" : Number.ToString(CultureInfo.InvariantCulture);
}
