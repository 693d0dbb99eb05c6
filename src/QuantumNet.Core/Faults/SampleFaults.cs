namespace QuantumNet.Faults;

/// <summary>The codes that only two samples, counters or a capture can show.</summary>
internal static class SampleFaults
{
    public static CheckInfo DnsmasqRespawns { get; } = new()
    {
        Code = "QN6006",
        Title = "dnsmasq is started again and again",
        Layer = "DhcpServer",
        Severity = CheckSeverity.Warning,
        Needs = ["DhcpServer"],
        Remedy = "Read dnsmasq's last lines in syslog and the DHCP agent's log: they say why it ends.",
        Reference = "LP#1080846, LP#1155748",
    };

    public static CheckInfo GuestNeverAsks { get; } = new()
    {
        Code = "QN7001",
        Title = "The instance never asks",
        Layer = "Guest",
        Severity = CheckSeverity.Error,
        Needs = ["NodeLink", "Iptables"],
        Remedy = "Look into the console log: "
            + "is there a DHCP client, does the image have a driver for the device, is its address static?",
        Reference = "BBVA/kvm#27",
    };

    public static CheckInfo WitnessesDisagree { get; } = new()
    {
        Code = "QN9007",
        Title = "State and packets disagree",
        Layer = "Gathering",
        Severity = CheckSeverity.Error,
        Remedy = "Believe the packets: "
            + "look at what the finding quotes on both sides of that hop, and capture there with Trace-DhcpPacket.",
    };

    public static IReadOnlyList<CheckInfo> All { get; } = [DnsmasqRespawns, GuestNeverAsks, WitnessesDisagree];
}
