using System.Diagnostics;

namespace QuantumNet.Tests.Capture;

/// <summary>Traces in the lab: real packets on every hop, real faults, over real ssh.</summary>
public sealed class LiveTraceTests(TraceLab lab) : IClassFixture<TraceLab>
{
    private const int Seconds = 7;

    [SkippableFact]
    public async Task A_lease_is_followed_over_every_hop_with_its_encapsulation()
    {
        lab.Need();
        (DhcpTraceResult result, List<DhcpPacketObservation> seen) = await lab.TraceAsync(Seconds, () => lab.RunAsync("lease", lab.Name));

        Assert.Equal(DhcpPathStatus.Ok, result.Status);
        DhcpTraceTransaction lease = Assert.Single(result.Transactions, one => one.IsOfPort);
        Assert.Equal([DhcpMessageType.Discover, DhcpMessageType.Offer, DhcpMessageType.Request, DhcpMessageType.Ack], lease.Types);
        string[] hops = [.. result.Points.Where(point => point.IsCaptured).Select(point => point.Hop)];
        Assert.Equal(7, hops.Length);
        Assert.All(hops, hop => Assert.Contains(lease.Hops, one => one.Hop == hop && one.Type == DhcpMessageType.Ack));
        Assert.All(seen.Where(one => one.Component == HopComponent.Underlay), one => Assert.Equal("gre", one.Encapsulation));
        Assert.All(result.Points.Where(point => !point.IsCaptured), point => Assert.Contains("Open vSwitch", point.Reason));
        Assert.All(result.Clocks, clock => Assert.True(clock.PacketCount > 0 && Math.Abs(clock.OffsetSeconds) < 0.1, clock.ToString()));
    }

    [SkippableTheory]
    [InlineData("QN2001", "tap", "tap", "qbr", DhcpDirection.Request)]
    [InlineData("QN2001", "qvb", "qbr", "qvb", DhcpDirection.Request)]
    [InlineData("QN3003", "missing", "qbr", "qvb", DhcpDirection.Request)]
    [InlineData("QN4002", "instance", "qvo", "eth0", DhcpDirection.Request)]
    [InlineData("QN5001", "compute", "qvo", "compute1/eth0", DhcpDirection.Request)]
    [InlineData("QN5006", "dhcp", "netnode/eth0", "netnode/tap", DhcpDirection.Request)]
    [InlineData("QN6002", "tag", "netnode/eth0", "netnode/tap", DhcpDirection.Request)]
    [InlineData("QN6005", "dead", "", "netnode/tap", DhcpDirection.Reply)]
    [InlineData("QN5001", "dhcp", "netnode/eth0", "netnode/tap", DhcpDirection.Request)]
    [InlineData("QN5008", "dhcp", "netnode/tap", "netnode/eth0", DhcpDirection.Reply)]
    [InlineData("QN5007", "unicast", "compute1/eth0", "qvo", DhcpDirection.Reply)]
    [InlineData("QN3002", "rule", "qbr", "tap", DhcpDirection.Reply)]
    public async Task A_fault_is_found_between_the_last_hop_that_saw_the_packet_and_the_first_that_did_not(
        string code, string variant, string lastSeen, string firstMissing, DhcpDirection direction)
    {
        lab.Need();
        lab.Run("fault", "put", code, variant);
        try
        {
            (DhcpTraceResult result, _) = await lab.TraceAsync(Seconds, () => lab.RunAsync("lease", lab.Name));

            Assert.Equal(DhcpPathStatus.Broken, result.Status);
            Assert.Equal(code, result.Cause);
            Assert.Equal(direction, result.Direction);
            Assert.Contains(lastSeen, result.LastSeen ?? "");
            Assert.True(lastSeen.Length > 0 || result.LastSeen is null, result.Summary);
            Assert.Contains(firstMissing, result.FirstMissing);
        }
        finally
        {
            lab.Run("fault", "undo", code, variant);
        }
    }

    [SkippableFact]
    public async Task When_it_is_stopped_no_tcpdump_is_left()
    {
        lab.Need();
        using var stop = new CancellationTokenSource();
        Task trace = lab.TraceAsync(60, async () =>
        {
            Assert.Contains("tcpdump", lab.Tcpdumps("compute1"), StringComparison.Ordinal);
            await stop.CancelAsync();
        }, stop.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trace);
        await NothingIsLeftAsync();
    }

    [SkippableFact]
    public async Task When_the_tool_is_killed_no_tcpdump_is_left()
    {
        lab.Need();
        using Process tool = StartTool();
        await Until(() => lab.Tcpdumps("netnode").Contains("tcpdump", StringComparison.Ordinal));
        tool.Kill(entireProcessTree: false);        // SIGKILL: it can clean nothing up

        await NothingIsLeftAsync();
    }

    [SkippableFact]
    public async Task When_the_connection_is_cut_no_tcpdump_is_left()
    {
        lab.Need();
        using Process tool = StartTool();
        await Until(() => lab.Tcpdumps("compute1").Contains("tcpdump", StringComparison.Ordinal));
        foreach (Process ssh in ChildrenOf(tool.Id))
            ssh.Kill();

        await NothingIsLeftAsync();
        await tool.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    private Process StartTool()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "QuantumNet.Cli.dll");
        return Process.Start(new ProcessStartInfo("dotnet",
            [program, "Trace-DhcpPacket", "-PortId", lab.PortId, "-Inventory", lab.Inventory, "-DurationSeconds", "120"])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    private static IEnumerable<Process> ChildrenOf(int parent)
    {
        foreach (string child in File.ReadAllText($"/proc/{parent}/task/{parent}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Concat(Directory.GetDirectories($"/proc/{parent}/task").SelectMany(task => File.ReadAllText(task + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))).Distinct())
            yield return Process.GetProcessById(int.Parse(child, System.Globalization.CultureInfo.InvariantCulture));
    }

    private async Task NothingIsLeftAsync()
    {
        foreach (string node in (string[])["compute1", "netnode"])
            await Until(() => !lab.Tcpdumps(node).Contains("tcpdump", StringComparison.Ordinal));
        Assert.DoesNotContain("pcap", lab.Run("enter", "compute1", "find", "/tmp", "/var/tmp", "/root", "-newer", "/proc/1/cmdline", "-name", "*.pcap*"), StringComparison.Ordinal);
    }

    private static async Task Until(Func<bool> condition)
    {
        for (int i = 0; i < 150 && !condition(); i++)
            await Task.Delay(200);
        Assert.True(condition());
    }
}
