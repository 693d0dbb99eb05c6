using QuantumNet.Topology;

namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>What dnsmasq's own log says of one port, since it last read its host file or last
/// served the port.</summary>
/// <param name="Refusal">Its last "no address available" to the port's MAC; null when it said none.</param>
/// <param name="Reason">Why it does not give the port's address (rfc2131.c: "not using configured address ... because
/// ..."): it is leased to another, in use by the server or a relay, or was declined; null when it said none.</param>
internal sealed record DnsmasqWords(DhcpEvent? Refusal, DhcpEvent? Reason)
{
    private const string NotUsing = "not using configured address";
    private const string NoAddress = "no address available";

    /// <summary>Reads them from the log of the process that serves the network.</summary>
    public static DnsmasqWords Of(NodeView node, QuantumPort port, DhcpServer dnsmasq)
    {
        DnsmasqWords words = new(null, null);
        foreach (DhcpEvent one in DhcpLog.Of(node).SaidSinceRead(dnsmasq, port.Mac, port.IpAddress))
            words = words.After(one);
        return words;
    }

    private DnsmasqWords After(DhcpEvent one)
    {
        if (one.Type == "message")
            return one.Message.StartsWith(NotUsing, StringComparison.Ordinal) ? this with { Reason = one } : this;
        if (one.Type is "DHCPOFFER" or "DHCPACK")
            return new(null, null);
        return one.Message.Contains(NoAddress, StringComparison.Ordinal) ? this with { Refusal = one } : this;
    }
}
