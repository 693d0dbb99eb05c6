using QuantumNet.Observations.Connections;

namespace QuantumNet.Access.ControlPlane;

/// <summary>A control plane that can be looked at without asking for all that it has.</summary>
internal interface IProbedControlPlane
{
    /// <summary>Logs in and asks each service for a little. What fails is in the answer.</summary>
    Task<ControlPlaneProbe> ProbeAsync(IGatherObserver observer, CancellationToken stop);
}

/// <summary>The kinds of records that each service gives, however it is asked.</summary>
internal static class ServiceRecords
{
    public static readonly string[] Network =
        [RecordKinds.Network, RecordKinds.Subnet, RecordKinds.Port, RecordKinds.SecurityGroupRule];

    public static readonly string[] Agents = [RecordKinds.Agent, RecordKinds.DhcpAgent];
    public static readonly string[] Compute = [RecordKinds.Instance, RecordKinds.Console];
}

/// <summary>Looks at any control plane.</summary>
internal static class ControlPlaneProbing
{
    /// <summary>What there is behind it: asked as it can be, or by one kind of records where it has no way of its own.
    /// </summary>
    public static async Task<ControlPlaneProbe> ProbeAsync(
        this IControlPlane plane, IGatherObserver observer, CancellationToken stop)
    {
        if (plane is IProbedControlPlane probed)
            return await probed.ProbeAsync(observer, stop).ConfigureAwait(false);
        ControlPlaneProbe probe = new() { Source = "api" };
        try
        {
            await plane.FetchAsync(new() { Kinds = [RecordKinds.Network] }, observer, stop).ConfigureAwait(false);
            return probe;
        }
        catch (QuantumException e)
        {
            return probe with { Error = e.Error };
        }
    }
}
