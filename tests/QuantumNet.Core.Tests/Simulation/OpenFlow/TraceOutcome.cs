using QuantumNet.Simulation.OpenFlow;

namespace QuantumNet.Core.Tests.Simulation.OpenFlow;

/// <summary>Where a packet left and what it was then, as lines that can be compared.</summary>
internal static class TraceOutcome
{
    private const ulong Present = 0x1000;

    private static readonly PacketField[] s_inside =
        [PacketFields.Metadata, PacketFields.TunnelId, PacketFields.TunnelSource, PacketFields.TunnelDestination];

    /// <summary>The simulation's outputs.</summary>
    public static List<string> Of(PacketTrace trace) =>
        Lines(trace.Outputs.Select(output => (output.Port, output.Packet)));

    /// <summary>The outputs, sorted: a switch floods in no order.</summary>
    public static List<string> Lines(IEnumerable<(string Port, Packet Packet)> outputs) =>
        [.. outputs.Select(output => $"{output.Port} {Headers(output.Packet)}").Order(StringComparer.Ordinal)];

    /// <summary>What a packet has on the wire, and its mark.</summary>
    private static string Headers(Packet packet)
    {
        Packet shown = packet.Clone();
        shown.ClearConntrack();
        shown.InPort = 0;
        foreach (PacketField field in s_inside)
            shown[field] = 0;
        for (int i = 0; i < PacketFields.RegisterCount; i++)
            shown[PacketFields.Register(i)] = 0;
        ulong tags = shown.HasVlan ? shown.Vlans : 0;
        shown.Vlans = (tags & Present) == 0 ? tags >> 32 << 32 : tags;
        return $"{shown} {shown.Vlans:x16}";
    }
}
