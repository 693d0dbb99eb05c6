using System.Diagnostics;
using System.Text.Json.Nodes;
using QuantumNet.Access;
using QuantumNet.Commands;
using QuantumNet.Observations.Counters;
using QuantumNet.Pipeline;
using QuantumNet.Snapshots;
using QuantumNet.Tests.Capture;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Lab;

/// <summary>A cloud of tests/lab: real nodes in namespaces, reached by real ssh.
/// Disposing it ends and removes it.</summary>
internal sealed class LabCloud : IDisposable
{
    private static readonly string s_scripts = Path.Combine(Repository.Root, "tests", "lab");

    private LabCloud(string folder, LabKind kind)
    {
        (Folder, Kind) = (folder, kind);
        Plan = Read();
        Instances = [.. Plan["instances"]!.AsArray()
            .Select(one => new LabInstance((string)one!["name"]!, (string)one["portId"]!, (string)one["node"]!))];
        DhcpNodes = [.. Plan["dhcpPorts"]!.AsArray().Select(one => (string)one!["node"]!)];
    }

    public string Folder { get; }
    public LabKind Kind { get; }

    /// <summary>lab.json as it was when the lab came up.</summary>
    public JsonNode Plan { get; }

    public IReadOnlyList<LabInstance> Instances { get; }
    public IReadOnlyList<string> DhcpNodes { get; }

    /// <summary>The instance that faults hit: the first on another node than the DHCP agents'.</summary>
    public LabInstance Victim => Instances.FirstOrDefault(one => !DhcpNodes.Contains(one.Node)) ?? Instances[0];

    /// <summary>Why there can be no lab here; null when there can.</summary>
    public static string? Missing => Environment.UserName != "root" ? "a lab needs root"
        : ((string[])["ovs-vswitchd", "dnsmasq", "sshd", "ssh", "udhcpc", "tcpdump", "brctl", "iptables", "ip",
                "ethtool", "pgrep", "jq", "python3"])
            .FirstOrDefault(tool => !IsInstalled(tool)) is { } tool ? $"a lab needs {tool}: see tests/lab/README.md"
        : null;

    /// <summary>Builds one; the seed stands in its plan.</summary>
    public static LabCloud Up(LabKind kind)
    {
        string folder = Directory.CreateTempSubdirectory("quantumnet-lab-").FullName;
        (int exit, string output) = Run(Path.Combine(s_scripts, "up"), folder,
            [.. kind.Options, folder]);
        if (exit != 0)
            throw new InvalidOperationException($"the lab {kind} did not come up: {output}");
        return new LabCloud(folder, kind);
    }

    /// <summary>The verdict on ports (all instances' when none is named), through ssh.</summary>
    /// <param name="controlPlane"><c>client</c> or <c>none</c>.</param>
    public DhcpPathResult[] Test(string controlPlane = "client", params string[] ports)
    {
        TestDhcpPathCommand cmdlet = new() { Inventory = InventoryWith(controlPlane) };
        if (ports.Length > 0)       // an empty argument is no argument: it is an error
            cmdlet.PortId = ports;
        TestHost host = new TestHost().Run(cmdlet);
        Assert.Empty(host.Errors);
        return [.. host.Objects.Cast<DhcpPathResult>()];
    }

    /// <summary>What a cmdlet says, through ssh.</summary>
    public TestHost Run(SourceCmdlet cmdlet)
    {
        cmdlet.Inventory = InventoryWith("client");
        return new TestHost().Run(cmdlet);
    }

    /// <summary>What a trace of the victim's port says of what happens: that begins once every hop is listened at,
    /// and the trace ends after it.</summary>
    /// <param name="happening">What happens.</param>
    /// <param name="controlPlane"><c>client</c> or <c>none</c>.</param>
    public DhcpTraceResult Trace(Action happening, string controlPlane = "none")
    {
        LiveSource source = LiveSource.Open(InventoryFile.Load(InventoryWith(controlPlane)));
        TraceRun run = TraceRun.OfAsync(source, Victim.PortId, [], () => Task.Run(happening)).GetAwaiter().GetResult();
        Assert.Empty(run.Errors);
        return run.Result;
    }

    /// <summary>The counters that moved while something happened, laid along the victim's path.</summary>
    public DhcpCounterChange[] Measure(Action happening)
    {
        Cloud before = Sample();
        happening();
        Cloud after = Sample();
        return CounterMeasurement.Compare(before, after, null,
            PortSelector.Find(after.Records, Victim.PortId).Ports.Single());
    }

    /// <summary>The cloud now, its flow counters up to date.</summary>
    public Cloud Sample()
    {
        LiveSource source = LiveSource.Open(InventoryFile.Load(InventoryWith("none")));
        return CloudReader.Read(source.GatherAsync(new() { IsSample = true }, new Deaf(), CancellationToken.None)
            .GetAwaiter().GetResult());
    }

    /// <summary>The verdict on the victim's port with witnesses weighed in.</summary>
    public DhcpPathResult Weigh(DhcpTraceResult[]? traces = null, DhcpCounterChange[]? counters = null)
    {
        TestHost host = new TestHost().Run(new TestDhcpPathCommand { Inventory = InventoryWith("none"),
            PortId = [Victim.PortId], Trace = traces ?? [], Counter = counters ?? [] });
        Assert.Empty(host.Errors);
        return Assert.IsType<DhcpPathResult>(Assert.Single(host.Objects));
    }

    /// <summary>Runs a command on a node, or in an instance's guest by its name.</summary>
    public string Enter(string place, params string[] command) => Script("enter", [place, .. command]).Output;

    /// <summary>So many more networks on a DHCP agent's node.</summary>
    public void Crowd(string node, int networks) => Must("crowd", node, $"{networks}");

    /// <summary>Which of some faults are put in: those that QUANTUMNET_FAULTS names, all in a long run,
    /// else some by chance, others in each kind of cloud.</summary>
    public IEnumerable<LabFault> Draw(IEnumerable<LabFault> faults, int count)
    {
        LabFault[] drawn = [.. faults.Where(fault => !Settings.NamesFaults || Settings.IsNamed(fault))];
        if (Settings.IsLong || Settings.NamesFaults)
            return drawn;
        new Random(Settings.Seed + Kind.ToString().Sum(letter => letter)).Shuffle(drawn);
        return drawn.Take(count);
    }

    public IEnumerable<LabFault> Faults() => Script("fault", "list").Output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split('\t')).Select(cell => new LabFault(cell[0], cell[1], cell[2], cell[3] == "yes"));

    public void Put(LabFault fault)
    {
        Must("fault", "put", fault.Code, fault.Variant);
        if (fault.NeedsRefusal)
            Lease(Victim);
    }

    /// <summary>Puts a fault of the DHCP agent's side in on one of several agents' nodes.</summary>
    public void Put(LabFault fault, string node) => Must("fault", "put", fault.Code, fault.Variant, "--node", node);

    public void Undo(LabFault fault) => Must("fault", "undo", fault.Code, fault.Variant);

    /// <summary>Whether the instance gets a lease when it asks.</summary>
    public bool Lease(LabInstance instance) => Script("lease", instance.Name).Exit == 0;

    /// <summary>The inventory with another source of records.</summary>
    public string InventoryWith(string controlPlane)
    {
        string path = Path.Combine(Folder, $"inventory-{controlPlane}.json");
        JsonNode inventory = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "inventory.json")))!;
        inventory["controlPlane"]!["source"] = controlPlane;
        File.WriteAllText(path, inventory.ToJsonString());
        return path;
    }

    public void Dispose() => Run(Path.Combine(s_scripts, "down"), Folder, [Folder]);

    private JsonNode Read() => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "lab.json")))!;

    private void Must(string script, params string[] arguments)
    {
        (int exit, string output) = Script(script, arguments);
        if (exit != 0)
            throw new InvalidOperationException($"{script} {string.Join(' ', arguments)}: {output}");
    }

    private (int Exit, string Output) Script(string script, params string[] arguments) =>
        Run(Path.Combine(s_scripts, script), Folder, arguments);

    // Output goes to a file: daemons that a script starts would hold a pipe open.
    private static (int Exit, string Output) Run(string program, string lab, string[] arguments)
    {
        string file = Path.GetTempFileName();
        try
        {
            ProcessStartInfo start = new("sh",
                ["-c", "out=$1; shift; exec \"$@\" >\"$out\" 2>&1 </dev/null", "sh", file, program, .. arguments]);
            start.Environment["LAB"] = lab;
            using Process process = Process.Start(start)!;
            process.WaitForExit();
            return (process.ExitCode, File.ReadAllText(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private sealed class Deaf : IGatherObserver
    {
        public void CommandFinished(CommandOutput output)
        {
        }

        public void Failed(QuantumError error) => Assert.Fail(error.Message);
    }

    private static bool IsInstalled(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Append("/usr/sbin").Append("/sbin")
        .Any(folder => File.Exists(Path.Combine(folder, tool)));
}

/// <summary>An instance of a lab.</summary>
internal sealed record LabInstance(string Name, string PortId, string Node);

/// <summary>A fault that a lab can have, as <c>fault list</c> tells it.</summary>
/// <param name="Side">K: the instance's node, D: the DHCP agent's, KD: both, -: neither.</param>
/// <param name="TakesLease">Whether the instance gets no lease while it is in.</param>
internal sealed record LabFault(string Code, string Variant, string Side, bool TakesLease)
{
    private static readonly string[] s_toldByRecords =
        ["QN100", "QN1013", "QN1014", "QN1015", "QN3006", "QN6001", "QN6004 wrong", "QN6008"];

    /// <summary>Whether no node can tell of it: only records say what should be.</summary>
    public bool NeedsRecords => s_toldByRecords.Any(name => ToString().StartsWith(name, StringComparison.Ordinal));

    /// <summary>Whether its code is that of a packet, a NAK: the nodes' state has another name for what is
    /// wrong in them.</summary>
    public bool IsOfPacket => this is { Code: "QN6011", Variant: "other" };

    /// <summary>Whether only a refusal in dnsmasq's log shows it, so that somebody must have asked.</summary>
    public bool NeedsRefusal => Code == "QN6010";

    public override string ToString() => $"{Code} {Variant}";
}
