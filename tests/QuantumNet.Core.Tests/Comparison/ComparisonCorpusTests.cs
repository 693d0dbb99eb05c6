using System.Text.Json;
using QuantumNet.Comparison;
using QuantumNet.Core.Tests.Corpus;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Comparison;

/// <summary>Each fault of the corpus against its healthy cloud: the first difference is at the node, and of the thing,
/// that the verdict on the port names.</summary>
public sealed class ComparisonCorpusTests
{
    // What no node holds: the guest, the wire between the nodes, the datapath's cache, what dnsmasq has read.
    private static readonly string[] s_unseen =
    [
        "grizzly-gre/QN1014-guest", "grizzly-gre/QN5020-wire", "grizzly-gre/QN5023-stale", "grizzly-gre/QN6010-unread",
        "grizzly-gre/QN7003-deaf", "neutron-flat/QN2007-forged", "neutron-vlan/QN5018-trunk",
        // A tunnel to a third node is no part of the port's path.
        "grizzly-gre/QN5003-stale",
    ];

    // Where the verdict has another name for the thing, or names what a log tells, or what the change brought about.
    private static readonly Dictionary<string, (string Node, string Thing)> s_otherwise = new()
    {
        ["grizzly-gre/QN1002-unscheduled"] = ("controller", "ControlPlane network"),
        ["two-dhcp-agents/QN1002-unscheduled"] = ("controller", "ControlPlane network"),
        ["neutron-vxlan/QN1015-agent"] = ("controller", "ControlPlane network"),
        ["grizzly-gre/QN1003-down"] = ("controller", "DHCP agent on netnode"),
        ["grizzly-gre/QN1003-missed"] = ("controller", "DHCP agent on netnode"),
        ["neutron-vxlan/QN1003-down"] = ("controller", "DHCP agent on netnode"),
        ["neutron-vxlan/QN1003-missed"] = ("controller", "DHCP agent on netnode"),
        ["grizzly-gre/QN1007-instance"] = ("controller", "port b0724aba-5efe-4f69-b757-8c59e4dbc354"),
        ["grizzly-gre/QN1007-dhcp"] = ("controller", "port 33876f18-e5f2-423d-91f3-39aa0ba77bb5"),
        ["neutron-vlan/QN1011-queue"] = ("compute1", "qvo29c0047c-fd"),
        ["neutron-vlan/QN1012-sudo"] = ("compute1", "qvo29c0047c-fd"),
        ["grizzly-gre/QN3001-flushed"] = ("compute1", "ib0724aba-5"),
        ["grizzly-gre/QN3001-port"] = ("compute1", "ib0724aba-5"),
        ["grizzly-gre/QN3005-rogue"] = ("compute1", "dnsmasq"),
        ["grizzly-gre/QN3006-noop"] = ("compute1", "firewall_driver"),
        ["grizzly-gre/QN5002-local"] = ("compute1", "local_ip"),
        ["neutron-vxlan/QN5002-local"] = ("compute1", "local_ip"),
        ["neutron-vxlan/QN5010-flood"] = ("compute1", "l2_population"),
        ["neutron-vlan/QN5018-down"] = ("compute1", "eth1"),
        ["two-dhcp-agents/QN6012-authoritative"] = ("compute2", "dnsmasq of"),
        ["grizzly-gre/QN6020-offload"] = ("netnode", "tap33876f18-e5"),
        ["grizzly-gre/QN6022-input"] = ("netnode", "INPUT"),
        ["neutron-vlan/QN6025-release"] = ("netnode", "dnsmasq of"),
    };

    public static TheoryData<string> Faults => new(CorpusCase.All.Values
        .Where(one => one.Name.Contains('/') && one.Fault.Length > 0).Select(one => one.Name)
        .Order(StringComparer.Ordinal));

    public static TheoryData<string> Traps => new(CorpusCase.All.Keys
        .Where(name => name.Contains("/trap-", StringComparison.Ordinal)
            && !name.EndsWith("public-subnet", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Faults))]
    public void Fault_is_the_first_difference(string name)
    {
        CorpusCase one = CorpusCase.All[name];
        QuantumDifference[] told = Compare(one);
        if (Array.IndexOf(s_unseen, name) >= 0)
        {
            Assert.Empty(told);
            return;
        }
        Assert.NotEmpty(told);
        (string node, string thing) = s_otherwise.TryGetValue(name, out var other) ? other : Golden(one);
        Assert.Contains(thing, $"{told[0].Layer} {told[0].Object}", StringComparison.Ordinal);
        Assert.Equal((node, 1), (told[0].ComputerName, told[0].Rank));
        // A stranger's server is on nobody's path.
        Assert.Equal(one.Fault != "QN3005", told[0].IsOnPath);
        Assert.True(told[0].BeforeEvidence is { Text.Length: > 0 } || told[0].AfterEvidence is { Text.Length: > 0 });
    }

    [Theory]
    [MemberData(nameof(Traps))]
    public void What_means_the_same_is_no_difference(string name) => Assert.Empty(Compare(CorpusCase.All[name]));

    private static QuantumDifference[] Compare(CorpusCase one)
    {
        Cloud healthy = CloudReader.Read(CorpusCase.All[one.Name.Split('/')[0]].Load()),
            broken = CloudReader.Read(one.Load());
        QuantumPort port = healthy.Records.Ports.Concat(broken.Records.Ports)
            .First(known => known.PortId == one.Ports[0]);
        return new SnapshotComparison(healthy, broken, new() { Ports = [port] }).Compare();
    }

    private static (string Node, string Thing) Golden(CorpusCase one)
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(one.Golden));
        JsonElement verdict = golden.RootElement.GetProperty("WithRecords")[0];
        return (verdict.GetProperty("ComputerName").GetString() ?? "", verdict.GetProperty("Object").GetString() ?? "");
    }
}
