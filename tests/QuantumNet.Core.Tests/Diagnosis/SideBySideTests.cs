using QuantumNet.Diagnosis;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Diagnosis;

/// <summary>Many ports are judged side by side.</summary>
public sealed class SideBySideTests
{
    private static readonly Cloud s_cloud = CloudReader.Read(SnapshotReader.Load(
        Path.Combine(Samples.Folder, "..", "..", "samples", "fleet-three-causes")));

    // More than a core takes at once.
    private static readonly QuantumPort[] s_ports =
        [.. Enumerable.Repeat(s_cloud.Records.Ports.Where(port => !port.IsDhcp), 50).SelectMany(ports => ports)];

    [Fact]
    public void Ports_judged_side_by_side_come_in_their_order_with_the_verdicts_of_each_alone()
    {
        DhcpPathTester alone = new(s_cloud);
        Assert.Equal(s_ports.Select(port => Told(alone.Test(port))),
            new DhcpPathTester(s_cloud).TestAll(s_ports, [], []).Select(Told));
    }

    [Fact]
    public void Stopped_run_ends()
    {
        using CancellationTokenSource stop = new();
        IEnumerator<DhcpPathResult> verdicts =
            new DhcpPathTester(s_cloud).TestAll(s_ports, [], [], stop.Token).GetEnumerator();
        Assert.True(verdicts.MoveNext());
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            while (verdicts.MoveNext())
            {
            }
        });
    }

    private static (string, DhcpPathStatus, string?, string) Told(DhcpPathResult result) =>
        (result.PortId, result.Status, result.Cause, result.Summary);
}
