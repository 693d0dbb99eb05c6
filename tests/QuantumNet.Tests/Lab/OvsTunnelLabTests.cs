using QuantumNet.Commands;
using QuantumNet.Tests.Pipeline;
using Xunit.Abstractions;

namespace QuantumNet.Tests.Lab;

/// <summary>Test-OvsTunnel on a real mesh through real ssh: a healthy one is whole, pings answer, each fault of a
/// tunnel is named, and it is whole again without it.</summary>
[Collection("lab")]
public sealed class OvsTunnelLabTests(ITestOutputHelper log)
{
    private static readonly (string Code, string Variant, string Side)[] s_faults =
    [
        ("QN5001", "compute", "K"), ("QN5001", "dhcp", "D"), ("QN5002", "remote", "K"), ("QN5002", "local", "KD"),
        ("QN5009", "in_key", "D"),
    ];

    [SkippableFact]
    public void Faults_of_tunnels_are_named_and_a_healthy_mesh_is_silent()
    {
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        using LabCloud lab = LabCloud.Up(new("neutron", "vxlan", "hybrid", 1));
        log.WriteLine($"{lab.Kind}, lab seed {lab.Plan["seed"]}");
        List<string> wrong = [];
        OvsMeshResult healthy = Test(lab, live: true);
        if (healthy.Status != DhcpPathStatus.Ok || healthy.Findings.Length > 0
            || healthy.Pairs.Sum(pair => pair.Pings.Count(ping => ping.IsAnswered == true)) != 12)
            wrong.Add($"healthy: {Describe(healthy)}");
        foreach ((string code, string variant, string side) in s_faults)
        {
            LabFault fault = new(code, variant, side, TakesLease: true);
            lab.Put(fault);
            OvsMeshResult result = Test(lab);
            if ((result.Status, result.Cause) != (DhcpPathStatus.Broken, code))
                wrong.Add($"{fault}: {Describe(result)}");
            lab.Undo(fault);
        }
        wrong.AddRange(NarrowWire(lab));
        OvsMeshResult mended = Test(lab);
        if (mended.Status != DhcpPathStatus.Ok)
            wrong.Add($"mended: {Describe(mended)}");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    // The uplink of br-phy is what the node's tunnels leave by.
    private IEnumerable<string> NarrowWire(LabCloud lab)
    {
        string node = lab.DhcpNodes[0];
        string uplink = lab.Enter(node, "ovs-vsctl", "list-ports", "br-phy").Split('\n')[0].Trim();
        string before = lab.Enter(node, "cat", $"/sys/class/net/{uplink}/mtu").Trim();
        lab.Enter(node, "ip", "link", "set", uplink, "mtu", "1400");
        OvsMeshResult result = Test(lab);
        lab.Enter(node, "ip", "link", "set", uplink, "mtu", before);
        return (result.Status, result.Cause, result.ComputerName, result.Object)
            == (DhcpPathStatus.Degraded, "QN5021", node, uplink) ? [] : [$"MTU of {uplink}: {Describe(result)}"];
    }

    private OvsMeshResult Test(LabCloud lab, bool live = false)
    {
        var cmdlet = new TestOvsTunnelCommand { Inventory = lab.InventoryWith("none") };
        cmdlet.SetSwitch(nameof(cmdlet.Live), live);
        TestHost host = new TestHost().Run(cmdlet);
        Assert.Empty(host.Errors);
        OvsMeshResult result = Assert.IsType<OvsMeshResult>(Assert.Single(host.Objects));
        log.WriteLine($"{result.Status} {result.Cause} in {result.DurationSeconds} s: {result.Summary}");
        return result;
    }

    private static string Describe(OvsMeshResult result) => $"{result.Status} {result.Cause}: {result.Summary}\n"
        + OvsMeshText.Matrix(result) + string.Concat(result.Findings.Select(finding => $"\n      {finding}"))
        + string.Concat(result.Pairs.SelectMany(pair => pair.Pings).Select(ping => $"\n      {ping}"));
}
