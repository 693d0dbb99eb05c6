using QuantumNet.Access;
using QuantumNet.Commands;
using QuantumNet.Tests.Pipeline;
using Xunit.Abstractions;

namespace QuantumNet.Tests.Lab;

/// <summary>Compare-QuantumSnapshot on a real cloud through real ssh: a healthy one against itself some seconds later,
/// and a node against its peer, say nothing; a fault that was put in between is the first difference.</summary>
[Collection("lab")]
public sealed class CompareLabTests(ITestOutputHelper log)
{
    // Of each kind of cloud those that it can have.
    private static readonly (string Code, string Variant, string Side, string Layer, string What)[] s_faults =
    [
        ("QN1007", "instance", "-", "ControlPlane", "admin state"), ("QN2001", "tap", "K", "Devices", "master"),
        ("QN3002", "rule", "K", "Iptables", "rule"), ("QN4001", "instance", "K", "Integration", "tag"),
        ("QN5001", "dhcp", "D", "Tunnel", "port"), ("QN5006", "compute", "K", "Tunnel", "flow"),
        ("QN5018", "uplink", "K", "Integration", "port"), ("QN5018", "outbound", "K", "Integration", "flow"),
        ("QN6005", "dead", "D", "DhcpServer", "dnsmasq"), ("QN6008", "line", "D", "DhcpServer", "host line"),
    ];

    // What a node lacks and its peer has.
    private static readonly string[] s_ofPeers = ["QN5006 compute", "QN5018 outbound"];

    /// <summary>Every kind of cloud: two times of any can be compared.</summary>
    public static TheoryData<string> Clouds => LabVariants.Of("neutron vxlan hybrid");

    [SkippableTheory]
    [MemberData(nameof(Clouds))]
    public void Fault_put_in_between_two_snapshots_is_the_first_difference(string variant)
    {
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        using LabCloud lab = LabCloud.Up(LabKind.Parse(variant));
        log.WriteLine($"{lab.Kind}, lab seed {lab.Plan["seed"]}");
        QuantumSnapshot healthy = Take(lab);
        List<string> wrong = [.. Compare(healthy, Take(lab)).Select(one => $"healthy: {one}"), .. Peers(lab, healthy)];
        string[] possible = [.. lab.Faults().Select(fault => fault.ToString())];
        foreach ((string code, string name, string side, string layer, string what) in s_faults)
        {
            LabFault fault = new(code, name, side, TakesLease: true);
            if (!possible.Contains(fault.ToString()))
                continue;
            if (side == "D")
                lab.Put(fault, lab.DhcpNodes[0]);
            else
                lab.Put(fault);
            QuantumSnapshot broken = Take(lab);
            lab.Undo(fault);
            string node = side == "D" ? lab.DhcpNodes[0] : side == "K" ? lab.Victim.Node : "controller";
            foreach (string[] ports in (string[][])[[lab.Victim.PortId], []])
            {
                QuantumDifference[] told = Compare(healthy, broken, ports);
                log.WriteLine($"{fault}: {told.Length}: {told.FirstOrDefault()}");
                if (told is not [var first, ..] || (first.Layer, first.What, first.ComputerName) != (layer, what, node))
                    wrong.Add($"{fault}: {string.Join("\n      ", told.Take(5).Select(one => one.ToString()))}");
            }
            // What a fault's end leaves behind (another dnsmasq, another order) is a new beginning, not the next fault.
            healthy = Take(lab);
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private IEnumerable<string> Peers(LabCloud lab, QuantumSnapshot healthy)
    {
        // With two DHCP agents the other compute node is the other server's: a node of another role.
        string node = lab.Victim.Node;
        if (lab.Instances.FirstOrDefault(one => one.Node != node && !lab.DhcpNodes.Contains(one.Node))?.Node
            is not { } peer)
            yield break;
        foreach (QuantumDifference one in Hold(healthy, peer, node))
            yield return $"healthy peers: {one}";
        LabFault fault = lab.Faults().First(one => s_ofPeers.Contains(one.ToString()));
        lab.Put(fault);
        QuantumDifference[] told = Hold(Take(lab), peer, node);
        lab.Undo(fault);
        if (told is not [{ What: "flow", Change: DifferenceChange.Removed } first]
            || first.ComputerName != node)
            yield return $"{fault}, by its peer: {string.Join("\n      ", told.Select(one => one.ToString()))}";
    }

    private QuantumDifference[] Hold(QuantumSnapshot snapshot, string reference, string difference)
    {
        QuantumDifference[] told = Run(new()
            { Reference = snapshot, ReferenceNode = reference, DifferenceNode = difference });
        log.WriteLine($"{difference} by {reference}: {told.Length}: {told.FirstOrDefault()}");
        return told;
    }

    private static QuantumDifference[] Compare(QuantumSnapshot before, QuantumSnapshot after, params string[] ports) =>
        Run(new() { Reference = before, Difference = after, PortId = ports });

    private static QuantumDifference[] Run(CompareQuantumSnapshotCommand cmdlet)
    {
        TestHost host = new TestHost().Run(cmdlet);
        Assert.Empty(host.Errors);
        return [.. host.Objects.Cast<QuantumDifference>()];
    }

    private static QuantumSnapshot Take(LabCloud lab)
    {
        LiveSource source = LiveSource.Open(InventoryFile.Load(lab.InventoryWith("client")));
        return source.GatherAsync(new(), new Listener(), CancellationToken.None).GetAwaiter().GetResult();
    }

    private sealed class Listener : IGatherObserver
    {
        public void CommandFinished(CommandOutput output)
        {
        }

        public void Failed(QuantumError error) => Assert.Fail(error.Message);
    }
}
