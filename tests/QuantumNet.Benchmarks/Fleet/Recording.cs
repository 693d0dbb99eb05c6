using System.Runtime.CompilerServices;
using System.Text;

namespace QuantumNet.Benchmarks.Fleet;

/// <summary>The nodes that were recorded of a Neutron cloud (tests/fixtures/neutron-zed), and the words in their
/// outputs that would be others for another port.</summary>
internal static class Recording
{
    /// <summary>The recorded node's address on the tunnels' network.</summary>
    public const string ComputeAddress = "10.0.20.11";
    /// <inheritdoc cref="ComputeAddress"/>
    public const string ServerAddress = "10.0.20.12";

    /// <summary>The port of the instance on the node with the Open vSwitch firewall.</summary>
    public static string[] FlowFilteredPort { get; } = PortWords.Of("2c9e9f9e-2ae0-41ed-9915-2017ae49915f",
        "fa:16:3e:d7:c5:0d", "10.10.0.91", "48d95d7a-f357-4229-bbea-167a3d2af111",
        "3b39a6b6-41f0-4d35-8222-0ed59deb0db6", "45d14428-d9b3-4ed1-98cc-ad6f1e31c900", 503, 1, 3);

    /// <summary>The port of the instance on the node whose ports are plugged through Linux bridges.</summary>
    public static string[] HybridPort { get; } = PortWords.Of("69c33a53-13d3-42af-8ab3-7bd84f1c81ed",
        "fa:16:3e:e8:8f:53", "10.10.0.161", "2b489a68-8d30-4759-8366-416b1635595d",
        "f2b15a55-3ba8-41d1-8461-4cbc0493fbce", "78f51a28-698d-4ec2-8de5-a04e4a4539bd", 98, 1, 3);

    /// <summary>The port of the DHCP server.</summary>
    public static string[] ServerPort { get; } = PortWords.Of("55dcc6fb-564d-482f-acab-ee9ca0f4856e",
        "fa:16:3e:84:93:f6", "10.10.0.2", "2b489a68-8d30-4759-8366-416b1635595d",
        "f2b15a55-3ba8-41d1-8461-4cbc0493fbce", "78f51a28-698d-4ec2-8de5-a04e4a4539bd", 98, 1, 3);

    /// <summary>The folder of a kind of node.</summary>
    public static string FolderOf(FleetNode node) =>
        node.IsServer ? "hybrid+vxlan/netnode" : node.IsHybrid ? "hybrid+vxlan/compute1" : "ovsfw+vxlan/compute1";

    /// <summary>The words of the port that was recorded on a kind of node.</summary>
    public static string[] WordsOf(FleetNode node) =>
        node.IsServer ? ServerPort : node.IsHybrid ? HybridPort : FlowFilteredPort;

    /// <summary>The address of the node that was recorded.</summary>
    public static string AddressOf(FleetNode node) => node.IsServer ? ServerAddress : ComputeAddress;

    /// <summary>A recorded output.</summary>
    public static string Text(string path, [CallerFilePath] string thisFile = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "fixtures", "neutron-zed", path));

    /// <summary>The lines of a recorded output.</summary>
    public static string[] Lines(string path) =>
        Text(path).ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The devices of <c>ip -s -d link</c>, out of what was recorded of <c>ip -d link</c> and
    /// <c>ip -s link</c>.</summary>
    public static IEnumerable<string> LinkLines(string folder)
    {
        Dictionary<string, List<string>> counters = [];
        string device = "";
        foreach (string line in Lines($"{folder}/ip-s-link.txt"))
        {
            if (char.IsAsciiDigit(line[0]))
                counters[device = line] = [];
            else if (!line.StartsWith("    link/", StringComparison.Ordinal))
                counters[device].Add(line);
        }
        device = "";
        foreach (string line in Lines($"{folder}/ip-d-link.txt"))
        {
            if (char.IsAsciiDigit(line[0]))
            {
                foreach (string counter in counters.GetValueOrDefault(device, []))
                    yield return counter;
                device = line;
            }
            yield return line;
        }
        foreach (string counter in counters.GetValueOrDefault(device, []))
            yield return counter;
    }

    /// <summary>Gives the devices of <c>ip link</c> or <c>ip address</c> their numbers again.</summary>
    public static string Numbered(string links)
    {
        var text = new StringBuilder(links.Length);
        int number = 0;
        foreach (string line in links.Split('\n'))
        {
            bool begins = line.Length > 0 && char.IsAsciiDigit(line[0]);
            text.Append(begins ? $"{++number}{line[line.IndexOf(':', StringComparison.Ordinal)..]}" : line)
                .Append('\n');
        }
        return text.ToString(0, text.Length - 1);
    }
}

/// <summary>The words by which the outputs of a port, its network and its local VLAN differ from another's.</summary>
internal static class PortWords
{
    /// <summary>Those of one port, always in this order.</summary>
    public static string[] Of(string portId, string mac, string address, string instanceId, string networkId,
        string subnetId, int segment, int vlan, int ofPort, bool isTagged = true) =>
    [
        portId, portId[..11], portId[..10], $"{portId[..11]}\",{ofPort},", mac[3..],
        $"3eff:fe{mac[9..14]}{mac[15..]}", address, address.Replace('.', '-'),
        address[..(address.LastIndexOf('.') + 1)], instanceId, networkId, subnetId,
        $"in_port={ofPort}", $"output:{ofPort}", $" {ofPort}(tap", $" {ofPort}(qvo",
        $"reg5=0x{ofPort:x}", $"load:0x{ofPort:x}->NXM_NX_REG5", $"    {ofPort}     {vlan}  ",
        $"reg6=0x{vlan:x}", $"load:0x{vlan:x}->NXM_NX_REG6", $"dl_vlan={vlan}", $"ct_zone={vlan}",
        $"mod_vlan_vid:{vlan}", $"vlan_tci=0x{vlan:x4}", $"--zone {vlan + 4096}",
        $"tun_id=0x{segment:x}", $"load:0x{segment:x}->NXM_NX_TUN_ID", $"\"segmentation_id\",\"{segment}\"",
        $"\"tag\",\"{vlan}\"", $"[\"map\",[]],{(isTagged ? vlan : "[\"set\",[]]")},[\"set\"",
        $"\"provider:segmentation_id\":{segment}",
    ];
}
