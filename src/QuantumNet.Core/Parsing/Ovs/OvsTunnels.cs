namespace QuantumNet.Parsing.Ovs;

/// <summary>Tunnels among ports.</summary>
public static class OvsTunnels
{
    private static readonly HashSet<string> s_types =
        [
            "gre", "gre64", "ipsec_gre", "ipsec_gre64", "ip6gre", "vxlan", "geneve",
            "stt", "lisp", "erspan", "ip6erspan", "gtpu", "bareudp", "srv6", "capwap",
        ];

    /// <summary>Whether a port is an end of a tunnel (vswitchd.conf.db(5), Interface, "type").</summary>
    public static bool IsTunnel(OvsPort port) => s_types.Contains(port.Type);

    /// <summary>The tunnels of these ports; <c>options:key</c> stands for both keys.</summary>
    public static List<OvsTunnel> Of(IEnumerable<OvsPort> ports)
    {
        var tunnels = new List<OvsTunnel>();
        foreach (OvsPort port in ports)
        {
            if (IsTunnel(port))
                tunnels.Add(Of(port));
        }
        return tunnels;
    }

    private static OvsTunnel Of(OvsPort port) => new()
    {
        ComputerName = port.ComputerName,
        Command = port.Command,
        LineNumber = port.LineNumber,
        RawText = port.RawText,
        Bridge = port.Bridge,
        Device = port.Device,
        Type = port.Type,
        LocalIp = port.LocalIp,
        RemoteIp = port.RemoteIp,
        InKey = port.TunnelKey("in_key") ?? "",
        OutKey = port.TunnelKey("out_key") ?? "",
        OfPort = port.OfPort,
        Error = port.Error,
    };
}
