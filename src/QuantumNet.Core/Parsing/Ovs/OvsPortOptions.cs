namespace QuantumNet.Parsing.Ovs;

/// <summary>What an interface's options and external ids mean to a port.</summary>
internal static class OvsPortOptions
{
    /// <summary>The port with these options (sorted <c>key=value</c>), its peer and its tunnel's ends.</summary>
    public static OvsPort Apply(OvsPort port, string[] options)
    {
        OvsPort with = port with { Options = options };
        return with with
        {
            Peer = with.Option("peer") ?? "",
            RemoteIp = with.Option("remote_ip") ?? "",
            LocalIp = with.Option("local_ip") ?? "",
        };
    }

    /// <summary>The port with these external ids, its Quantum port and its MAC address.</summary>
    public static OvsPort ApplyExternalIds(OvsPort port, string[] externalIds)
    {
        OvsPort with = port with { ExternalIds = externalIds };
        return with with
        {
            PortId = with.ExternalId("iface-id") ?? "",
            Mac = (with.ExternalId("attached-mac") ?? "").ToLowerInvariant(),
        };
    }
}
