using QuantumNet.Access;
using QuantumNet.Binding;
using QuantumNet.Diagnosis;
using QuantumNet.Pipeline;
using QuantumNet.Reports;
using QuantumNet.Snapshots;

namespace QuantumNet.Commands;

/// <summary>Writes verdicts as one self-contained HTML page: each path drawn hop by hop, the causes with their
/// evidence, what was collected and what was not; or as Markdown for a ticket.</summary>
[Cmdlet(VerbsData.Export, "DhcpPathReport", SupportsShouldProcess = true, DefaultParameterSetName = PortSet)]
[OutputType(typeof(FileInfo))]
public sealed class ExportDhcpPathReportCommand : GatheredCmdlet
{
    private const string PortSet = "Port";
    private const string InputObjectSet = "InputObject";
    private const string LiteralPortSet = "PortToLiteralPath";
    private const string LiteralInputSet = "InputObjectToLiteralPath";

    private readonly List<DhcpPathResult> _results = [];
    private readonly PortChoice _ports = new();
    private bool _isTesting;

    /// <summary>The file to write: .html or .htm for the page, .md or .markdown for Markdown.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PortSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = InputObjectSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string Path { get; set; } = "";

    /// <summary>The file to write, as it is named: no character is a wildcard.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPortSet)]
    [Parameter(Mandatory = true, ParameterSetName = LiteralInputSet)]
    [ValidateNotNullOrEmpty]
    public string? LiteralPath { get; set; }

    /// <summary>Results of Test-DhcpPath.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InputObjectSet, ValueFromPipeline = true)]
    [Parameter(Mandatory = true, ParameterSetName = LiteralInputSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public DhcpPathResult[] InputObject { get; set; } = [];

    /// <summary>Ports to test, as for Test-DhcpPath, where no results are piped;
    /// every instance's port when left out.</summary>
    [Parameter(Position = 1, ParameterSetName = PortSet)]
    [Parameter(Position = 1, ParameterSetName = LiteralPortSet)]
    [Alias("Port", "Mac", "InstanceId")]
    [ArgumentCompleter(typeof(PortCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] PortId { get; set; } = [];

    /// <summary>The page's title; made from the results when left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

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

    private protected override void Process()
    {
        _results.AddRange(InputObject);
        _ports.Add(PortId);
        _isTesting |= InputObject.Length == 0;
    }

    private protected override void End()
    {
        if (!_isTesting && _results.Count == 0)
            throw Errors.NothingToReport().ToException();
        string path = WrittenPath.Of(CommandHost, Path, LiteralPath);
        var rule = new Replacing(IsOn(NoClobber), IsOn(Force));
        bool passThru = IsOn(PassThru);
        QuantumConnection? connection = _isTesting ? OpenConnection() : null;
        ExportedFile.RefuseFolder(path);
        Func<IReadOnlyList<DhcpPathResult>, ReportContext, string> render = RendererOf(path);
        if (!CommandHost.ShouldProcess(path, "Write report"))
            return;
        ExportedFile.Check(path, rule);     // before gathering, not after
        Pump(async (pipe, stop) =>
        {
            IReadOnlyList<DhcpPathResult> results = connection is null ? _results
                : await TestAsync(connection, pipe, stop).ConfigureAwait(false);
            stop.ThrowIfCancellationRequested();
            FileInfo file = ExportedFile.Write(path, render(results, Context(connection)), rule);
            if (passThru)
                pipe.Object(file);
        });
    }

    private static Func<IReadOnlyList<DhcpPathResult>, ReportContext, string> RendererOf(string path) =>
        System.IO.Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".html" or ".htm" or ".xhtml" => DhcpPathReport.Render,
            ".md" or ".markdown" => DhcpPathMarkdown.Render,
            var other => throw Errors.ReportFormatUnknown(path, other).ToException(),
        };

    private ReportContext Context(QuantumConnection? connection) => new()
    {
        Title = Title ?? "",
        Source = connection?.Name ?? "",
        Generator = $"QuantumNet {ProductVersion.Text}",
        CreatedAt = Clock.GetUtcNow().UtcDateTime,
    };

    private async Task<List<DhcpPathResult>> TestAsync(
        QuantumConnection connection, PipelineWriter pipe, CancellationToken stop)
    {
        _ports.IsEveryInstance = _ports.IsEmpty;
        Cloud cloud = await ReadCloudAsync(connection, new GatherRequest { Port = _ports.Single }, pipe, stop)
            .ConfigureAwait(false);
        List<DhcpPathResult> results = [.. JudgedPorts.Of(new DhcpPathTester(cloud),
            [.. _ports.In(cloud.Records, pipe)], [], [], pipe, stop)];
        return results.Count > 0 ? results : throw Errors.NothingToReport().ToException();
    }
}
