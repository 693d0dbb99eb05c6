namespace QuantumNet.Reports;

/// <summary>Results as a report reads them: those read back from JSON or CSV may lack lists and texts.</summary>
internal static class ReportInput
{
    /// <summary>The results without a null anywhere that the report looks.</summary>
    public static List<DhcpPathResult> Of(IEnumerable<DhcpPathResult> results) =>
        [.. results.Where(result => result is not null).Select(Whole)];

    /// <summary>What one calls the port: its instance's name, or its id.</summary>
    public static string NameOf(DhcpPathResult result) =>
        result.InstanceName.Length > 0 ? result.InstanceName
        : result.PortId.Length > 0 ? "port " + result.PortId : "port without id";

    private static DhcpPathResult Whole(DhcpPathResult result) => result with
    {
        PortId = result.PortId ?? "",
        NetworkId = result.NetworkId ?? "",
        Mac = result.Mac ?? "",
        IpAddress = result.IpAddress ?? "",
        InstanceId = result.InstanceId ?? "",
        InstanceName = result.InstanceName ?? "",
        ComputeNode = result.ComputeNode ?? "",
        Summary = result.Summary ?? "",
        DhcpNodes = [.. (result.DhcpNodes ?? []).OfType<string>()],
        Findings = [.. (result.Findings ?? []).OfType<Finding>().Select(Whole)],
        Hops = [.. (result.Hops ?? []).OfType<Hop>().Select(Whole)],
    };

    private static Finding Whole(Finding finding) => finding with
    {
        Code = finding.Code ?? "",
        Title = finding.Title ?? "",
        ComputerName = finding.ComputerName ?? "",
        Object = finding.Object ?? "",
        Message = finding.Message ?? "",
        Remedy = finding.Remedy ?? "",
        Evidence = Whole(finding.Evidence),
    };

    private static Hop Whole(Hop hop) => hop with
    {
        ComputerName = hop.ComputerName ?? "",
        Object = hop.Object ?? "",
        Rule = hop.Rule ?? "",
        Reason = hop.Reason ?? "",
        Evidence = Whole(hop.Evidence),
    };

    private static Evidence[] Whole(Evidence[]? evidence) =>
        [.. (evidence ?? []).OfType<Evidence>().Select(line => line with
        {
            ComputerName = line.ComputerName ?? "",
            Command = line.Command ?? "",
            Text = line.Text ?? "",
        })];
}
