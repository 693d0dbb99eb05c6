using System.Globalization;
using QuantumNet.Access;
using QuantumNet.Access.Gathering;
using QuantumNet.Access.Ssh;

namespace QuantumNet.Benchmarks;

/// <summary>What one port costs on a node that serves many networks: <c>crowd LAB NODE COUNT</c>. The node of a lab is
/// gathered for the lab's own network and the same commands are typed into one ssh session, in turn; then again with so
/// many networks more (<c>tests/lab/crowd</c>). Processes are those that began on the node.</summary>
internal static class CrowdRun
{
    private const int Turns = 9;

    public static int Run(string[] arguments)
    {
        if (arguments is not [var lab, var node, var count])
        {
            Console.Error.WriteLine("crowd LAB NODE COUNT");
            return 2;
        }
        string network = LabScript.Plan(lab).GetProperty("network").GetProperty("id").GetString()!;
        Inventory inventory = InventoryFile.Load(Path.Combine(lab, "inventory.json"));
        int before = Measure("one network", lab, inventory, node, network);
        LabScript.Run("crowd", lab, node, count);
        int after = Measure($"{count} more", lab, inventory, node, network);
        return before == after ? 0 : 1;
    }

    /// <summary>Prints the figures; how many commands there were.</summary>
    private static int Measure(string what, string lab, Inventory inventory, string node, string network)
    {
        GatherPlan plan = GatherPlan.For(Snapshots.Collectors.All, [network]);
        InventoryNode named = inventory.Find(node)!;
        List<double> gathered = [], typed = [];
        QuantumSnapshot snapshot = Gather();        // the runtime compiles the program
        long began = LastProcess(lab, node);
        Gather();
        long own = LastProcess(lab, node) - began - Overhead(lab, node);
        for (int turn = 0; turn < Turns; turn++)
        {
            gathered.Add(GatherRun.Seconds(() => snapshot = Gather()));
            typed.Add(GatherRun.Seconds(() =>
                GatherRun.TypeAsync(inventory, named, snapshot).GetAwaiter().GetResult()));
        }
        began = LastProcess(lab, node);
        GatherRun.TypeAsync(inventory, named, snapshot).GetAwaiter().GetResult();
        long peer = LastProcess(lab, node) - began - Overhead(lab, node);
        int commands = snapshot.Outputs.Select(output => output.Command).Distinct().Count();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: {commands} commands; {own} processes on the node, {peer} when typed"));
        GatherRun.Tell("  gathered", gathered);
        GatherRun.Tell("  typed into one session", typed);
        return commands;

        QuantumSnapshot Gather()
        {
            NodeGathering one = new NodeGatherer(new SshTransport(inventory.Ssh), new GatherRun.Quiet())
                .GatherAsync(named, plan, 120, default).GetAwaiter().GetResult();
            return new() { Nodes = [one.Node], Outputs = one.Outputs };
        }
    }

    /// <summary>The number of the process that began last on a node: they have numbers of their own.</summary>
    private static long LastProcess(string lab, string node) =>
        long.Parse(
        LabScript.Run("enter", lab, node, "cat", "/proc/sys/kernel/ns_last_pid"), CultureInfo.InvariantCulture);

    /// <summary>What asking for that number adds to it.</summary>
    private static long Overhead(string lab, string node) => -LastProcess(lab, node) + LastProcess(lab, node);
}
