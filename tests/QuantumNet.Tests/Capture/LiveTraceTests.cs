using System.Diagnostics;
using System.Text.Json;
using QuantumNet.Tests.Lab;
using Xunit.Abstractions;

namespace QuantumNet.Tests.Capture;

/// <summary>Traces in the lab: real packets on every hop, real faults, over real ssh.</summary>
public sealed class LiveTraceTests(TraceLab lab, ITestOutputHelper output) : IClassFixture<TraceLab>
{
    [SkippableFact]
    public async Task A_lease_is_followed_over_every_hop_with_its_encapsulation()
    {
        lab.Need();
        (DhcpTraceResult result, List<DhcpPacketObservation> seen) =
            await lab.TraceAsync(() => lab.RunAsync("lease", lab.Name));

        output.WriteLine(
            $"from the wire to here: {string.Join(", ", lab.Delays.Order().Select(delay => $"{delay:0} ms"))}");
        Assert.Equal(DhcpPathStatus.Ok, result.Status);
        DhcpTraceTransaction lease = Assert.Single(result.Transactions, one => one.IsOfPort);
        Assert.Equal([DhcpMessageType.Discover, DhcpMessageType.Offer, DhcpMessageType.Request, DhcpMessageType.Ack],
            lease.Types);
        string[] hops = [.. result.Points.Where(point => point.IsCaptured).Select(point => point.Hop)];
        Assert.Equal(7, hops.Length);
        Assert.All(hops, hop => Assert.Contains(lease.Hops, one => one.Hop == hop && one.Type == DhcpMessageType.Ack));
        Assert.All(seen.Where(one => one.Component == HopComponent.Underlay),
            one => Assert.Equal("gre", one.Encapsulation));
        Assert.All(result.Points.Where(point => !point.IsCaptured),
            point => Assert.Contains("Open vSwitch", point.Reason));
        Assert.All(result.Clocks,
            clock => Assert.True(clock.PacketCount > 0 && Math.Abs(clock.OffsetSeconds) < 0.1, clock.ToString()));
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
            (DhcpTraceResult result, _) = await lab.TraceAsync(() => lab.RunAsync("lease", lab.Name));

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
    public async Task A_network_between_the_nodes_that_drops_tunnels_is_named()
    {
        lab.Need();
        string[] rule = ["FORWARD", "-p", "IPv4", "--ip-proto", "47", "-j", "DROP"];
        lab.Run("enter", ["operator", "ebtables-nft", "-A", .. rule]);
        try
        {
            (DhcpTraceResult result, _) = await lab.TraceAsync(() => lab.RunAsync("lease", lab.Name));

            Assert.Equal((DhcpPathStatus.Broken, "QN5020"), (result.Status, result.Cause));
            Assert.Equal(("compute1/eth0", "netnode/eth0"), (result.LastSeen, result.FirstMissing));
        }
        finally
        {
            lab.Run("enter", ["operator", "ebtables-nft", "-D", .. rule]);
        }
    }

    [SkippableFact]
    public async Task Ten_instances_that_ask_at_once_are_told_apart()
    {
        lab.Need();
        List<string> names = [.. lab.Instances.Where(one => one.GetProperty("node").GetString() == "compute1")
            .Select(one => one.GetProperty("name").GetString()!)];
        for (int i = names.Count; i < 10; i++)
        {
            names.Add($"more-{i}");
            lab.Run("boot", names[^1], "compute1");
        }
        (DhcpTraceResult result, List<DhcpPacketObservation> seen) =
            await lab.TraceAsync(() => Task.WhenAll(names.Select(name => lab.RunAsync("lease", name))));

        Assert.Equal(10,
            seen.Where(one => one.Component == HopComponent.Underlay).Select(one => one.Mac).Distinct().Count());
        Assert.Equal(10, result.Transactions.Select(one => one.Mac).Distinct().Count());
        DhcpTraceTransaction own = Assert.Single(result.Transactions, one => one.IsOfPort);
        Assert.True(own.IsComplete);
        Assert.Equal(result.Mac, own.Mac);
        Assert.All(result.Transactions, one => Assert.Single(
            seen.Where(packet => packet.TransactionId == one.TransactionId).Select(packet => packet.Mac).Distinct()));
    }

    [SkippableFact]
    public async Task When_it_is_stopped_no_tcpdump_is_left()
    {
        lab.Need();
        using var stop = new CancellationTokenSource();
        Task trace = lab.TraceAsync(async () =>
        {
            Assert.Contains("tcpdump", lab.Tcpdumps("compute1"), StringComparison.Ordinal);
            await stop.CancelAsync();
        }, stop.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trace);
        await lab.UntilNothingIsLeftAsync();
    }

    [SkippableFact]
    public async Task When_the_tool_is_killed_no_tcpdump_is_left()
    {
        lab.Need();
        using Process tool = lab.StartTool();
        await lab.UntilTracedAsync();
        tool.Kill(entireProcessTree: false);        // SIGKILL: it can clean nothing up

        await lab.UntilNothingIsLeftAsync();
    }

    [SkippableFact]
    public async Task When_the_connection_is_cut_no_tcpdump_is_left()
    {
        lab.Need();
        using Process tool = lab.StartTool();
        await lab.UntilTracedAsync();
        Processes.KillChildren(tool);

        await lab.UntilNothingIsLeftAsync();
        await tool.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
    }

    [SkippableFact]
    public async Task A_node_that_falls_silent_listens_no_longer_than_its_lease()
    {
        Skip.IfNot(Settings.IsLong, "QUANTUMNET_LONG is not 1");
        lab.Need();
        using Process tool = lab.StartTool();
        await lab.UntilTracedAsync();
        lab.Run("enter", "operator", "ip", "link", "set", "compute1-eth0", "down");
        try
        {
            await lab.UntilNothingIsLeftAsync("compute1");      // 30 of its 120 seconds
        }
        finally
        {
            lab.Run("enter", "operator", "ip", "link", "set", "compute1-eth0", "up");
            tool.Kill();
        }
    }

    [SkippableFact]
    public async Task Ctrl_c_ends_quantumnet_within_two_seconds_and_what_it_printed_is_whole()
    {
        lab.Need();
        using Process tool = lab.StartTool("-As", "Json", "-Verbose");
        await UntilAllListenAsync(tool);
        await lab.RunAsync("lease", lab.Name);
        // The packets need a moment to arrive
        string output = await Processes.ReadUntilAsync(tool.StandardOutput, "\"Discover\"");
        Task<string> rest = tool.StandardOutput.ReadToEndAsync();
        long pressed = Stopwatch.GetTimestamp();
        Processes.Interrupt(tool);
        await tool.WaitForExitAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(pressed).TotalSeconds, 0, 2);
        Assert.Equal(130, tool.ExitCode);
        await lab.UntilNothingIsLeftAsync();
        using JsonDocument printed = JsonDocument.Parse(output + await rest);
        Assert.Contains(printed.RootElement.EnumerateArray(), one => one.GetProperty("Type").GetString() == "Discover");
    }

    [SkippableFact]
    public async Task When_nobody_reads_it_any_more_quantumnet_ends()
    {
        lab.Need();
        using Process tool = lab.StartTool("-Verbose");
        await UntilAllListenAsync(tool);
        tool.StandardOutput.Close();        // as head does when it has enough
        await lab.RunAsync("lease", lab.Name);
        await tool.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(141, tool.ExitCode);
        await lab.UntilNothingIsLeftAsync();
    }

    private static async Task UntilAllListenAsync(Process tool)
    {
        while (await tool.StandardError.ReadLineAsync() is { } said
            && !said.Contains("Listening at 7 of 7", StringComparison.Ordinal))
            Assert.DoesNotContain("error:", said, StringComparison.Ordinal);
    }
}

/// <summary>A trace where two servers answer, over a VLAN network.</summary>
public sealed class TwoServersTraceTests(TwoServersLab lab) : IClassFixture<TwoServersLab>
{
    [SkippableFact]
    public async Task Both_are_named_and_the_vlan_is_seen_on_the_wire()
    {
        lab.Need();
        (DhcpTraceResult result, List<DhcpPacketObservation> seen) =
            await lab.TraceAsync(() => lab.RunAsync("lease", lab.Name));

        Assert.Equal(DhcpPathStatus.Ok, result.Status);
        DhcpTraceTransaction lease = Assert.Single(result.Transactions, one => one.IsOfPort);
        Assert.Equal(2, lease.Servers.Length);
        Assert.Equal(2, result.DhcpNodes.Length);
        DhcpPacketObservation[] wire =
            [.. seen.Where(one => one is { Component: HopComponent.Underlay, IsOfPort: true })];
        Assert.NotEmpty(wire);
        Assert.Single(wire.Select(one => Assert.Single(one.Vlans)).Distinct());
    }

    [SkippableFact]
    public async Task A_switch_that_does_not_carry_the_vlan_is_named()
    {
        lab.Need();
        lab.Run("fault", "put", "QN5018", "trunk");
        try
        {
            (DhcpTraceResult result, _) = await lab.TraceAsync(() => lab.RunAsync("lease", lab.Name));

            Assert.Equal((DhcpPathStatus.Broken, "QN5018"), (result.Status, result.Cause));
            Assert.Equal("compute1/eth1", result.LastSeen);
            Assert.EndsWith("/eth1", result.FirstMissing);
        }
        finally
        {
            lab.Run("fault", "undo", "QN5018", "trunk");
        }
    }
}
