using System.Diagnostics;
using System.Globalization;
using System.Text;
using QuantumNet.Access;
using QuantumNet.Access.Gathering;
using QuantumNet.Access.Ssh;

namespace QuantumNet.Benchmarks;

/// <summary>What a gathering costs beside the bare commands: <c>gather INVENTORY NODE ...</c>. In turn the nodes are
/// gathered, and the very same commands are typed into one ssh session for each node, one after another: the sessions
/// side by side, as the nodes are, and as somebody with one terminal does, a node after the other.</summary>
internal static class GatherRun
{
    private const int Turns = 11;

    public static int Run(string[] arguments)
    {
        if (arguments.Length < 2)
        {
            Console.Error.WriteLine("gather INVENTORY NODE ...");
            return 2;
        }
        Inventory inventory = InventoryFile.Load(arguments[0]);
        string[] nodes = arguments[1..];
        List<double> gathered = [], typed = [], inTurn = [];
        QuantumSnapshot snapshot = Gather(inventory, nodes);        // the runtime compiles the program
        for (int turn = 0; turn < Turns; turn++)
        {
            gathered.Add(Seconds(() => snapshot = Gather(inventory, nodes)));
            typed.Add(Seconds(() => Task.WhenAll(nodes.Select(
                node => TypeAsync(inventory, inventory.Find(node)!, snapshot))).GetAwaiter().GetResult()));
            inTurn.Add(Seconds(() => Array.ForEach(nodes,
                node => TypeAsync(inventory, inventory.Find(node)!, snapshot).GetAwaiter().GetResult())));
        }
        int commands = snapshot.Outputs.Select(output => (output.ComputerName, output.Command)).Distinct().Count();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{commands} commands on {nodes.Length} nodes, {Turns} turns"));
        Tell("gathered", gathered);
        Tell("typed into one session for each node, all at once", typed);
        Tell("typed into one session for each node, in turn", inTurn);
        return 0;
    }

    private static QuantumSnapshot Gather(Inventory inventory, string[] nodes)
    {
        QuantumSnapshot snapshot = new LiveSource(inventory, null).GatherAsync(
            new() { ComputerName = nodes, RecordKinds = ["none"] }, new Quiet(), default).GetAwaiter().GetResult();
        return Array.TrueForAll(snapshot.Nodes, node => node.FailureCode.Length == 0) ? snapshot
            : throw new InvalidOperationException(snapshot.Nodes.First(node => node.FailureCode.Length > 0).Failure);
    }

    /// <summary>Types the commands of a node that a gathering ran into one ssh session.</summary>
    public static async Task TypeAsync(Inventory inventory, InventoryNode node, QuantumSnapshot snapshot)
    {
        StringBuilder lines = new("export LC_ALL=C PATH=$PATH:/usr/sbin:/sbin\n");
        foreach (string[] argv in snapshot.Outputs.Where(output => output.ComputerName == node.Name
                && !output.Command.Contains('{', StringComparison.Ordinal))
            .DistinctBy(output => output.Command).Select(output => output.Argv))
            lines.Append(string.Join(' ', argv.Select(ShellQuote.Word))).Append('\n');
        await using INodeShell shell = await new SshTransport(inventory.Ssh).OpenAsync(node, default);
        await shell.Input.WriteAsync(Encoding.UTF8.GetBytes(lines.Append("exit\n").ToString()));
        await shell.Input.FlushAsync();
        await shell.Output.CopyToAsync(Stream.Null);
    }

    /// <summary>How long some work takes.</summary>
    public static double Seconds(Action work)
    {
        Stopwatch watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>Prints the median, the least and the most.</summary>
    public static void Tell(string what, List<double> seconds)
    {
        seconds.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: {seconds[seconds.Count / 2]:0.00} s ({seconds[0]:0.00} to {seconds[^1]:0.00})"));
    }

    /// <summary>Hears errors alone.</summary>
    public sealed class Quiet : IGatherObserver
    {
        public void CommandFinished(CommandOutput output)
        {
        }

        public void Failed(QuantumError error) => Console.Error.WriteLine(error.Message);
    }
}
