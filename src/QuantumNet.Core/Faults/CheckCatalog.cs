namespace QuantumNet.Faults;

/// <summary>The catalogue of fault codes: one entry each, layer by layer.</summary>
public static class CheckCatalog
{
    private static readonly Dictionary<string, CheckInfo> s_byCode = new(StringComparer.OrdinalIgnoreCase);

    static CheckCatalog()
    {
        foreach (CheckInfo info in All)
            s_byCode.Add(info.Code, info);
    }

    /// <summary>All entries, by code.</summary>
    public static IReadOnlyList<CheckInfo> All { get; } =
    [
        .. ControlPlaneFaults.All.Concat(DeviceFaults.All).Concat(IptablesFaults.All).Concat(IntegrationFaults.All)
            .Concat(TunnelFaults.All).Concat(DhcpServerFaults.All).Concat(GuestFaults.All).Concat(GatheringFaults.All)
            .OrderBy(info => info.Code, StringComparer.Ordinal),
    ];

    /// <summary>The entry of a code; null when there is none.</summary>
    public static CheckInfo? Find(string code) => s_byCode.GetValueOrDefault(code);
}
