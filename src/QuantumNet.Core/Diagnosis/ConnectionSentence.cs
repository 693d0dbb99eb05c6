using System.Globalization;

namespace QuantumNet.Diagnosis;

/// <summary>What a verdict on a connection is told in: the result's fields and its one sentence.</summary>
internal static class ConnectionSentence
{
    private const double Minute = 60, Hour = 3600;

    /// <summary>A result with its verdict.</summary>
    public static QuantumConnectionResult Told(QuantumConnectionResult result, FindingVerdict verdict)
    {
        result = result with
        {
            Status = verdict.Status, Cause = verdict.Root?.Code, Title = verdict.Root?.Title,
            Object = verdict.Root?.Object, Remedy = verdict.Root?.Remedy, Findings = [.. verdict.Findings],
        };
        return result with { Summary = Of(result, verdict.Root) };
    }

    /// <summary>Which cmdlets go without; empty where none does.</summary>
    public static string Costs(string[] cmdlets) =>
        cmdlets.Length == 0 ? "" : $"This costs {string.Join(", ", cmdlets)}.";

    private static string Of(QuantumConnectionResult result, Finding? root)
    {
        string name = result.Kind == QuantumEndpointKind.Node ? result.ComputerName
            : $"The control plane {(result.ComputerName.Length > 0 ? $"on {result.ComputerName} " : "")}"
                + $"({result.Transport})";
        int more = result.Findings.Count(finding => finding.Status != FindingStatus.Pass) - 1;
        string rest = more <= 0 ? "" : more == 1 ? " There is one more finding." : $" There are {more} more findings.";
        return result.Status switch
        {
            DhcpPathStatus.Ok => $"{name} is ready{Details(result)}.",
            DhcpPathStatus.Broken => $"{name} cannot be used: {root?.Message}{rest}",
            DhcpPathStatus.Degraded => $"{name} can be used in part: {root?.Message}{rest}",
            _ => $"Cannot determine whether {name} can be used: {root?.Message}{rest}",
        };
    }

    /// <summary>A clock's offset in words: <c>1 h 0 min ahead of</c>.</summary>
    public static string Clock(double offset) => $"{Length(Math.Abs(offset))} {(offset < 0 ? "behind" : "ahead of")}";

    /// <summary>Seconds with as many digits as matter.</summary>
    public static string Seconds(double seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{seconds:0.###} s");

    private static string Length(double seconds) => seconds switch
    {
        >= Hour => string.Create(CultureInfo.InvariantCulture,
            $"{Math.Floor(seconds / Hour):0} h {Math.Floor(seconds % Hour / Minute):0} min"),
        >= 2 * Minute => string.Create(CultureInfo.InvariantCulture,
            $"{Math.Floor(seconds / Minute):0} min {seconds % Minute:0} s"),
        _ => Seconds(seconds),
    };

    private static string Details(QuantumConnectionResult result)
    {
        List<string> details = [];
        if (result.UserName.Length > 0)
            details.Add($"{result.UserName} by {result.Transport}");
        if (result.Tools.Count(tool => tool.Status == FindingStatus.Pass) is > 0 and int tools)
            details.Add($"{tools} tools are there and may run");
        if (result.Services.Length > 0)
            details.Add($"{string.Join(", ", result.Services.Where(service => service.Status == FindingStatus.Pass)
                .Select(service => service.Name))} answer");
        if (result is { ClockOffsetSeconds: { } offset, ClockErrorSeconds: { } error })
            details.Add($"its clock {(Math.Abs(offset) <= error ? "agrees with" : $"is {Clock(offset)}")} "
                + $"this machine's (within {Seconds(error)})");
        return details.Count == 0 ? "" : $": {string.Join("; ", details)}";
    }
}
