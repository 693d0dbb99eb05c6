using QuantumNet.Access;
using QuantumNet.Binding;
using QuantumNet.Diagnosis;
using QuantumNet.Pipeline;
using QuantumNet.Reports;
using QuantumNet.Snapshots;

namespace QuantumNet.Commands;

/// <summary>Draws the nodes with their bridges, patches, tunnels and ports as SVG, or writes them
/// for Graphviz or Mermaid.</summary>
[Cmdlet(VerbsData.Export, "QuantumTopology", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileInfo))]
public sealed class ExportQuantumTopologyCommand : GatheredCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralSet = "LiteralPath";

    private readonly HashSet<string> _nodes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The file to write; its ending tells the format: .svg, .dot (.gv) or .mmd.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string Path { get; set; } = "";

    /// <summary>The file to write, as it is named: no character is a wildcard.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralSet)]
    [ValidateNotNullOrEmpty]
    public string? LiteralPath { get; set; }

    /// <summary>The nodes to draw, wildcards allowed; all when left out.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Node", "Cn")]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] ComputerName { get; set; } = [];

    /// <summary>Svg, Dot or Mermaid; known by the file's ending when left out.</summary>
    [Parameter]
    [ValidateSet("Svg", "Dot", "Mermaid")]
    public string? Format { get; set; }

    /// <summary>Replaces a read-only file, too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Never replaces a file, not even with -Force.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Emits the file that was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process() => _nodes.UnionWith(ComputerName.Where(name => name.Length > 0));

    private protected override void End()
    {
        string path = WrittenPath.Of(CommandHost, Path, LiteralPath);
        ExportedFile.RefuseFolder(path);
        Func<TopologyGraph, string> write = Writer(path);
        var rule = new Replacing(IsOn(NoClobber), IsOn(Force));
        bool passThru = IsOn(PassThru);
        QuantumConnection connection = OpenConnection();
        if (!CommandHost.ShouldProcess(path, "Write topology"))
            return;
        ExportedFile.Check(path, rule);     // before gathering, not after
        var request = new GatherRequest { ComputerName = [.. _nodes] };
        Pump(async (pipe, stop) =>
        {
            Cloud cloud = await ReadCloudAsync(connection, request, pipe, stop).ConfigureAwait(false);
            TopologyGraph graph = TopologyGraph.Of(cloud, Judge(cloud, pipe, stop));
            foreach (string node in _nodes
                .Where(name => !Wildcard.IsPattern(name) && cloud.Node(name) is null && !HasFailed(name)))
                pipe.Error(Errors.NodeNotFound(node));
            if (graph.Nodes.Count == 0)
                throw Errors.NothingToReport().ToException();
            FileInfo file = ExportedFile.Write(path, write(graph), rule);
            if (passThru)
                pipe.Object(file);
        });
    }

    /// <summary>What takes leases is marked: so every instance's port is judged.</summary>
    private static List<DhcpPathResult> Judge(Cloud cloud, PipelineWriter pipe, CancellationToken stop) =>
        [.. JudgedPorts.Of(new DhcpPathTester(cloud), [.. PortChoice.Others(cloud.Records, [])], [], [], pipe, stop)
            .Select(result => result with { Hops = [], Findings = [] })];

    private Func<TopologyGraph, string> Writer(string path) =>
        (Format ?? System.IO.Path.GetExtension(path).TrimStart('.')).ToUpperInvariant() switch
        {
            "SVG" => TopologySvg.Write,
            "DOT" or "GV" => TopologyDot.Write,
            "MERMAID" or "MMD" => TopologyMermaid.Write,
            _ => throw Errors.FormatUnknown(path).ToException(),
        };
}
