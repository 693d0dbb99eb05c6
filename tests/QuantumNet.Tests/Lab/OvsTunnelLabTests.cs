using System.Text.Json.Nodes;
using QuantumNet.Commands;
using QuantumNet.Tests.Pipeline;
using Xunit.Abstractions;

namespace QuantumNet.Tests.Lab;

/// <summary>Test-OvsTunnel on a real mesh through real ssh: a healthy one is whole, pings answer, each fault of a
/// tunnel is named, and it is whole again without it.</summary>
[Collection("lab")]
public sealed class OvsTunnelLabTests(ITestOutputHelper log)
{
    // Of the mesh itself: its verdict needs no network.
    private static readonly string[] s_ofMesh =
    [
        "QN5001 compute", "QN5001 dhcp", "QN5002 remote", "QN5002 local", "QN5009 in_key", "QN5009 out_key",
        "QN5003 stale",
    ];

    // Of the flows by which a network uses it: they are asked about with -NetworkId.
    private static readonly string[] s_ofNetwork = ["QN5006", "QN5007", "QN5008", "QN5010", "QN5012"];

    // With the control plane's records, and by the nodes alone.
    private static readonly string[] s_records = Settings.IsLong ? ["client", "none"] : ["none"];

    /// <summary>Nodes of a vlan or flat network need no tunnels: <see cref="A_cloud_without_tunnels_has_no_mesh"/>.
    /// </summary>
    public static TheoryData<string> Meshes => LabVariants.Of("neutron vxlan hybrid", kind => kind.IsTunnelled);

    public static TheoryData<string> Physical => LabVariants.Of("neutron vlan hybrid", kind => !kind.IsTunnelled);

    [SkippableTheory]
    [MemberData(nameof(Meshes))]
    public void Faults_of_tunnels_are_named_and_a_healthy_mesh_is_silent(string variant)
    {
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        using LabCloud lab = LabCloud.Up(LabKind.Parse(variant));
        log.WriteLine($"{lab.Kind}, lab seed {lab.Plan["seed"]}");
        List<string> wrong = [.. Healthy(lab), .. NarrowDevices(lab), .. Unreached(lab)];
        LabFault[] ofMesh = [.. lab.Faults().Where(fault => s_ofMesh.Contains(fault.ToString()))];
        Assert.Equal(s_ofMesh.Length, ofMesh.Length);
        foreach (LabFault fault in ofMesh)
            wrong.AddRange(Put(lab, fault, ""));
        foreach (LabFault fault in lab.Faults().Where(one => Settings.IsLong && s_ofNetwork.Contains(one.Code)))
            wrong.AddRange(Put(lab, fault, (string)lab.Plan["network"]!["id"]!));
        wrong.AddRange(Healthy(lab, "fixed"));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [SkippableTheory]
    [MemberData(nameof(Physical))]
    public void A_cloud_without_tunnels_has_no_mesh(string variant)
    {
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        Skip.If(!Settings.IsLong, "clouds without tunnels are tested with QUANTUMNET_LONG=1");
        using LabCloud lab = LabCloud.Up(LabKind.Parse(variant));
        var refused = Assert.Throws<QuantumException>(() => lab.Run(new TestOvsTunnelCommand()));
        Assert.Equal("NoTunnelTested", refused.Error.Id);
    }

    private IEnumerable<string> Healthy(LabCloud lab, string when = "healthy")
    {
        // Grizzly's records tell no MTU: how large a full packet is, nobody knows.
        int pings = lab.Kind.Flavour == "grizzly" ? 6 : 12;
        foreach (string records in s_records)
        {
            OvsMeshResult whole = Test(lab, records, live: true);
            if (whole.Status != DhcpPathStatus.Ok || whole.Findings.Length > 0
                || whole.Pairs.Sum(pair => pair.Pings.Count(ping => ping.IsAnswered == true)) != pings)
                yield return $"{when}, {records}: {Describe(whole)}";
        }
        OvsMeshResult network = Test(lab, "client", networkId: (string)lab.Plan["network"]!["id"]!);
        if (network.Status != DhcpPathStatus.Ok || network.Findings.Length > 0)
            yield return $"{when}, of the network: {Describe(network)}";
    }

    private IEnumerable<string> Put(LabCloud lab, LabFault fault, string networkId)
    {
        DhcpPathStatus status = fault.TakesLease ? DhcpPathStatus.Broken : DhcpPathStatus.Degraded;
        lab.Put(fault);
        // Without records an address may be of a node that nobody asked.
        foreach (string records in networkId.Length > 0 || fault.Code == "QN5003" ? ["client"] : s_records)
        {
            OvsMeshResult result = Test(lab, records, networkId: networkId);
            if ((result.Status, result.Cause) != (status, fault.Code))
                yield return $"{fault}, {records}: {Describe(result)}";
        }
        lab.Undo(fault);
    }

    // What the server's tunnels leave by, the uplink of br-phy, and what the instance does.
    private IEnumerable<string> NarrowDevices(LabCloud lab)
    {
        // What no record and no dnsmasq tells, is not judged.
        if (lab.Kind.Flavour == "grizzly")
            return [];
        string server = lab.DhcpNodes[0];
        string uplink = lab.Enter(server, "ovs-vsctl", "list-ports", "br-phy").Split('\n')[0].Trim();
        return [.. Narrow(lab, server, uplink), .. Narrow(lab, lab.Victim.Node, "tap" + lab.Victim.PortId[..11])];
    }

    private IEnumerable<string> Narrow(LabCloud lab, string node, string device)
    {
        string before = lab.Enter(node, "cat", $"/sys/class/net/{device}/mtu").Trim();
        lab.Enter(node, "ip", "link", "set", device, "mtu", "1400");
        OvsMeshResult result = Test(lab, "client");
        lab.Enter(node, "ip", "link", "set", device, "mtu", before);
        return (result.Status, result.Cause, result.ComputerName, result.Object)
            == (DhcpPathStatus.Degraded, "QN5021", node, device) ? [] : [$"MTU of {device}: {Describe(result)}"];
    }

    // A node that does not answer is one whose tunnels nobody knows, not one that has none.
    private IEnumerable<string> Unreached(LabCloud lab)
    {
        string node = lab.Victim.Node, path = Path.Combine(lab.Folder, "unreached.json");
        JsonNode inventory = JsonNode.Parse(File.ReadAllText(lab.InventoryWith("none")))!;
        inventory["nodes"]!.AsArray().Single(one => (string)one!["name"]! == node)!["port"] = 1;
        File.WriteAllText(path, inventory.ToJsonString());
        TestHost host = new TestHost().Run(new TestOvsTunnelCommand { Inventory = path });
        OvsMeshResult result = Assert.IsType<OvsMeshResult>(Assert.Single(host.Objects));
        log.WriteLine($"unreached: {result.Status} {result.Cause}: {result.Summary}");
        return (result.Status, result.Cause) == (DhcpPathStatus.Unknown, "QN9002") ? []
            : [$"{node} unreached: {Describe(result)}"];
    }

    private OvsMeshResult Test(LabCloud lab, string records, bool live = false, string networkId = "")
    {
        var cmdlet = new TestOvsTunnelCommand { Inventory = lab.InventoryWith(records) };
        if (networkId.Length > 0)
            cmdlet.NetworkId = [networkId];
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
