using System.Runtime.Loader;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumNet.Access;
using QuantumNet.Access.Ssh;
using QuantumNet.Commands;
using QuantumNet.Snapshots;
using QuantumNet.Tests.Access;
using QuantumNet.Tests.Lab;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.SshNet.Tests;

/// <summary>A lab that both transports reach.</summary>
public sealed class RelayedLab : IDisposable
{
    private readonly Lazy<LabCloud> _lab = new(() => LabCloud.Up(new("neutron", "gre")));
    private readonly List<Relay> _relays = [];

    internal LabCloud Cloud => _lab.Value;

    /// <summary>The lab's inventory, whose ssh_config knows the way into the lab's network;
    /// it names no transport.</summary>
    internal string Auto => Cloud.InventoryWith("client");

    /// <summary>The same for the ssh program.</summary>
    internal string Ssh { get; private set; } = "";

    /// <summary>The same nodes for SSH.NET, behind a port of the loopback each.</summary>
    internal string SshNet { get; private set; } = "";

    /// <summary>Brings it up.</summary>
    internal void Need()
    {
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        if (SshNet.Length > 0)
            return;
        JsonNode inventory = JsonNode.Parse(File.ReadAllText(Auto))!;
        foreach (JsonNode? node in inventory["nodes"]!.AsArray())
        {
            Assert.Null(node!["transport"]);
            node["transport"] = "ssh";
        }
        Ssh = Path.Combine(Cloud.Folder, "inventory-ssh.json");
        File.WriteAllText(Ssh, inventory.ToJsonString());
        string config = File.ReadAllLines((string)inventory["ssh"]!["configFile"]!)
            .First(line => line.Contains("nsenter --net=", StringComparison.Ordinal));
        string operatorsNetwork = config.Split("--net=")[1].Split(' ')[0];
        List<string> known = [];
        foreach (JsonNode? node in inventory["nodes"]!.AsArray())
        {
            string address = (string)node!["address"]!;
            Relay relay = new(Relay.To(operatorsNetwork, address, (int)node["port"]!));
            _relays.Add(relay);
            known.AddRange(File.ReadAllLines((string)inventory["ssh"]!["knownHostsFile"]!)
                .Where(line => line.StartsWith(address + " ", StringComparison.Ordinal))
                .Select(line => $"[127.0.0.1]:{relay.Port}{line[address.Length..]}"));
            (node["address"], node["port"], node["transport"]) = ("127.0.0.1", relay.Port, "sshnet");
        }
        inventory["ssh"]!["knownHostsFile"] = Path.Combine(Cloud.Folder, "relayed_hosts");
        inventory["ssh"]!.AsObject().Remove("configFile");
        File.WriteAllLines(Path.Combine(Cloud.Folder, "relayed_hosts"), known);
        SshNet = Path.Combine(Cloud.Folder, "inventory-sshnet.json");
        File.WriteAllText(SshNet, inventory.ToJsonString());
    }

    public void Dispose()
    {
        _relays.ForEach(relay => relay.Dispose());
        if (_lab.IsValueCreated)
            _lab.Value.Dispose();
    }
}

/// <summary>The same nodes by both transports: the same objects, the same verdicts.</summary>
public sealed class LabTests(RelayedLab lab) : IClassFixture<RelayedLab>
{
    /// <summary>How the names end of what goes on between two looks at a node: counters, ages, lines that hold some,
    /// learned addresses, and the processes, among which the look itself is.</summary>
    private static readonly string[] s_volatile = ["Packets", "Bytes", "Count", "Seconds", "StartedAt", "RawText",
        "OvsFdbEntries", "Processes"];

    [SkippableFact]
    public async Task Both_transports_give_the_same_objects()
    {
        lab.Need();
        Cloud ssh = await SettledAsync(), sshNet = await ReadAsync(lab.SshNet), auto = await ReadAsync(lab.Auto);
        Assert.Equal(["compute1", "compute2", "netnode"], sshNet.Nodes.Keys.Order());
        Assert.True(sshNet.Nodes["compute1"].OvsFlows.Count > 5);
        Assert.NotEmpty(sshNet.Records.Ports);
        List<string> differences = [];
        foreach (Cloud other in (Cloud[])[sshNet, auto])
        {
            Compare(JsonSerializer.SerializeToNode(ssh.Records),
                JsonSerializer.SerializeToNode(other.Records), "Records", differences);
            Compare(Nodes(ssh), Nodes(other), "Nodes", differences);
            Compare(JsonSerializer.SerializeToNode(ssh.Failures), JsonSerializer.SerializeToNode(other.Failures),
                "Failures", differences);
            Compare(JsonSerializer.SerializeToNode(ssh.Issues),
                JsonSerializer.SerializeToNode(other.Issues), "Issues", differences);
        }
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    // dnsmasq listens on its device's own IPv6 address once the kernel has found that nobody else has it.
    private async Task<Cloud> SettledAsync()
    {
        const int tries = 20;
        Cloud cloud = await ReadAsync(lab.Ssh);
        for (int i = 0; i < tries && !cloud.Nodes["netnode"].Sockets.Exists(
            socket => socket.LocalAddress.StartsWith("fe80", StringComparison.Ordinal)); i++)
            cloud = await ReadAsync(lab.Ssh);
        return cloud;
    }

    // All nodes of the lab have the kernel of this machine, whose log goes on while others work here.
    private static JsonNode? Nodes(Cloud cloud)
    {
        JsonNode? nodes = JsonSerializer.SerializeToNode(cloud.Nodes);
        foreach (JsonArray logs in nodes!.AsObject().Select(node => node.Value!["AgentLogs"]!.AsArray()))
        {
            foreach (JsonNode? line in logs.Where(line => IsKernels((string)line!["Command"]!)).ToList())
                logs.Remove(line);
        }
        return nodes;
    }

    private static bool IsKernels(string command) =>
        command.StartsWith("dmesg", StringComparison.Ordinal) || command.Contains(" -k", StringComparison.Ordinal)
        || command.Contains("kern.log", StringComparison.Ordinal);

    [SkippableFact]
    public void A_healthy_cloud_is_Ok_by_both()
    {
        lab.Need();
        Assert.Equal(Verdicts(lab.Ssh), Verdicts(lab.SshNet));
        Assert.Equal(Verdicts(lab.Ssh), Verdicts(lab.Auto));
        Assert.All(Test(lab.SshNet), result => Assert.Equal(DhcpPathStatus.Ok, result.Status));
    }

    [SkippableTheory]
    [InlineData("QN4001")]
    [InlineData("QN5006")]
    [InlineData("QN6001")]
    public void A_broken_cloud_has_the_same_cause_by_both(string code)
    {
        lab.Need();
        LabFault fault = lab.Cloud.Faults().First(one => one.Code == code);
        lab.Cloud.Put(fault);
        try
        {
            Assert.Equal(Verdicts(lab.Ssh), Verdicts(lab.SshNet));
            Assert.Contains(Test(lab.SshNet), result => result.Cause == code);
        }
        finally
        {
            lab.Cloud.Undo(fault);
        }
    }

    [SkippableFact]
    public async Task A_lease_is_traced_over_every_hop()
    {
        lab.Need();
        using CancellationTokenSource asking = new();
        Task leases = AskAsync(asking.Token);
        TestHost host = new TestHost().Run(new TraceDhcpPacketCommand { Inventory = lab.SshNet,
            PortId = [lab.Cloud.Victim.PortId], DurationSeconds = 12 });
        await asking.CancelAsync();
        await leases;
        Assert.Empty(host.Errors);
        DhcpTraceResult result = host.Objects.OfType<DhcpTraceResult>().Single();
        string[] hops = [.. result.Points.Where(point => point.IsCaptured).Select(point => point.Hop)];
        Assert.True(hops.Length > 5, $"only {string.Join(", ", hops)}");
        // The instance asks again and again: some lease was followed from its beginning to its end.
        Assert.Contains(result.Transactions, one =>
            one.IsOfPort && hops.All(hop => one.Hops.Any(seen => seen.Hop == hop && seen.Type == DhcpMessageType.Ack)));
    }

    [SkippableFact]
    public void The_part_is_loaded_in_a_context_of_its_own()
    {
        Skip.If(SshServer.Missing is not null, SshServer.Missing);
        INodeTransport transport = SshNetLoader.Create(new(), null);
        // The tests' own copy is in the default context
        Assert.NotSame(typeof(SshNetTransport), transport.GetType());
        AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(transport.GetType().Assembly)!;
        Assert.Equal("QuantumNet.SshNet", context.Name);
        HashSet<string?> loaded = [.. context.Assemblies.Select(assembly => assembly.GetName().Name)];
        // Some runs load more of the part's own, such as the interfaces that SSH.NET logs by.
        Assert.Superset(new HashSet<string?>(["QuantumNet.SshNet", "Renci.SshNet"]), loaded);
        Assert.DoesNotContain(context.Assemblies,
            assembly => assembly.GetName().Name is "QuantumNet" or "QuantumNet.Core");
    }

    private async Task AskAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Run(() => lab.Cloud.Lease(lab.Cloud.Victim), CancellationToken.None);
            await Task.Delay(500, CancellationToken.None);
        }
    }

    private static async Task<Cloud> ReadAsync(string inventory)
    {
        Listener listener = new();
        QuantumSnapshot snapshot = await LiveSource.Open(InventoryFile.Load(inventory))
            .GatherAsync(new(), listener, default);
        Assert.Empty(listener.Errors);
        return CloudReader.Read(snapshot);
    }

    private static DhcpPathResult[] Test(string inventory)
    {
        TestHost host = new TestHost().Run(new TestDhcpPathCommand { Inventory = inventory });
        Assert.Empty(host.Errors);
        return [.. host.Objects.Cast<DhcpPathResult>()];
    }

    private static string[] Verdicts(string inventory) =>
        [.. Test(inventory).OrderBy(result => result.PortId, StringComparer.Ordinal)
            .Select(result => $"{result.PortId} {result.Status} {result.Cause} {result.ComputerName} {result.Object} "
                + $"{result.Direction}: {result.Summary} "
                + string.Join(',', result.Findings.Where(finding => finding.Status != FindingStatus.Pass).Select(
                    finding => $"{finding.Code} {finding.Status} {finding.ComputerName} {finding.Object}").Order()))];

    // Programs write on between two looks: ovs-vswitchd tells its memory ten seconds after it began.
    private static bool IsLog(string path) => path.EndsWith(".AgentLogs", StringComparison.Ordinal)
        || path.EndsWith(".DhcpEvents", StringComparison.Ordinal);

    private static void Compare(JsonNode? left, JsonNode? right, string path, List<string> differences)
    {
        if (left is JsonObject first && right is JsonObject second && first.Count == second.Count)
        {
            foreach ((string name, JsonNode? value) in first)
            {
                if (!Array.Exists(s_volatile, end => name.EndsWith(end, StringComparison.Ordinal)))
                    Compare(value, second[name], $"{path}.{name}", differences);
            }
        }
        else if (left is JsonArray one && right is JsonArray other
            && (one.Count == other.Count || (one.Count < other.Count && IsLog(path))))
        {
            for (int i = 0; i < one.Count; i++)
                Compare(one[i], other[i], $"{path}[{i}]", differences);
        }
        else if (!JsonNode.DeepEquals(left, right))
        {
            differences.Add($"{path}: {left?.ToJsonString()} <> {right?.ToJsonString()}");
        }
    }
}
