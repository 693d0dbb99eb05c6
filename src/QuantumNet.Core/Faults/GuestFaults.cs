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

    public static IReadOnlyList<CheckInfo> All { get; } =
    [
        NeverAsks, AsksAgain, IgnoresReply,
    ];
}
