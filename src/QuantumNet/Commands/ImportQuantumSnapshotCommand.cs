using QuantumNet.Binding;
using QuantumNet.Pipeline;
using QuantumNet.Snapshots;

namespace QuantumNet.Commands;

/// <summary>Reads a saved snapshot: what was gathered, from which nodes, when. It changes no default:
/// Connect-Quantum -Snapshot does.</summary>
[Cmdlet(VerbsData.Import, "QuantumSnapshot", DefaultParameterSetName = PathSet)]
[OutputType(typeof(QuantumSnapshot))]
public sealed class ImportQuantumSnapshotCommand : QuantumCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralSet = "LiteralPath";

    /// <summary>Folders or zips of Save-QuantumSnapshot, or extracted sosreports; wildcards in the last part of a path
    /// fit several.</summary>
    [TextOnly(OrFile = true)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Snapshots as they are named: no character is a wildcard.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralSet)]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    private protected override void Process()
    {
        IReadOnlyList<string> paths = new PathChoice(CommandHost, SnapshotErrors.NotFound).Of(Path, LiteralPath);
        Pump((pipe, stop) =>
        {
            foreach (string path in paths)
            {
                stop.ThrowIfCancellationRequested();
                Read(path, pipe);
            }
            return Task.CompletedTask;
        });
    }

    /// <summary>One snapshot's trouble does not keep the others from being read.</summary>
    private static void Read(string path, PipelineWriter pipe)
    {
        try
        {
            pipe.Object(SnapshotCoverage.Of(SnapshotReader.Load(path, pipe.Error)));
        }
        catch (QuantumException e)
        {
            pipe.Error(e.Error);
        }
    }
}
