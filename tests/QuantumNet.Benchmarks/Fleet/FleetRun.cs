using QuantumNet.Diagnosis;
using QuantumNet.Snapshots;

namespace QuantumNet.Benchmarks.Fleet;

/// <summary>Reads a fleet and judges all its ports: <c>fleet [NODES PORTS FLOWS [PROGRAM]]</c>. First as a user does
/// who runs <c>quantumnet Test-DhcpPath -All</c> on a snapshot, with what the whole process took: the program of a
/// package where one is named, else this build's; then step by step.</summary>
internal static class FleetRun
{
    private const int Turns = 3;

    public static int Run(string[] arguments)
    {
        FleetSize size = arguments.Length == 0 ? FleetSize.Whole
            : new(int.Parse(arguments[0]), int.Parse(arguments[1]), int.Parse(arguments[2]));
        var plan = new FleetPlan(size);
        QuantumSnapshot snapshot = FleetSnapshot.Make(plan, size);
        Console.WriteLine($"{size.Nodes} nodes, {plan.Ports.Count} ports, {plan.Networks.Count} networks, "
            + $"{snapshot.Outputs.Sum(output => (long)output.StandardOutput.Length) >> 20} MiB of outputs");
        string folder = Directory.CreateTempSubdirectory("quantumnet-fleet-").FullName;
        try
        {
            SnapshotWriter.Save(snapshot, folder, force: false);
            return FleetProcess.Run(plan, folder, arguments.ElementAtOrDefault(3)) + Run(plan, snapshot);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Run(FleetPlan plan, QuantumSnapshot snapshot)
    {
        Cloud cloud = ProcessorTime.Measure("read", 1, () => CloudReader.Read(snapshot));
        Console.WriteLine($"  {cloud.Nodes.Values.Sum(node => node.OvsFlows.Count)} flows, "
            + $"{cloud.Issues.Count} issues, {cloud.Failures.Count} failures, "
            + $"{cloud.UnknownOutputs.Count} unknown outputs");
        Dictionary<string, QuantumPort> ports = cloud.Records.Ports.ToDictionary(port => port.PortId);
        DhcpPathTester tester = ProcessorTime.Measure("index", 1, () => new DhcpPathTester(cloud));
        QuantumPort[] all = [.. plan.Ports.Select(port => ports[port.Id])];
        DhcpPathResult[] results = ProcessorTime.Measure("all verdicts, side by side", plan.Ports.Count,
            () => tester.TestAll(all, [], []).ToArray());
        for (int turn = 0; turn < Turns; turn++)
            results = ProcessorTime.Measure("verdict", plan.Ports.Count,
                () => all.Select(tester.Test).ToArray());
        return FleetTruth.Contradictions(plan,
            results.Select(result => new FleetVerdict(result.PortId, $"{result.Status}", result.Cause ?? "")));
    }
}

/// <summary>What is said of a port.</summary>
internal sealed record FleetVerdict(string PortId, string Status, string Cause);

/// <summary>What is true of a fleet: every port is healthy but those that were broken on purpose.</summary>
internal static class FleetTruth
{
    /// <summary>Prints the verdicts that are not true, and those that are missing; how many there are.</summary>
    public static int Contradictions(FleetPlan plan, IEnumerable<FleetVerdict> verdicts)
    {
        int wrong = 0;
        Dictionary<string, FleetVerdict> told = verdicts.ToDictionary(verdict => verdict.PortId);
        foreach (FleetPort port in plan.Ports)
        {
            string cause = CodeOf(port.Fault);
            if (told.GetValueOrDefault(port.Id) is { } verdict && verdict.Cause == cause
                && (cause.Length > 0 || verdict.Status == "Ok"))
                continue;
            if (++wrong <= 5)
                Console.WriteLine($"{port.Id} ({port.Fault}) on {port.Node.Name}: "
                    + $"{told.GetValueOrDefault(port.Id)}");
        }
        Console.WriteLine(wrong == 0 ? "every verdict is right" : $"{wrong} verdicts are wrong");
        return wrong;
    }

    private static string CodeOf(FleetFault fault) => fault switch
    {
        FleetFault.Untagged => "QN4001",
        FleetFault.NotInHostFile => "QN6008",
        FleetFault.SwitchedOff => "QN1007",
        FleetFault.OutOfBridge => "QN2001",
        _ => "",
    };
}
