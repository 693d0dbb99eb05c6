using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using QuantumNet.Access;
using QuantumNet.Access.Capture;
using QuantumNet.Diagnosis;
using QuantumNet.Snapshots;

namespace QuantumNet.Tests.Capture;

/// <summary>A lab of tests/lab, up for the tests of one class: traced live, over real ssh.</summary>
public class TraceLab : IDisposable
{
    private static readonly string[] s_tools = ["ovs-vswitchd", "dnsmasq", "sshd", "ssh", "udhcpc", "tcpdump", "brctl", "iptables", "ip", "jq", "python3"];
    private readonly Lazy<JsonDocument> _lab;
    private string _folder = "";

    public TraceLab()
        : this("--network", "gre")
    {
    }

    protected TraceLab(params string[] options) => _lab = new(() => Up(options));

    public string Inventory => Path.Combine(_folder, "inventory.json");

    /// <summary>The first instance on another node than the DHCP agent's.</summary>
    internal JsonElement Instance => Instances.First(one => one.GetProperty("node").GetString() == "compute1");

    internal JsonElement[] Instances => [.. _lab.Value.RootElement.GetProperty("instances").EnumerateArray()];

    /// <summary>How long each message of the last trace took from the wire to its observer, in milliseconds: node and observer share a clock.</summary>
    internal double[] Delays { get; private set; } = [];

    public string Name => Instance.GetProperty("name").GetString()!;

    public string PortId => Instance.GetProperty("portId").GetString()!;

    public static string MissingReason()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
            return "the lab needs root on Linux";
        string? missing = Array.Find(s_tools, tool => !(Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin").Split(':').Any(folder => File.Exists(Path.Combine(folder, tool))));
        return missing is null ? "" : $"{missing} is not installed";
    }

    /// <summary>Runs one of the lab's scripts.</summary>
    public string Run(string script, params string[] arguments) => RunAsync(script, arguments).GetAwaiter().GetResult();

    /// <inheritdoc cref="Run"/>
    public async Task<string> RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Scripts(), script), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LAB"] = _folder;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output + await errors;
    }

    /// <summary>Gathers, listens on every hop, lets something happen once all hops listen, and judges.</summary>
    internal async Task<(DhcpTraceResult Result, List<DhcpPacketObservation> Seen)> TraceAsync(int seconds, Func<Task> happening, CancellationToken stop = default)
    {
        LiveSource source = LiveSource.Open(InventoryFile.Load(Inventory));
        QuantumSnapshot snapshot = await source.GatherAsync(new GatherRequest { RecordKinds = ["none"] }, new Silent(), stop);
        Cloud cloud = CloudReader.Read(snapshot);
        PortSelection selection = PortSelector.Find(cloud.Records, PortId);
        Assert.True(selection.Error is null, selection.Error?.Message);
        var heard = new Heard(happening);
        var trace = new LiveTrace([TracePlan.For(cloud, selection.Ports[0])], _ => true, new CaptureLimits(seconds, 1000), heard);
        DhcpTraceResult[] results = await trace.RunAsync(source.Reach, stop);
        await heard.Happened.Task.WaitAsync(TimeSpan.FromSeconds(30), stop);
        Delays = [.. heard.Delays];
        return (Assert.Single(results), heard.Observations);
    }

    /// <summary>The tcpdumps of a node, one line for each.</summary>
    public string Tcpdumps(string node) => Run("enter", node, "sh", "-c", "pgrep -a tcpdump || true");

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        if (_folder.Length == 0)
            return;
        _lab.Value.Dispose();
        Run("down");
    }

    private JsonDocument Up(string[] options)
    {
        _folder = Run("up", options).Trim().Split('\n')[^1];
        return JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "lab.json")));
    }

    /// <summary>Brings the lab up.</summary>
    public void Need()
    {
        Skip.If(MissingReason() is { Length: > 0 }, MissingReason());
        _ = _lab.Value;
    }

    private static string Scripts([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "lab"));

    private sealed class Silent : IGatherObserver
    {
        public void CommandFinished(CommandOutput output)
        {
        }

        public void Failed(QuantumError error) => Assert.Fail(error.Message);

        public void Progress(string activity, int done, int total)
        {
        }
    }

    private sealed class Heard(Func<Task> happening) : ITraceObserver
    {
        public List<DhcpPacketObservation> Observations { get; } = [];

        public List<double> Delays { get; } = [];

        public TaskCompletionSource Happened { get; } = new();

        public void Seen(DhcpPacketObservation observation)
        {
            lock (Observations)
            {
                Observations.Add(observation);
                Delays.Add((DateTime.UtcNow - observation.Time).TotalMilliseconds);
            }
        }

        public void Listening(int hops, int total)
        {
            if (hops == total)
                _ = Task.Run(LetHappenAsync);
        }

        public void Failed(QuantumError error) => Happened.TrySetException(new InvalidOperationException(error.Message));

        private async Task LetHappenAsync()
        {
            await happening();
            Happened.TrySetResult();
        }
    }
}

/// <summary>The lab with two DHCP agents, on a VLAN network.</summary>
public sealed class TwoServersLab() : TraceLab("--network", "vlan", "--dhcp-agents", "2");
