namespace QuantumNet.Faults;

/// <summary>The faults of the instance itself.</summary>
internal static class GuestFaults
{
    public static CheckInfo NeverAsks { get; } = new()
    {
        Code = "QN7001",
        Title = "The instance never asks",
        Layer = "Guest",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Error,
        Needs = ["NodeLink", "Iptables"],
        Remedy = "Look into the console log: is there a DHCP client, does the image have a driver for the device, is "
            + "its address static?",
        Reference = "BBVA/kvm#27",
    };

    public static CheckInfo AsksAgain { get; } = new()
    {
        Code = "QN7002",
        Title = "The guest gets its lease and asks again",
        Layer = "Guest",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Warning,
        Needs = ["Trace"],
        Remedy = "Read the guest's console and its client's log: it does not keep the address (cloud-init, persistent "
            + "device names, a second client).",
    };

    public static CheckInfo IgnoresReply { get; } = new()
    {
        Code = "QN7003",
        Title = "The guest ignores good replies",
        Layer = "Guest",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Error,
        Needs = ["Trace"],
        Remedy = "Replies reach the tap unharmed: look inside the guest, at its firewall, its client's log and its "
            + "interface.",
    };

    public static CheckInfo SilentToArp { get; } = new()
    {
        Code = "QN7004",
        Title = "The instance does not answer ARP",
        Layer = "Guest",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Error,
        Needs = ["OvsFlow"],
        Remedy = "Look into the console log: is the instance up, has its interface this address and this MAC?",
    };

    public static CheckInfo SilentToConnections { get; } = new()
    {
        Code = "QN7005",
        Title = "The instance does not answer connections",
        Layer = "Guest",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Error,
        Needs = ["OvsFlow"],
        Remedy = "The packets arrive: look inside the guest, at its firewall and its routes back.",
    };

    public static CheckInfo RefusesConnections { get; } = new()
    {
        Code = "QN7006",
        Title = "The instance refuses the connection",
        Layer = "Guest",
        Scope = FaultScope.Port,
        Severity = CheckSeverity.Warning,
        Remedy = "The instance is reached, and nothing listens on that port: look at the service inside, or name the "
            + "port that it listens on with -TcpPort.",
    };

    public static IReadOnlyList<CheckInfo> All { get; } =
    [
        NeverAsks, AsksAgain, IgnoresReply, SilentToArp, SilentToConnections, RefusesConnections,
    ];
}
