namespace QuantumNet.Diagnosis;

/// <summary>Which fault brings which other about, so that only root causes stand in a verdict.</summary>
internal static class Causality
{
    private enum Where
    {
        Anywhere,
        SameNode,
    }

    private static readonly (string Symptom, string Cause, Where Where)[] s_rules =
    [
        // Without DHCP on the subnet, or without an agent, no agent keeps anything for the network.
        .. Of("QN1001", Where.Anywhere, "QN1002", "QN6001", "QN6002", "QN6004", "QN6005", "QN6008", "QN5006", "QN5008"),
        .. Of("QN1002", Where.Anywhere, "QN6001", "QN6002", "QN6004", "QN6005", "QN6008"),
        // An agent that is down misses what the server tells it.
        .. Of("QN1003", Where.SameNode, "QN6001", "QN6005", "QN6008", "QN6009"),
        // Two causes that fit alike are told as one.
        .. Of("QN9006", Where.SameNode, "QN1004", "QN1005"),
        // An agent that hears nothing, or may not run anything, neither wires nor serves what is new.
        .. Of("QN1011", Where.SameNode, "QN3001", "QN4001", "QN4002", "QN5006", "QN5007", "QN5008", "QN6001",
            "QN6002", "QN6005", "QN6008"),
        .. Of("QN1012", Where.SameNode, "QN1011", "QN3001", "QN4001", "QN4002", "QN5006", "QN5007", "QN5008", "QN6001",
            "QN6002", "QN6004", "QN6005", "QN6008"),
        // The OVS agent parks a port that is switched off, and takes its filter and its network's flows away.
        .. Of("QN1007", Where.SameNode, "QN4001", "QN4002", "QN3001", "QN6002", "QN6004", "QN6005",
            "QN5006", "QN5007", "QN5008"),
        .. Of("QN2003", Where.SameNode, "QN2001", "QN2004", "QN3001", "QN4001", "QN4002", "QN5006", "QN5007", "QN5008"),
        .. Of("QN6001", Where.SameNode, "QN2004", "QN6002", "QN6003", "QN6004", "QN6005", "QN6008", "QN5006", "QN5008"),
        .. Of("QN2004", Where.SameNode, "QN2001", "QN4001", "QN4002", "QN6002", "QN6004", "QN6005"),
        .. Of("QN3006", Where.SameNode, "QN3001"),
        .. Of("QN3001", Where.SameNode, "QN3002", "QN3003"),
        .. Of("QN4001", Where.SameNode, "QN5006", "QN5007", "QN5008", "QN5018"),
        .. Of("QN4002", Where.SameNode, "QN5006", "QN5007", "QN5008", "QN5018"),
        .. Of("QN4005", Where.SameNode, "QN5006", "QN5007", "QN5008", "QN5018"),
        .. Of("QN4006", Where.SameNode, "QN3001", "QN5006", "QN5007", "QN5008", "QN5010", "QN5012", "QN5018"),
        .. Of("QN5002", Where.Anywhere, "QN5001", "QN5010"),
        .. Of("QN5001", Where.SameNode, "QN5009", "QN5010"),
        .. Of("QN6002", Where.SameNode, "QN6004", "QN6005", "QN5006", "QN5008", "QN5018"),
        .. Of("QN6004", Where.SameNode, "QN6005"),
        // What dnsmasq does not read it does not know.
        .. Of("QN6025", Where.SameNode, "QN6005", "QN6008", "QN6009", "QN6010"),
        // dnsmasq refuses in the same words, whether it has not read the port's line or cannot use it.
        .. Of("QN6011", Where.SameNode, "QN6010"),
    ];

    /// <summary>Marks each failed finding that another explains with that other's code.</summary>
    public static IReadOnlyList<Finding> Mark(IReadOnlyList<Finding> findings) =>
        [.. findings.Select(finding => finding.Status == FindingStatus.Fail
            ? finding with { CausedBy = CauseOf(finding, findings)?.Code } : finding)];

    /// <summary>The root of a finding: itself, or what stands at the end of its chain of causes.</summary>
    public static Finding RootOf(Finding finding, IReadOnlyList<Finding> findings)
    {
        Finding root = finding;
        for (int step = 0; step < findings.Count && CauseOf(root, findings) is { } cause; step++)
            root = cause;
        return root;
    }

    /// <summary>A fault that would explain a finding, but for whose evidence: whether it is there was not collected.
    /// Null when there is none.</summary>
    public static Finding? UncollectedCauseOf(Finding symptom, IReadOnlyList<Finding> findings) =>
        findings.FirstOrDefault(candidate =>
            candidate is { Status: FindingStatus.Unknown, MissingCollector.Length: > 0 }
            && candidate.Severity >= symptom.Severity
            && s_rules.Any(rule => rule.Symptom == symptom.Code && rule.Cause == candidate.Code
                && (rule.Where == Where.Anywhere || IsOfRecords(candidate)
                    || candidate.ComputerName == symptom.ComputerName)));

    // Records are not of the node that they are about.
    private static bool IsOfRecords(Finding finding) =>
        finding.MissingCollector.StartsWith("record:", StringComparison.Ordinal);

    private static Finding? CauseOf(Finding symptom, IReadOnlyList<Finding> findings)
    {
        foreach ((string code, string cause, Where where) in s_rules)
        {
            if (code != symptom.Code)
                continue;
            foreach (Finding candidate in findings)
            {
                if (candidate.Status == FindingStatus.Fail && candidate.Code == cause
                    && (where == Where.Anywhere || candidate.ComputerName == symptom.ComputerName))
                    return candidate;
            }
        }
        return null;
    }

    private static IEnumerable<(string, string, Where)> Of(string cause, Where where, params string[] symptoms) =>
        symptoms.Select(symptom => (symptom, cause, where));
}
