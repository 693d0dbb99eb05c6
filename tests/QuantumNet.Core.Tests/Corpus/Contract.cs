using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using QuantumNet.Diagnosis;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Corpus;

/// <summary>Of a result of Test-DhcpPath what scripts rely on, named as there: the status, the cause and where it is,
/// the codes that failed, the hops. Sentences, evidence and times are left out.</summary>
internal static class Contract
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        Converters = { new JsonStringEnumConverter() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The verdicts on some ports of a cloud.</summary>
    public static DhcpPathResult[] Judge(QuantumSnapshot snapshot, IReadOnlyList<string> ports)
    {
        Cloud cloud = CloudReader.Read(snapshot);
        DhcpPathTester tester = new(cloud);
        return [.. ports.Select(port => PortSelector.Find(cloud.Records, port))
            .Select(found => found.Error is null ? tester.Test(found.Ports[0])
                : new DhcpPathResult { Status = DhcpPathStatus.Unknown, Summary = found.Error.Message })];
    }

    /// <summary>The JSON of a golden file: a hop a line.</summary>
    public static string Write(IEnumerable<DhcpPathResult> withRecords, IEnumerable<DhcpPathResult> withoutRecords)
    {
        StringBuilder json = new("{\n");
        Write(json, "WithRecords", withRecords);
        json.Append(",\n");
        Write(json, "WithoutRecords", withoutRecords);
        return json.Append("\n}\n").ToString();
    }

    private static void Write(StringBuilder json, string name, IEnumerable<DhcpPathResult> results) =>
        json.Append(' ').Append(Text(name)).Append(": [").AppendJoin(',', results.Select(Write)).Append(']');

    private static string Write(DhcpPathResult result)
    {
        StringBuilder json = new("{\n");
        void Add(string name, object? value) =>
            json.Append("  ").Append(Text(name)).Append(": ").Append(Text(value)).Append(",\n");
        Add("PortId", result.PortId);
        Add("Status", result.Status);
        Add("Cause", result.Cause);
        Add("ComputerName", result.ComputerName);
        Add("Object", result.Object);
        Add("Direction", result.Direction);
        Add("Failed", Failed(result));
        json.Append("  \"Hops\": [").AppendJoin(',', result.Hops.Select(hop => "\n   " + Text(new
        {
            hop.Direction,
            hop.ComputerName,
            hop.Component,
            hop.Object,
            hop.Action,
            hop.Rule,
        }))).Append("]\n }");
        return json.ToString();
    }

    /// <summary>The codes of the findings that failed.</summary>
    public static string[] Failed(DhcpPathResult result) =>
        [.. result.Findings.Where(finding => finding.Status == FindingStatus.Fail)
            .Select(finding => finding.Code).Distinct().Order(StringComparer.Ordinal)];

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, s_json);
}
