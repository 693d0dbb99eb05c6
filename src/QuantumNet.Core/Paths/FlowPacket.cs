using System.Globalization;
using System.Net;

namespace QuantumNet.Paths;

/// <summary>A DHCP packet as a bridge's flows see it: what they match and what they change while it passes.</summary>
internal sealed class FlowPacket
{
    private const int ServerPort = 67;
    private const int ClientPort = 68;
    private const string Broadcast = "ff:ff:ff:ff:ff:ff";
    private readonly Dictionary<string, long?> _registers = new(StringComparer.Ordinal);

    /// <summary>The port it came in by; its number is null where nothing tells it.</summary>
    public required OvsPort In { get; init; }

    /// <summary>Source MAC; null when unknown.</summary>
    public long? SourceMac { get; private init; }

    /// <summary>Destination MAC; null when it is one device's, but not known whose.</summary>
    public long? DestinationMac { get; private init; }

    /// <summary>Source address; null when unknown.</summary>
    public long? SourceAddress { get; private init; }

    /// <summary>Destination address; null when unknown.</summary>
    public long? DestinationAddress { get; private init; }

    /// <summary>UDP source port.</summary>
    public int SourcePort { get; private init; }

    /// <summary>UDP destination port.</summary>
    public int DestinationPort { get; private init; }

    /// <summary>VLAN of its tag; 0 for none, null once a flow made it what cannot be told.</summary>
    public int? Vlan { get; set; }

    /// <summary>Tunnel key it bears: the one it came with, then the one that a flow sets;
    /// 0 for none, null when it cannot be told.</summary>
    public long? TunnelKey { get; set; }

    /// <summary>Whether connection tracking has seen it.</summary>
    public bool IsTracked { get; set; }

    /// <summary>A DISCOVER of the leg's instance, coming in by a port.</summary>
    public static FlowPacket Discover(DhcpLeg leg, OvsPort from, int vlan = 0, long key = 0) => new()
    {
        In = from,
        SourceMac = Mac(leg.Port.Mac),
        DestinationMac = Mac(Broadcast),
        SourceAddress = 0,
        DestinationAddress = uint.MaxValue,
        SourcePort = ClientPort,
        DestinationPort = ServerPort,
        Vlan = vlan,
        TunnelKey = key,
    };

    /// <summary>The OFFER to it, which dnsmasq sends to the instance's own MAC and the address it offers.</summary>
    public static FlowPacket Offer(DhcpLeg leg, OvsPort from, int vlan = 0, long key = 0) => new()
    {
        In = from,
        SourceMac = Mac(leg.ServerEnd?.Mac ?? ""),
        DestinationMac = Mac(leg.Port.Mac),
        SourceAddress = Address(leg.ServerAddress),
        DestinationAddress = Address(leg.Port.IpAddress),
        SourcePort = ServerPort,
        DestinationPort = ClientPort,
        Vlan = vlan,
        TunnelKey = key,
    };

    /// <summary>The packet of a direction.</summary>
    public static FlowPacket Of(DhcpDirection direction, DhcpLeg leg, OvsPort from, int vlan = 0, long key = 0) =>
        direction == DhcpDirection.Request ? Discover(leg, from, vlan, key) : Offer(leg, from, vlan, key);

    /// <summary>What a register or the metadata holds; 0 until a flow writes it, null once one wrote what
    /// cannot be told.</summary>
    public long? Register(string name) => _registers.GetValueOrDefault(name, 0);

    /// <summary>Writes a register.</summary>
    public void SetRegister(string name, long? value) => _registers[name] = value;

    /// <summary>A copy that changes on its own.</summary>
    public FlowPacket Clone()
    {
        FlowPacket copy = new()
        {
            In = In, SourceMac = SourceMac, DestinationMac = DestinationMac, SourceAddress = SourceAddress,
            DestinationAddress = DestinationAddress,
            SourcePort = SourcePort, DestinationPort = DestinationPort, Vlan = Vlan,
            TunnelKey = TunnelKey, IsTracked = IsTracked,
        };
        foreach ((string name, long? value) in _registers)
            copy._registers[name] = value;
        return copy;
    }

    /// <summary>A MAC address as a number; null when the text is none.</summary>
    public static long? Mac(ReadOnlySpan<char> text)
    {
        const int length = 17;
        if (text.Length != length)
            return null;
        long value = 0;
        for (int i = 0; i < length; i += 3)
        {
            if (!byte.TryParse(text.Slice(i, 2), NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture, out byte part))
                return null;
            value = (value << 8) | part;
        }
        return value;
    }

    /// <summary>An IPv4 address as a number; null when the text is none.</summary>
    public static long? Address(string text)
    {
        if (!text.Contains('.') || !IPAddress.TryParse(text, out IPAddress? address)
            || address.GetAddressBytes() is not [byte a, byte b, byte c, byte d])
            return null;
        return ((long)a << 24) | ((long)b << 16) | ((long)c << 8) | d;
    }
}
