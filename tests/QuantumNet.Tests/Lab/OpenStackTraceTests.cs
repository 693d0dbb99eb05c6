using System.Diagnostics;
using QuantumNet.Access;
using QuantumNet.Tests.Capture;

namespace QuantumNet.Tests.Lab;

/// <summary>A renewal in real OpenStack, traced over every hop. The variables of <see cref="OpenStackCloud"/>,
/// and QUANTUMNET_OPENSTACK_RENEW: a command that makes the instance ask for its lease.</summary>
public sealed class OpenStackTraceTests
{
    private static readonly DhcpMessageType[] s_exchange =
        [DhcpMessageType.Discover, DhcpMessageType.Offer, DhcpMessageType.Request, DhcpMessageType.Ack];

    [SkippableFact]
    public async Task A_renewal_is_followed_over_every_hop()
    {
        string port = OpenStackCloud.Port,
            renew = Environment.GetEnvironmentVariable("QUANTUMNET_OPENSTACK_RENEW") ?? "";
        Skip.If(port.Length == 0 || renew.Length == 0,
            "QUANTUMNET_OPENSTACK_LAB or QUANTUMNET_OPENSTACK_RENEW is not set");
        LiveSource source = LiveSource.Open(InventoryFile.Parse(OpenStackCloud.Inventory("client"), "here"));
        TraceRun run = await TraceRun.OfAsync(source, port, [], () => RenewAsync(renew));

        Assert.Equal((DhcpPathStatus.Ok, null), (run.Result.Status, run.Result.Cause));
        DhcpTraceTransaction lease = Assert.Single(run.Result.Transactions,
            one => one is { IsOfPort: true, IsComplete: true });
        string[] hops = [.. run.Result.Points.Where(point => point.IsCaptured).Select(point => point.Hop)];
        Assert.InRange(hops.Length, 4, 7);
        Assert.All(hops,
            hop => Assert.Equal(s_exchange, lease.Hops.Where(one => one.Hop == hop).Select(one => one.Type)));
        Assert.All(run.Result.Points.Where(point => !point.IsCaptured),
            point => Assert.Contains("Open vSwitch", point.Reason));
        DhcpPacketObservation[] wire =
            [.. run.Seen.Where(one => one is { Component: HopComponent.Underlay, IsOfPort: true })];
        Assert.Single(wire.Select(one => one.Encapsulation.Length > 0 ? one.TunnelKey
            : one.Vlans.Select(vlan => (long?)vlan).FirstOrDefault()).Distinct());
    }

    private static async Task RenewAsync(string command)
    {
        using Process process = Process.Start(new ProcessStartInfo("sh", ["-c",
            command]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
