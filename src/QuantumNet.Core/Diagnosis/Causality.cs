using QuantumNet.Faults;

namespace QuantumNet.Diagnosis;

/// <summary>Which finding brings which other about, as the catalogue's entries explain it, so that only root causes
/// stand in a verdict.</summary>
internal static class Causality
{
    // The codes that explain a code.
    private static readonly ILookup<string, CheckInfo> s_causes = CheckCatalog.All
        .SelectMany(cause => cause.Explains.Select(symptom => (symptom, cause)))
        .ToLookup(pair => pair.symptom, pair => pair.cause);

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
            && s_causes[symptom.Code].Any(cause => cause.Code == candidate.Code
                && (IsOfRecords(candidate) || Reaches(cause, candidate, symptom))));

    // Records are not of the node that they are about.
    private static bool IsOfRecords(Finding finding) =>
        finding.MissingCollector.StartsWith("record:", StringComparison.Ordinal);

    private static Finding? CauseOf(Finding symptom, IReadOnlyList<Finding> findings) =>
        s_causes[symptom.Code]
            .Select(cause => findings.FirstOrDefault(candidate => candidate.Status == FindingStatus.Fail
                && candidate.Code == cause.Code && Reaches(cause, candidate, symptom)))
            .FirstOrDefault(candidate => candidate is not null);

    // A node's or a port's fault explains what is wrong on that node, any other what is wrong anywhere on the path.
    private static bool Reaches(CheckInfo cause, Finding candidate, Finding symptom) =>
        cause.Scope is not (FaultScope.Node or FaultScope.Port) || candidate.ComputerName == symptom.ComputerName;
}
