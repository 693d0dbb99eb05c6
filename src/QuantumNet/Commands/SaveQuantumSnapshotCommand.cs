using QuantumNet.Access;
using QuantumNet.Binding;
using QuantumNet.Pipeline;
using QuantumNet.Snapshots;

namespace QuantumNet.Commands;

/// <summary>Gathers everything about a port, some nodes or the whole cloud, and saves it without secrets,
/// to be judged again anywhere.</summary>
[Cmdlet(VerbsData.Save, "QuantumSnapshot", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(QuantumSnapshot))]
public sealed class SaveQuantumSnapshotCommand : SourceCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralSet = "LiteralPath";

    private readonly HashSet<string> _ports = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The folder to make, or a file ending in .zip.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string Path { get; set; } = "";

    /// <summary>The folder or zip to make, as it is named: no character is a wildcard.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralSet)]
    [ValidateNotNullOrEmpty]
    public string? LiteralPath { get; set; }

    /// <summary>A port, as for Test-DhcpPath: narrows what is gathered to its nodes, and adds its instance's console
    /// log. The whole cloud when left out, or when several are piped.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port")]
    [ArgumentCompleter(typeof(PortCompleter))]
    [AllowEmptyString]
    [TextOnly]
    [SupportsWildcards]
    public string[] PortId { get; set; } = [];

    /// <summary>The nodes to gather from, wildcards allowed; those of the port or the connection when left out.
    /// </summary>
    [Parameter]
    [Alias("Node", "Cn")]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] ComputerName { get; set; } = [];

    /// <summary>Overwrites a snapshot that is already there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Never overwrites a snapshot, not even with -Force.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    private protected override void Process() => _ports.UnionWith(PortId.Where(port => port.Length > 0));

    private protected override void End()
    {
        string path = WrittenPath.Of(CommandHost, Path, LiteralPath);
        QuantumConnection connection = OpenConnection();
        bool force = IsOn(Force) && !IsOn(NoClobber);
        if (!CommandHost.ShouldProcess(path, "Save snapshot"))
            return;
        SnapshotWriter.DemandFree(path, force);
        var request = new GatherRequest { Port = PortChoice.SingleOf(_ports), ComputerName = ComputerName,
            WithConsole = _ports.Count == 1 };
        Pump(async (pipe, stop) =>
        {
            QuantumSnapshot snapshot = await GatherAsync(connection, request, pipe, stop).ConfigureAwait(false);
            if (!snapshot.HoldsAnything)
                throw Errors.NothingGathered(path).ToException();
            pipe.Object(SnapshotCoverage.Of(SnapshotWriter.Save(snapshot, path, force)));
        });
    }
}
