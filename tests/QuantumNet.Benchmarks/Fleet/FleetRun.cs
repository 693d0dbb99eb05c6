using System.Diagnostics;
using QuantumNet.Diagnosis;
using QuantumNet.Snapshots;

namespace QuantumNet.Benchmarks.Fleet;

/// <summary>Reads a fleet and judges all its ports, as <c>Get-QuantumPort | Test-DhcpPath -Snapshot</c> does, and tells
/// what each step took: <c>fleet [NODES PORTS FLOWS]</c>.</summary>
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
        Console.WriteLine($"peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
        return FleetTruth.Contradictions(plan, results);
    }
}

/// <summary>What is true of a fleet: every port is healthy but those that were broken on purpose.</summary>
internal static class FleetTruth
{
    /// <summary>Prints the verdicts that are not true; how many there are.</summary>
    public static int Contradictions(FleetPlan plan, IReadOnlyList<DhcpPathResult> results)
    {
        int wrong = 0;
        foreach ((FleetPort port, DhcpPathResult result) in plan.Ports.Zip(results))
        {
            if (result.PortId == port.Id && result.Cause == CodeOf(port.Fault)
                && (port.Fault != FleetFault.None || result.Status == DhcpPathStatus.Ok))
                continue;
            if (++wrong <= 5)
                Console.WriteLine($"{port.Id} ({port.Fault}) on {port.Node.Name}: {result.Status} {result.Cause} "
                    + result.Summary);
        }
        Console.WriteLine(wrong == 0 ? "every verdict is right" : $"{wrong} verdicts are wrong");
        return wrong;
    }

    private static string? CodeOf(FleetFault fault) => fault switch
    {
        FleetFault.Untagged => "QN4001",
        FleetFault.NotInHostFile => "QN6008",
        FleetFault.SwitchedOff => "QN1007",
        FleetFault.OutOfBridge => "QN2001",
        _ => null,
    };
}
