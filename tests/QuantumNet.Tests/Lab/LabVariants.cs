namespace QuantumNet.Tests.Lab;

/// <summary>The kinds of clouds that tests/lab can build. A theory over them runs on its ordinary one; with
/// QUANTUMNET_LONG=1 on each that makes sense for it. QUANTUMNET_VARIANTS names some; comma between them.</summary>
internal static class LabVariants
{
    private static readonly string[] s_all =
    [
        "grizzly gre hybrid", "grizzly gre direct", "grizzly vxlan hybrid", "grizzly vlan hybrid",
        "grizzly flat hybrid", "neutron vxlan hybrid", "neutron vxlan hybrid l2pop", "neutron vxlan direct",
        "neutron gre hybrid", "neutron gre direct l2pop", "neutron vlan hybrid", "neutron vlan direct",
        "neutron flat hybrid", "neutron vxlan hybrid two-agents",
    ];

    /// <summary>Those of a theory.</summary>
    /// <param name="ordinary">The kind of an ordinary run.</param>
    /// <param name="makesSense">Which of the others make sense; all when left out.</param>
    public static TheoryData<string> Of(string ordinary, Predicate<LabKind>? makesSense = null)
    {
        string[] sensible = [.. s_all.Where(name => makesSense is null || makesSense(LabKind.Parse(name)))];
        return new(Settings.Variants is { Length: > 0 } named
            ? sensible.Where(name => named.Contains(name)).DefaultIfEmpty(ordinary)
            : Settings.IsLong ? sensible : [ordinary]);
    }
}
