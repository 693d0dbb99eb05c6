using QuantumNet.Access.ControlPlane;
using QuantumNet.Parsing.Clients;
using QuantumNet.Snapshots;

namespace QuantumNet.Access;

/// <summary>What was gathered once, and what for.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Snapshot">What came of it, all of it: nothing failed.</param>
/// <param name="BeganAt">When gathering began: nothing in it is older.</param>
/// <param name="Missing">What was told to be missing: whoever uses it again is to hear that, too.</param>
internal sealed record KeptGather(
    GatherRequest Request, QuantumSnapshot Snapshot, DateTimeOffset BeganAt, IReadOnlyList<string> Missing)
{
    private const string None = "none";

    /// <summary>Bytes that it holds.</summary>
    public long Size { get; } = Snapshot.Outputs.Concat(Snapshot.RecordOutputs)
        .Sum(output => (long)output.StandardOutput.Length + output.StandardError.Length);

    /// <summary>Whether it holds all that is asked for, of the same scope or a wider one; in doubt not.</summary>
    public bool Covers(GatherRequest wanted) => CoversCollectors(wanted.Collectors)
        && CoversRecords(wanted) && CoversNodes(wanted) && CoversNetworks(wanted) && CoversPort(wanted);

    /// <summary>As little of it as was asked for: a node that was not asked for is not an answer.</summary>
    public QuantumSnapshot Narrowed(GatherRequest wanted) =>
        wanted.ComputerName.Length == 0 ? Snapshot : SnapshotSource.Narrow(Snapshot, wanted.ComputerName);

    private bool CoversCollectors(string[] wanted) =>
        wanted is [None] || Request.Collectors.Length == 0 || (wanted.Length > 0 && IsIn(wanted, Request.Collectors));

    private bool CoversRecords(GatherRequest wanted) => wanted.RecordKinds is [None]
        || (CoversKinds(wanted.RecordKinds) && IsIn(wanted.InstanceIds, Request.InstanceIds)
            && IsIn(wanted.RoutersOf, Request.RoutersOf) && (Request.WithConsole || !wanted.WithConsole));

    private bool CoversKinds(string[] wanted) =>
        Request.RecordKinds.Length == 0
            ? IsIn(wanted.Where(kind => kind != RecordKinds.Console), [.. RecordKinds.ForPath])
            : wanted.Length > 0 && IsIn(wanted, Request.RecordKinds);

    private bool CoversNodes(GatherRequest wanted) => Request.ComputerName.Length > 0
        ? wanted.ComputerName.Length > 0 && AreNodes(wanted.ComputerName, Request.ComputerName)
        : AreNodes(wanted.ComputerName, Snapshot.Nodes.Select(node => node.ComputerName));

    private bool CoversNetworks(GatherRequest wanted) => Request.NetworkId.Length == 0
        || (wanted.NetworkId.Length > 0 && wanted.Port.Length == 0 && IsIn(wanted.NetworkId, Request.NetworkId));

    private bool CoversPort(GatherRequest wanted) => Request.Port.Length == 0
        ? wanted.Port.Length == 0 || Snapshot.RecordOutputs.Length == 0 || Ports(wanted.Port).Count > 0
        : wanted.ComputerName.Length == 0 && wanted.NetworkId.Length == 0 && IsSamePort(wanted.Port);

    // Another text may mean the same port; only of a whole id is that certain. A prefix that is the only one here may
    // be one of several in the cloud.
    private bool IsSamePort(string wanted) => wanted.Equals(Request.Port, StringComparison.OrdinalIgnoreCase)
        || (Guid.TryParse(wanted, out _) && Ports(Request.Port) is [var one]
            && one.PortId.Equals(wanted, StringComparison.OrdinalIgnoreCase));

    private IReadOnlyList<QuantumPort> Ports(string text) =>
        PortSelector.Find(RecordReader.Read(Snapshot.RecordOutputs, []), text).Ports;

    private static bool IsIn(IEnumerable<string> wanted, string[] held) =>
        wanted.All(one => held.Contains(one, StringComparer.OrdinalIgnoreCase));

    private static bool AreNodes(IEnumerable<string> wanted, IEnumerable<string> held) =>
        wanted.All(one => held.Any(name => HostName.Same(name, one)));
}
