using System.Diagnostics;
using System.Text.Json.Nodes;
using QuantumNet.Access.Gathering;
using QuantumNet.Commands;
using QuantumNet.Tests.Pipeline;
using Xunit.Abstractions;

namespace QuantumNet.Tests.Lab;

/// <summary>Test-QuantumConnection on real nodes through real ssh and sudo: a healthy cloud is ready, and each thing
/// that can be wrong with a node or a control plane is named on that node, with what it costs; the others are ready all
/// the same.</summary>
[Collection("lab")]
public sealed class ConnectionLabTests(ITestOutputHelper log)
{
    private const string Victim = "compute1", User = "watcher";

    // A node's clock cannot be set without the machine's; what it is asked by can.
    private const string HourAhead = """
        cat > /run/date <<'END'
        #!/usr/bin/python3
        import time
        print('%.9f' % (time.time() + 3600))
        END
        chmod +x /run/date && mount --bind /run/date /usr/bin/date
        """;

    private const string Prepare = """
        useradd -M -d / -s /bin/sh -p '*' watcher && chmod 644 /etc/ssh/authorized_keys &&
        printf '%s' "$1" > /etc/sudoers.d/quantumnet && chmod 440 /etc/sudoers.d/quantumnet && visudo -c >&2
        """;

    /// <summary>Every kind of cloud; what a node is asked is the same in all, what clients it has is not.</summary>
    public static TheoryData<string> Clouds => LabVariants.Of("neutron vxlan hybrid");

    [SkippableTheory]
    [MemberData(nameof(Clouds))]
    public void What_is_wrong_with_a_connection_is_named_and_a_healthy_one_is_ready(string variant)
    {
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        Skip.IfNot(File.Exists("/usr/bin/sudo"), "sudo is not installed");
        using LabCloud lab = LabCloud.Up(LabKind.Parse(variant));
        log.WriteLine($"{lab.Kind}, lab seed {lab.Plan["seed"]}");
        List<string> wrong = [];
        QuantumConnectionResult[] healthy = Test(lab, "healthy", _ => { });
        if (healthy.Length != 5 || healthy.Any(one => one.Status != DhcpPathStatus.Ok || one.Findings.Length > 0))
            wrong.Add($"healthy: {string.Join('\n', (object[])healthy)}");
        foreach (ConnectionFault fault in Faults(lab))
        {
            fault.Put?.Invoke();
            QuantumConnectionResult[] results = Test(lab, fault.Name, fault.Change, fault.Nodes);
            fault.Undo?.Invoke();
            wrong.AddRange(fault.Differences(results));
        }
        if (Test(lab, "fixed", _ => { }).Any(one => one.Status != DhcpPathStatus.Ok))
            wrong.Add("fixed");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static IEnumerable<ConnectionFault> Faults(LabCloud lab)
    {
        string key = Path.Combine(lab.Folder, "stranger");
        using (Process process = Process.Start("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]))
            process.WaitForExit();
        string hosts = Path.Combine(lab.Folder, "other_hosts");
        File.WriteAllLines(hosts, File.ReadAllLines(Path.Combine(lab.Folder, "known_hosts")).Select(line =>
            line.Split(' ')[0] + " " + string.Join(' ', File.ReadAllText(key + ".pub").Split(' ')[..2])));
        void Shell(string script, params string[] arguments) =>
            lab.Enter(Victim, ["sh", "-c", script, "sh", .. arguments]);

        yield return new("unreachable", "QN9002", "reach", DhcpPathStatus.Broken,
            inventory => Node(inventory)["port"] = 1) { Nodes = [] };
        yield return new("host key changed", "QN9002", "host key", DhcpPathStatus.Broken,
            inventory => inventory["ssh"]!["knownHostsFile"] = hosts) { IsOfAll = true, Nodes = [] };
        yield return new("login refused", "QN9002", "login", DhcpPathStatus.Broken,
            inventory => Node(inventory)["user"] = "stranger");
        yield return new("no Open vSwitch tool", "QN9003", "ovs-ofctl", DhcpPathStatus.Degraded, _ => { })
        {
            Put = () => Shell("mount --bind /dev/null /usr/bin/ovs-ofctl"),
            Undo = () => Shell("umount /usr/bin/ovs-ofctl"), Costs = "Get-OvsFlow",
        };
        yield return new("no tcpdump", "QN9003", "tcpdump", DhcpPathStatus.Degraded, _ => { })
        {
            Put = () => Shell("mount --bind /dev/null /usr/bin/tcpdump"),
            Undo = () => Shell("umount /usr/bin/tcpdump"), Costs = "Trace-DhcpPacket",
        };
        yield return new("Open vSwitch elsewhere", "QN9003", "ovs-vsctl list-br", DhcpPathStatus.Degraded,
            inventory => Node(inventory)["environment"] = new JsonObject { ["OVS_RUNDIR"] = "/nowhere" });
        yield return new("clock an hour off", "QN9011", "clock", DhcpPathStatus.Degraded, _ => { })
        {
            Put = () => Shell(HourAhead), Undo = () => Shell("umount /usr/bin/date"),
        };
        yield return new("sudo with all rules", null, null, DhcpPathStatus.Ok, AsUser)
        {
            Put = () => Shell(Prepare, AllowList.ToSudoers(User)),
        };
        string[] rules = AllowList.ToSudoers(User).Split('\n');
        yield return new("sudo without one rule", "QN9003", "sudo", DhcpPathStatus.Degraded, AsUser)
        {
            Put = () => WriteRules(rules.Where(rule => !rule.Contains("iptables-save", StringComparison.Ordinal))),
            Costs = "Get-IptablesRule",
        };
        yield return new("sudo without rules", "QN9003", "sudo", DhcpPathStatus.Broken, AsUser)
        {
            Put = () => WriteRules([]), Costs = "Test-DhcpPath",
        };
        yield return new("sudo asks for a password", "QN9003", "sudo", DhcpPathStatus.Broken, AsUser)
        {
            Put = () => WriteRules([$"{User} ALL=(ALL) ALL", $"{User} ALL=(root) NOPASSWD: /bin/true"]),
            Costs = "Get-OvsPort",
        };
        yield return new("neither root nor sudo", "QN9003", "rights", DhcpPathStatus.Degraded,
            inventory => Node(inventory)["user"] = User) { Costs = "Get-OvsPort" };
        yield return new("client without a login", "QN9012", "login", DhcpPathStatus.Broken,
            inventory => inventory["controlPlane"]!["environmentFile"] = "/nowhere")
            { IsOfControlPlane = true, Costs = "Get-QuantumPort", Nodes = [] };

        void WriteRules(IEnumerable<string> lines) =>
            Shell("printf '%s' \"$1\" > /etc/sudoers.d/quantumnet", string.Join('\n', lines) + "\n");
    }

    private static void AsUser(JsonNode inventory) =>
        (Node(inventory)["user"], Node(inventory)["sudo"]) = (User, true);

    private static JsonNode Node(JsonNode inventory) =>
        inventory["nodes"]!.AsArray().Single(node => (string)node!["name"]! == Victim)!;

    private QuantumConnectionResult[] Test(
        LabCloud lab, string name, Action<JsonNode> change, params string[] nodes)
    {
        JsonNode inventory = JsonNode.Parse(File.ReadAllText(lab.InventoryWith("client")))!;
        change(inventory);
        string path = Path.Combine(lab.Folder, "changed.json");
        File.WriteAllText(path, inventory.ToJsonString());
        TestHost host = new TestHost().Run(new TestQuantumConnectionCommand { Inventory = path, ComputerName = nodes });
        QuantumConnectionResult[] results = [.. host.Objects.Cast<QuantumConnectionResult>()];
        log.WriteLine($"{name}:");
        foreach (QuantumConnectionResult result in results)
            log.WriteLine($"  {result.Status} {result.Cause} {result.Object} in {result.DurationSeconds} s: {result}");
        Assert.Empty(host.Errors);
        return results;
    }

    private sealed record ConnectionFault(
        string Name, string? Code, string? Object, DhcpPathStatus Status, Action<JsonNode> Change)
    {
        public Action? Put { get; init; }
        public Action? Undo { get; init; }
        public string Costs { get; init; } = "";
        public bool IsOfAll { get; init; }

        /// <summary>The nodes that are tested: the one that is hit and another; all, and the control plane, where it is
        /// empty.</summary>
        public string[] Nodes { get; init; } = [Victim, "netnode"];

        public bool IsOfControlPlane { get; init; }

        /// <summary>What is not as it should be: the node that is hit, and the others.</summary>
        public IEnumerable<string> Differences(QuantumConnectionResult[] results)
        {
            if (results.Length != (Nodes.Length > 0 ? Nodes.Length : 5))
                yield return $"{Name}: {results.Length} results";
            foreach (QuantumConnectionResult result in results)
            {
                bool isHit = IsOfControlPlane ? result.Kind == QuantumEndpointKind.ControlPlane
                    : result.Kind == QuantumEndpointKind.Node && (IsOfAll || result.ComputerName == Victim);
                if (isHit && ((result.Status, result.Cause, result.Object) != (Status, Code, Object)
                    || (Costs.Length > 0 && !result.Costs.Contains(Costs))))
                    yield return $"{Name}: {result.Status} {result.Cause} {result.Object}: {result} "
                        + $"[{string.Join(' ', result.Costs)}]";
                if (!isHit && !IsOfAll && result.Status != DhcpPathStatus.Ok)
                    yield return $"{Name}, other: {result}";
            }
        }
    }
}
