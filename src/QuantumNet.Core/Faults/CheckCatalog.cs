namespace QuantumNet.Faults;

/// <summary>The catalogue of fault codes: one entry each, layer by layer.</summary>
public static class CheckCatalog
{
    /// <summary>All entries, by code.</summary>
    public static IReadOnlyList<CheckInfo> All { get; } =
    [
        .. ControlPlaneFaults.All.Concat(DeviceFaults.All).Concat(IptablesFaults.All).Concat(IntegrationFaults.All)
            .Concat(TunnelFaults.All).Concat(DhcpServerFaults.All).Concat(GuestFaults.All).Concat(GatheringFaults.All)
            .OrderBy(info => info.Code, StringComparer.Ordinal),
    ];

    private static readonly Dictionary<string, CheckInfo> s_byCode =
        All.ToDictionary(info => info.Code, StringComparer.OrdinalIgnoreCase);

    /// <summary>The entry of a code; null when there is none.</summary>
    public static CheckInfo? Find(string code) => s_byCode.GetValueOrDefault(code);
}
