using System.Globalization;
using QuantumNet.Commands;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Lab;

/// <summary>What nodes are asked: the commands of one network for a port, however many the node serves, and nothing
/// twice, however many ports are tested.</summary>
[Collection("lab")]
public sealed class CrowdLabTests
{
    private static int Networks => Settings.IsLong ? 500 : 40;

    [SkippableFact]
    public void Port_on_a_node_with_many_networks_costs_the_commands_and_processes_of_one()
    {
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        using LabCloud lab = LabCloud.Up(LabKind.Parse("neutron vxlan hybrid"));
        string node = lab.DhcpNodes[0];
        (string[] Commands, long Processes) alone = Ask(lab, node);
        lab.Crowd(node, Networks);
        Assert.Equal(Networks + 1, lab.Enter(node, "ip", "netns").Count(letter => letter == '\n'));
        (string[] Commands, long Processes) crowded = Ask(lab, node);
        Assert.Equal(alone.Commands, crowded.Commands);
        // Daemons of the lab may begin one meanwhile; a network would take dozens.
        Assert.InRange(crowded.Processes, 1, alone.Processes + (Networks / 4));
    }

    [SkippableFact]
    public void Sweep_reads_each_node_once_and_asks_nothing_twice()
    {
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        using LabCloud lab = LabCloud.Up(LabKind.Parse("neutron vxlan hybrid"));
        TestHost all = lab.Run(new TestDhcpPathCommand { All = true });
        Assert.Equal(lab.Instances.Count, all.Objects.Count);
        AssertNothingTwice(lab, all);
        AssertNothingTwice(lab, lab.Run(new TestDhcpPathCommand
            { PortId = [.. lab.Instances.Select(instance => instance.PortId)] }));
        AssertNothingTwice(lab, lab.Run(new TestDhcpServerCommand()));
    }

    private static void AssertNothingTwice(LabCloud lab, TestHost host)
    {
        string[] asked = [.. Asked(host)];
        Assert.Empty(asked.GroupBy(line => line).Where(same => same.Count() > 1).Select(same => same.Key));
        Assert.NotEmpty(asked);
        string[] nodes = [.. lab.Plan["nodes"]!.AsArray().Select(node => (string)node!["name"]!)
            .Where(node => node != "controller")];
        Assert.All(nodes, node => Assert.Single(host.VerboseLines,
            line => line.StartsWith($"{node}: transport ", StringComparison.Ordinal)));
    }

    private static (string[] Commands, long Processes) Ask(LabCloud lab, string node)
    {
        long before = LastProcess(lab, node);
        TestHost host = lab.Run(new TestDhcpPathCommand { PortId = [lab.Victim.PortId] });
        long processes = LastProcess(lab, node) - before;
        Assert.Equal(DhcpPathStatus.Ok, Assert.IsType<DhcpPathResult>(Assert.Single(host.Objects)).Status);
        return ([.. Asked(host).Where(line => line.StartsWith(node + ": ", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)], processes);
    }

    /// <summary>The commands, each behind its node's name.</summary>
    private static IEnumerable<string> Asked(TestHost host) => host.VerboseLines
        .Select(line => (Line: line, End: line.LastIndexOf(": exit ", StringComparison.Ordinal)))
        .Where(one => one.End > 0).Select(one => one.Line[..one.End]);

    /// <summary>The number of the process that began last: a node of the lab counts its own.</summary>
    private static long LastProcess(LabCloud lab, string node) =>
        long.Parse(lab.Enter(node, "cat", "/proc/sys/kernel/ns_last_pid"), CultureInfo.InvariantCulture);
}
