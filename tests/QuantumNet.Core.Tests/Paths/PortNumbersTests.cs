using System.Text;
using QuantumNet.Snapshots;
using QuantumNet.Topology;

namespace QuantumNet.Core.Tests.Paths;

public sealed class PortNumbersTests
{
    private const string Forms = "openvswitch-3.1/forms/";

    [Theory]
    [InlineData("ovs-vsctl -t 5 list interface", "list-interface.txt")]
    [InlineData("ovs-ofctl show br-lab", "ofctl-show.txt")]
    public void Output_is_resolved_by_whichever_listing_there_is(string command, string sample)
    {
        NodeState node = Read(("ovs-vsctl show", Samples.Text(Forms + "show.txt")),
            (command, Samples.Text(Forms + sample)),
            ("ovs-ofctl dump-flows br-lab", " cookie=0x0, "
                + "priority=1 actions=output:7,output:\"patch-far\",LOCAL,IN_PORT,output:99,output:NXM_NX_REG6[]\n"));
        PortNumbers numbers = new(node);
        Assert.Equal("qvo4d2f1c9a-03", numbers.DeviceOf("br-lab", "7"));
        Assert.Equal(["99"], numbers.UnresolvedOutputs(Assert.Single(node.OvsFlows)));
    }

    [Fact]
    public void Number_of_another_bridge_is_not_this_ones()
    {
        NodeState node = Read(("ovs-vsctl show", Samples.Text(Forms + "show.txt")),
            ("ovs-vsctl list Interface", Samples.Text(Forms + "list-interface.txt")));
        Assert.Null(new PortNumbers(node).DeviceOf("br-far", "7"));
    }

    private static NodeState Read(params (string Command, string Text)[] outputs) => CloudReader.Read(new()
    {
        Outputs = [.. outputs.Select(one => new CommandOutput { ComputerName = "node1", Argv = one.Command.Split(' '),
            ExitStatus = 0, StandardOutput = Encoding.UTF8.GetBytes(one.Text) })],
    }).Node("node1")!;
}
