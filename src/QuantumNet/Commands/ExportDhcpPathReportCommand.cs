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

    private readonly List<DhcpPathResult> _results = [];
    private readonly PortChoice _ports = new();
    private bool _isTesting;

    /// <summary>The file to write: .html or .htm for the page, .md or .markdown for Markdown.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Results of Test-DhcpPath.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InputObjectSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public DhcpPathResult[] InputObject { get; set; } = [];

    /// <summary>Ports to test, as for Test-DhcpPath, where no results are piped;
    /// every instance's port when left out.</summary>
    [Parameter(Position = 1, ParameterSetName = PortSet)]
    [Alias("Port", "Mac", "InstanceId")]
    [ArgumentCompleter(typeof(PortCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] PortId { get; set; } = [];

    /// <summary>The page's title; made from the results when left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>Replaces a file that is already there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Never replaces a file, not even with -Force.</summary>
    [Parameter]
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
        string path = CommandHost.ResolvePath(Path);
        bool overwrite = IsOn(Force) && !IsOn(NoClobber), passThru = IsOn(PassThru);
        QuantumConnection? connection = _isTesting ? OpenConnection() : null;
        ExportedFile.Check(path, overwrite);        // before gathering, not after
        Func<IReadOnlyList<DhcpPathResult>, ReportContext, string> render = RendererOf(path);
        if (!CommandHost.ShouldProcess(path, "Write report"))
            return;
        Pump(async (pipe, stop) =>
        {
            IReadOnlyList<DhcpPathResult> results = connection is null ? _results
                : await TestAsync(connection, pipe, stop).ConfigureAwait(false);
            stop.ThrowIfCancellationRequested();
            FileInfo file = ExportedFile.Write(path, render(results, Context(connection)), overwrite);
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
        Generator = $"QuantumNet {typeof(ExportDhcpPathReportCommand).Assembly.GetName().Version?.ToString(3)}",
        CreatedAt = Clock.GetUtcNow().UtcDateTime,
    };

    private async Task<List<DhcpPathResult>> TestAsync(
        QuantumConnection connection, PipelineWriter pipe, CancellationToken stop)
    {
        _ports.IsEveryInstance = _ports.IsEmpty;
        Cloud cloud = await ReadCloudAsync(connection, new GatherRequest { Port = _ports.Single }, pipe, stop)
            .ConfigureAwait(false);
        var tester = new DhcpPathTester(cloud);
        List<DhcpPathResult> results = [];
        foreach (QuantumPort port in _ports.In(cloud.Records, pipe))
        {
            stop.ThrowIfCancellationRequested();
            results.Add(tester.Test(port));
        }
        return results.Count > 0 ? results : throw Errors.NothingToReport().ToException();
    }
}
