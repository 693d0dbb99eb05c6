using System.Globalization;
using QuantumNet.Access;

namespace QuantumNet.Benchmarks;

/// <summary>A gathering with the control plane, as cmdlets run it: <c>cloud INVENTORY PORT</c>. In turn one port and
/// the whole cloud are gathered, and beside them the control plane and the nodes alone.</summary>
internal static class CloudRun
{
    private const int Turns = 7;

    public static int Run(string[] arguments)
    {
        if (arguments is not [var path, var port])
        {
            Console.Error.WriteLine("cloud INVENTORY PORT");
            return 2;
        }
        Inventory inventory = InventoryFile.Load(path);
        (string What, GatherRequest Request, List<double> Seconds)[] kinds =
        [
            ("one port", new() { Port = port }, []),
            ("  its records alone", new() { Port = port, Collectors = ["none"] }, []),
            ("whole cloud", new(), []),
            ("  its records alone", new() { Collectors = ["none"] }, []),
            ("  its nodes alone", new() { RecordKinds = ["none"] }, []),
        ];
        Gather(inventory, kinds[0].Request);        // the runtime compiles the program
        for (int turn = 0; turn < Turns; turn++)
        {
            foreach ((_, GatherRequest request, List<double> seconds) in kinds)
                seconds.Add(GatherRun.Seconds(() => Gather(inventory, request)));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Turns} turns"));
        foreach ((string what, _, List<double> seconds) in kinds)
            GatherRun.Tell(what, seconds);
        return 0;
    }

    private static void Gather(Inventory inventory, GatherRequest request)
    {
        QuantumSnapshot snapshot = LiveSource.Open(inventory)
            .GatherAsync(request, new GatherRun.Quiet(), default).GetAwaiter().GetResult();
        if (Array.Exists(snapshot.Nodes, node => node.FailureCode.Length > 0))
            throw new InvalidOperationException(snapshot.Nodes.First(node => node.FailureCode.Length > 0).Failure);
    }
}
