using System.Diagnostics;
using QuantumNet.Snapshots;
using QuantumNet.Tests.Access;
using QuantumNet.Tests.Capture;

namespace QuantumNet.Tests.Lab;

/// <summary>The client is killed at any moment, with root's logins and with sudo: nothing of it stays on a node, no
/// snapshot is half there, and at no time does a command line hold a secret.</summary>
public sealed class KillLabTests(SudoLab lab) : IClassFixture<SudoLab>
{
    private const string Left = """
        grep -ls QUANTUMNET_RUN= /proc/[0-9]*/environ
        ps -eo args= | grep -E '^(sudo -n|timeout |/usr/bin/timeout |/usr/bin/find -P|[a-z/]*tcpdump|sh -s|dd bs=64)'
        ls -A /tmp /var/tmp
        """;

    [SkippableFact]
    public async Task Nothing_is_left_of_runs_that_are_killed_at_random()
    {
        lab.Need();
        string secret = lab.Run("enter", "controller", "sh", "-c", ". /root/openrc; printf %s \"$OS_PASSWORD\"");
        Assert.True(secret.Length >= 32);
        string before = Everything();
        int runs = Environment.GetEnvironmentVariable("QUANTUMNET_LONG") == "1" ? 50 : 8;
        var random = new Random(runs);
        string folder = Directory.CreateTempSubdirectory("quantumnet-killed-").FullName;
        await using var sampler = new ProcessSampler(secret, "cmdline");
        for (int i = 0; i < runs; i++)
        {
            string kept = Path.Combine(folder, i % 3 == 0 ? "kept.zip" : "kept");
            await RunAsync(Arguments(i, kept), random.Next(300, 4500), interrupted: i % 5 == 4);
            if (File.Exists(kept) || Directory.Exists(kept))
                Assert.NotEmpty(SnapshotReader.Load(kept).Outputs);
        }
        await RunAsync(
            ["Save-QuantumSnapshot", Path.Combine(folder, "whole"), "-Inventory", lab.Inventory], 60_000, false);

        Assert.Empty(await sampler.StopAsync());
        Assert.True(sampler.Samples > 5 * runs, $"only {sampler.Samples} samples were taken");
        Assert.NotEmpty(SnapshotReader.Load(Path.Combine(folder, "whole")).Outputs);
        string after = Everything();
        for (int i = 0; i < 300 && after != before; i++)
        {
            await Task.Delay(200);
            after = Everything();
        }
        Assert.Equal(before, after);
        Directory.Delete(folder, recursive: true);
    }

    private string[] Arguments(int run, string kept)
    {
        string[] from = ["-Inventory", run % 2 == 0 ? lab.Inventory : lab.RootsInventory];
        return (run % 8) switch
        {
            // The packet that it sends is the one thing that changes something; the rules of sudo have none of it.
            7 => ["Send-DhcpProbe", lab.PortId, "-WaitSeconds", "20", "-Confirm:$false", "-Inventory",
                lab.RootsInventory],
            3 => ["Trace-DhcpPacket", "-PortId", lab.PortId, "-DurationSeconds", "20", .. from],
            2 or 6 => ["Test-DhcpPath", "-PortId", lab.PortId, .. from],
            _ => ["Save-QuantumSnapshot", kept, "-Force", .. from],
        };
    }

    private static async Task RunAsync(string[] arguments, int milliseconds, bool interrupted)
    {
        using Process tool = Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", "dotnet",
            Path.Combine(AppContext.BaseDirectory, "QuantumNet.Cli.dll"), .. arguments])
        { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
        tool.StandardInput.Close();
        Task<string> said = tool.StandardOutput.ReadToEndAsync(), errors = tool.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(milliseconds);
        try
        {
            await tool.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            if (interrupted)
                Processes.Interrupt(tool);
            else
                tool.Kill(entireProcessTree: false);
        }
        await tool.WaitForExitAsync();
    }

    /// <summary>What of a run there could be on any node.</summary>
    private string Everything() => string.Concat(((string[])["controller", "compute1", "compute2", "netnode"])
        .Select(node => $"{node}:\n{lab.Run("enter", node, "sh", "-c", Left)}"));
}
