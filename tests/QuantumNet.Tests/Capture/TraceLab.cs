using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using QuantumNet.Access;

namespace QuantumNet.Tests.Capture;

/// <summary>A lab of tests/lab, up for the tests of one class: traced live, over real ssh.</summary>
public class TraceLab : IDisposable
{
    private static readonly string[] s_tools = ["ovs-vswitchd", "dnsmasq", "sshd", "ssh", "udhcpc", "tcpdump", "brctl",
        "iptables", "ip", "jq", "python3"];
    private readonly Lazy<JsonDocument> _lab;
    private string _folder = "";

    public TraceLab()
        : this("--network", "gre")
    {
    }

    protected internal TraceLab(params string[] options) => _lab = new(() => Up(options));

    public virtual string Inventory => Path.Combine(_folder, "inventory.json");

    /// <summary>The first instance on another node than the DHCP agent's.</summary>
    internal JsonElement Instance => Instances.First(one => one.GetProperty("node").GetString() == "compute1");

    /// <summary>lab.json as it was when the lab came up.</summary>
    internal JsonElement Plan => _lab.Value.RootElement;

    internal JsonElement[] Instances => [.. _lab.Value.RootElement.GetProperty("instances").EnumerateArray()];

    /// <summary>How long each message of the last trace took from the wire to its observer, in milliseconds:
    /// node and observer share a clock.</summary>
    internal double[] Delays { get; private set; } = [];

    public string Name => Instance.GetProperty("name").GetString()!;

    /// <summary>Where its state lies.</summary>
    protected string Folder => _folder;

    public string PortId => Instance.GetProperty("portId").GetString()!;

    public static string MissingReason()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
            return "the lab needs root on Linux";
        string? missing = Array.Find(s_tools, tool => !(Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin")
            .Split(':').Any(folder => File.Exists(Path.Combine(folder, tool))));
        return missing is null ? "" : $"{missing} is not installed";
    }

    /// <summary>Runs one of the lab's scripts.</summary>
    public string Run(string script, params string[] arguments) => RunAsync(script, arguments).GetAwaiter().GetResult();

    /// <inheritdoc cref="Run"/>
    public async Task<string> RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Scripts(), script), arguments) { RedirectStandardOutput = true,
            RedirectStandardError = true };
        start.Environment["LAB"] = _folder;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output + await errors;
    }

    /// <summary>Traces the instance's port while something happens.</summary>
    internal async Task<(DhcpTraceResult Result, List<DhcpPacketObservation> Seen)> TraceAsync(
        Func<Task> happening, CancellationToken stop = default)
    {
        TraceRun run = await TraceRun.OfAsync(LiveSource.Open(InventoryFile.Load(Inventory)), PortId,
            ["none"], happening, stop);
        Assert.Empty(run.Errors);
        Delays = run.Delays;
        return (run.Result, run.Seen);
    }

    /// <summary>The tcpdumps of a node and what started them, one line for each.</summary>
    public string Tcpdumps(string node) =>
        Run("enter", node, "sh", "-c", "ps -eo args= | grep -E '^([a-z/]*tcpdump|sudo|timeout) ' || true");

    /// <summary>Starts <c>quantumnet Trace-DhcpPacket</c>, as a process of its own that Ctrl+C ends as
    /// in a terminal.</summary>
    public Process StartTool(params string[] more) => Process.Start(new ProcessStartInfo("env",
    [
        "--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "QuantumNet.Cli.dll"),
        "Trace-DhcpPacket", "-PortId", PortId, "-Inventory", Inventory, "-DurationSeconds", "120", .. more,
    ])
    { RedirectStandardOutput = true, RedirectStandardError = true })!;

    /// <summary>Waits until a trace listens on both nodes.</summary>
    public async Task UntilTracedAsync()
    {
        foreach (string node in (string[])["compute1", "netnode"])
            await UntilAsync(() => Tcpdumps(node).Contains("tcpdump -", StringComparison.Ordinal));
    }

    /// <summary>Waits until no node has a tcpdump, and looks for files.</summary>
    public async Task UntilNothingIsLeftAsync(params string[] nodes)
    {
        foreach (string node in nodes.Length > 0 ? nodes : ["compute1", "netnode"])
        {
            await UntilAsync(() => Tcpdumps(node).Length == 0);
            Assert.DoesNotContain("pcap", Run("enter", node, "find", "/tmp", "/var/tmp", "/root", "-newer",
                "/proc/1/cmdline", "-name", "*.pcap*"), StringComparison.Ordinal);
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        // What was true once counts: asked again, a node may be at something else.
        bool isMet = condition();
        for (int i = 0; i < 250 && !isMet; i++)
        {
            await Task.Delay(200);
            isMet = condition();
        }
        Assert.True(isMet);
    }

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
        string folder = Directory.CreateTempSubdirectory("quantumnet-lab-").FullName;
        string said = Run("up", [.. options, folder]);
        string plan = Path.Combine(folder, "lab.json");
        if (!File.Exists(plan))
            throw new InvalidOperationException($"the lab did not come up: {said}");
        _folder = folder;
        return JsonDocument.Parse(File.ReadAllText(plan));
    }

    /// <summary>Brings the lab up.</summary>
    public virtual void Need()
    {
        Skip.If(MissingReason() is { Length: > 0 }, MissingReason());
        _ = _lab.Value;
    }

    private static string Scripts([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "lab"));
}

/// <summary>The lab with two DHCP agents, on a VLAN network.</summary>
public sealed class TwoServersLab() : TraceLab("--network", "vlan", "--dhcp-agents", "2");
