using QuantumNet.Parsing.Clients;
using QuantumNet.Snapshots.Captures;
using QuantumNet.Topology;

namespace QuantumNet.Snapshots;

/// <summary>Reads a snapshot's raw outputs into one cloud of typed records.</summary>
public static class CloudReader
{
    /// <summary>Reads a snapshot. Never throws on what nodes printed: it becomes issues and failures.</summary>
    public static Cloud Read(QuantumSnapshot snapshot) => Read(snapshot, Collectors.All);

    internal static Cloud Read(QuantumSnapshot snapshot, IReadOnlyList<ICollector> collectors)
    {
        List<NodeReading> readings = Gather(snapshot, collectors);
        Parallel.ForEach(readings, reading => reading.Read());

        List<ParseIssue> issues = [];
        List<GatherFailure> failures = NodeFailures(snapshot);
        List<CommandOutput> unknown = [];
        Dictionary<string, NodeState> nodes = new(StringComparer.OrdinalIgnoreCase);
        foreach (NodeReading reading in readings)
        {
            nodes[reading.Node.ComputerName] = reading.Node;
            issues.AddRange(reading.Issues);
            failures.AddRange(reading.Failures());
            unknown.AddRange(reading.Unknown);
        }
        CloudRecords records = ReadRecords(snapshot, nodes, issues, failures);
        return new() { Records = records, Nodes = nodes, Issues = issues, Failures = failures, UnknownOutputs = unknown,
            Captures = CaptureOutputs.Read(snapshot.Outputs, issues), CollectedAt = snapshot.CollectedAt,
            Scope = snapshot.Scope };
    }

    private static List<NodeReading> Gather(QuantumSnapshot snapshot, IReadOnlyList<ICollector> collectors)
    {
        Dictionary<string, string[]> roles = new(StringComparer.OrdinalIgnoreCase);
        foreach (SnapshotNode node in snapshot.Nodes)
            roles[node.ComputerName] = node.Roles;

        CollectorIndex index = new(collectors);
        Dictionary<string, NodeReading> readings = new(StringComparer.OrdinalIgnoreCase);
        foreach (CommandOutput output in snapshot.Outputs.Where(output => !CaptureOutputs.IsOne(output)))
        {
            if (!readings.TryGetValue(output.ComputerName, out NodeReading? reading))
            {
                NodeState node = new() { ComputerName = output.ComputerName,
                    Roles = roles.GetValueOrDefault(output.ComputerName, []) };
                readings[output.ComputerName] = reading = new(node, index);
            }
            reading.Outputs.Add(SpokenError.Separate(output));
        }
        return [.. readings.Values];
    }

    /// <summary>What the control plane answered; for kinds of records that it did not answer,
    /// what the nodes tell.</summary>
    private static CloudRecords ReadRecords(
        QuantumSnapshot snapshot, Dictionary<string, NodeState> nodes, List<ParseIssue> issues,
        List<GatherFailure> failures)
    {
        failures.AddRange(RecordReader.ReadFailures(snapshot.RecordOutputs));
        CloudRecords records = Masked(RecordReader.Read(snapshot.RecordOutputs, issues));
        return records.CollectedKinds.Count > 0
            ? RecordInference.Complete(records, nodes) : RecordInference.Infer(nodes);
    }

    /// <summary>An instance's console may show what its user typed.</summary>
    private static CloudRecords Masked(CloudRecords records) => records with
    {
        ConsoleLogs = [.. records.ConsoleLogs.Select(
            log => log with { Lines = Array.ConvertAll(log.Lines, Scrubber.Scrub) })],
    };

    private static List<GatherFailure> NodeFailures(QuantumSnapshot snapshot)
    {
        List<GatherFailure> failures = [];
        foreach (SnapshotNode node in snapshot.Nodes)
        {
            if (node.FailureCode.Length > 0)
                failures.Add(new() { ComputerName = node.ComputerName, Code = node.FailureCode,
                    Message = node.Failure, Advice = node.Advice });
        }
        return failures;
    }
}
