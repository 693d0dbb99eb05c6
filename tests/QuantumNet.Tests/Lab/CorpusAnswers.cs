using System.Text.Json.Nodes;

namespace QuantumNet.Tests.Lab;

/// <summary>What tests/corpus has for a fault in a cloud of the same kind:
/// the lab that runs and the corpus that it wrote must agree.</summary>
internal static class CorpusAnswers
{
    private static readonly Dictionary<LabKind, string> s_bases = new()
    {
        [new("grizzly", "gre")] = "grizzly-gre",
        [new("neutron", "vxlan")] = "neutron-vxlan",
        [new("neutron", "vlan")] = "neutron-vlan",
    };

    /// <summary>Status and cause of the case's first port, as its golden file has them;
    /// null where the corpus has no such case.</summary>
    /// <param name="kind">The kind of cloud.</param>
    /// <param name="fault">What was put in.</param>
    /// <param name="hasRecords">Whether the control plane's records were read.</param>
    public static (DhcpPathStatus Status, string? Cause)? Of(LabKind kind, LabFault fault, bool hasRecords)
    {
        if (!s_bases.TryGetValue(kind, out string? cloud))
            return null;
        string golden = Path.Combine(Repository.Root, "tests", "corpus", cloud,
            $"{fault.Code}-{fault.Variant}", "golden.json");
        if (!File.Exists(golden))
            return null;
        JsonNode answer = JsonNode.Parse(File.ReadAllText(golden))![hasRecords ? "WithRecords" : "WithoutRecords"]![0]!;
        return (Enum.Parse<DhcpPathStatus>((string)answer["Status"]!), (string?)answer["Cause"]);
    }
}
