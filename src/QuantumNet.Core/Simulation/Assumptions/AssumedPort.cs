using System.Globalization;

namespace QuantumNet.Simulation.Assumptions;

/// <summary>A port of Open vSwitch retagged, unplugged, or given another option (ovs-vsctl(8)).</summary>
internal sealed class AssumedPort : IAssumedChange
{
    public string[] Forms { get; } =
    [
        "ovs-vsctl set port DEVICE tag=VLAN", "ovs-vsctl clear port DEVICE tag", "ovs-vsctl del-port [BRIDGE] DEVICE",
        "ovs-vsctl set interface DEVICE options:NAME=VALUE",
    ];

    public string? Apply(NodeState node, Assumption change)
    {
        if (change.Argv is ["ovs-vsctl", "set", var table, var device, var setting])
            return Set(node, change, table.ToLowerInvariant(), device, setting);
        return change.Argv switch
        {
            ["ovs-vsctl", "clear", "port" or "Port", var port, "tag"] =>
                Change(node, change, port, one => one with { Tag = null }),
            ["ovs-vsctl", "del-port", var port] => Unplug(node, port),
            ["ovs-vsctl", "del-port", _, var port] => Unplug(node, port),
            _ => null,
        };
    }

    private static string? Set(NodeState node, Assumption change, string table, string device, string setting)
    {
        if (setting.Split('=', 2) is not [var name, var value])
            return null;
        if (table == "port" && name == "tag")
            return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int tag) && tag < 4096
                ? Change(node, change, device, port => port with { Tag = tag }) : $"'{value}' is not a VLAN";
        return table == "interface" && name.Split(':') is ["options", var option]
            ? Change(node, change, device, port => WithOption(port, option, value)) : null;
    }

    private static OvsPort WithOption(OvsPort port, string option, string value)
    {
        string[] options = [.. port.Options.Where(one => !one.StartsWith(option + "=", StringComparison.Ordinal))
            .Append($"{option}={value}").Order(StringComparer.Ordinal)];
        return option switch
        {
            "peer" => port with { Options = options, Peer = value },
            "remote_ip" => port with { Options = options, RemoteIp = value },
            "local_ip" => port with { Options = options, LocalIp = value },
            _ => port with { Options = options },
        };
    }

    private static string Change(NodeState node, Assumption change, string device, Func<OvsPort, OvsPort> become)
    {
        int at = node.OvsPorts.FindIndex(port => port.Device == device);
        if (at < 0)
            return $"{node.ComputerName} has no Open vSwitch port '{device}'";
        node.OvsPorts[at] = become(node.OvsPorts[at]) with { Command = change.Command, RawText = change.Command };
        return "";
    }

    // The device stays: only the switch no longer has it.
    private static string Unplug(NodeState node, string device)
    {
        node.OpenFlowPorts.RemoveAll(port => port.Device == device);
        return node.OvsPorts.RemoveAll(port => port.Device == device) > 0 ? ""
            : $"{node.ComputerName} has no Open vSwitch port '{device}'";
    }
}
