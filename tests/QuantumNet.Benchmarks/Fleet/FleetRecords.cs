using System.Text;
using System.Text.Json;

namespace QuantumNet.Benchmarks.Fleet;

/// <summary>What the control plane answers: the recorded answers of Neutron's API, with an object for each thing of the
/// fleet.</summary>
internal static class FleetRecords
{
    private const string Folder = "hybrid+vxlan/controller/rest";
    private const string Neutron = "http://10.0.20.10:9696/v2.0", Nova = "http://10.0.20.10:8774/v2.1";

    /// <summary>The requests and their answers.</summary>
    public static IEnumerable<(string Url, string Text)> Of(FleetPlan plan)
    {
        Mold instance = PortMold("compute:nova", [.. Recording.HybridPort, "\"compute1\"", "\"admin_state_up\":true",
            "\"ovs_hybrid_plug\":true"]);
        Mold server = PortMold("network:dhcp", [.. Recording.ServerPort, "\"netnode\"", "\"dhcp" + RecordedHost()]);
        Mold network = new(Elements("networks.http")[0], Recording.ServerPort);
        Mold subnet = new(Elements("subnets.http")[0], Recording.ServerPort);
        yield return ($"{Neutron}/networks", List("networks", plan.Networks, one => one.Server.Words, network));
        yield return ($"{Neutron}/subnets", List("subnets", plan.Networks, one => one.Server.Words, subnet));
        yield return ($"{Neutron}/ports", Ports(plan, instance, server));
        yield return ($"{Neutron}/agents", Agents(plan.Nodes));
        foreach (FleetNetwork one in plan.Networks)
            yield return ($"{Neutron}/networks/{one.Id}/dhcp-agents", Agents([one.Server.Node], onlyDhcp: true));
        yield return ($"{Nova}/servers/detail", Servers(plan));
    }

    private static string Ports(FleetPlan plan, Mold instance, Mold server)
    {
        var text = new StringBuilder("{\"ports\":[");
        foreach (FleetPort port in plan.Ports)
        {
            instance.Write(text, [.. port.Words, $"\"{port.Node.Name}\"",
                $"\"admin_state_up\":{(port.Fault == FleetFault.SwitchedOff ? "false" : "true")}",
                $"\"ovs_hybrid_plug\":{(port.Node.IsHybrid ? "true" : "false")}"]);
            text.Append(',');
        }
        foreach (FleetNetwork network in plan.Networks)
        {
            server.Write(text, [.. network.Server.Words, $"\"{network.Server.Node.Name}\"",
                $"\"{Topology.DhcpDeviceId.Of(network.Server.Node.Name)}"]);
            text.Append(',');
        }
        text.Length--;
        return text.Append("]}").ToString();
    }

    private static string Agents(IEnumerable<FleetNode> nodes, bool onlyDhcp = false)
    {
        string[] recorded = Elements("agents.http");
        Mold ovs = AgentMold(recorded, "Open vSwitch agent"), dhcp = AgentMold(recorded, "DHCP agent");
        List<string> agents = [];
        foreach (FleetNode node in nodes)
        {
            if (!onlyDhcp)
                agents.Add(AgentOf(ovs, node, 0xe));
            if (node.IsServer)
                agents.Add(AgentOf(dhcp, node, 0xf));
        }
        return $"{{\"agents\": [{string.Join(", ", agents)}]}}";
    }

    private static Mold AgentMold(string[] recorded, string type)
    {
        string agent = Array.Find(recorded, one => one.Contains(type, StringComparison.Ordinal)
            && one.Contains("\"netnode\"", StringComparison.Ordinal))!;
        using JsonDocument document = JsonDocument.Parse(agent);
        return new Mold(agent, ["\"netnode\"", Recording.ServerAddress,
            document.RootElement.GetProperty("id").GetString()!]);
    }

    private static string AgentOf(Mold mold, FleetNode node, int kind)
    {
        var text = new StringBuilder();
        mold.Write(text, [$"\"{node.Name}\"", node.Address, FleetIds.Of(kind, node.Number)]);
        return text.ToString();
    }

    // Nova's answer was not recorded; the fields are those of its API reference.
    private static string Servers(FleetPlan plan) => $"{{\"servers\":[{string.Join(',', plan.Ports.Select(port =>
        $"{{\"id\":\"{port.InstanceId}\",\"name\":\"vm-{port.Number}\",\"status\":\"ACTIVE\","
            + $"\"OS-EXT-SRV-ATTR:host\":\"{port.Node.Name}\"}}"))}]}}";

    private static string List(string name, IEnumerable<FleetNetwork> networks,
        Func<FleetNetwork, IReadOnlyList<string>> words, Mold mold)
    {
        var text = new StringBuilder($"{{\"{name}\":[");
        foreach (FleetNetwork network in networks)
        {
            mold.Write(text, words(network));
            text.Append(',');
        }
        text.Length--;
        return text.Append("]}").ToString();
    }

    private static Mold PortMold(string owner, string[] words) =>
        new(Array.Find(Elements("ports.http"), port => port.Contains(owner, StringComparison.Ordinal))!, words);

    /// <summary>What the recorded DHCP port's device_id names its agent's host by.</summary>
    private static string RecordedHost()
    {
        string port = Array.Find(Elements("ports.http"),
            one => one.Contains("network:dhcp", StringComparison.Ordinal))!;
        int at = port.IndexOf("\"dhcp", StringComparison.Ordinal) + "\"dhcp".Length;
        return port[at..(at + 36)];
    }

    private static string[] Elements(string file)
    {
        string answer = Recording.Text($"{Folder}/{file}");
        using JsonDocument document = JsonDocument.Parse(answer[answer.IndexOf('{', StringComparison.Ordinal)..]);
        return [.. document.RootElement.EnumerateObject().First().Value.EnumerateArray()
            .Select(element => element.GetRawText())];
    }
}
