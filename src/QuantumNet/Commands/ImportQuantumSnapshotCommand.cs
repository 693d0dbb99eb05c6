using QuantumNet.Binding;
using QuantumNet.Pipeline;
using QuantumNet.Snapshots;

namespace QuantumNet.Commands;

/// <summary>Reads a saved snapshot: what was gathered, from which nodes, when. It changes no default:
/// Connect-Quantum -Snapshot does.</summary>
[Cmdlet(VerbsData.Import, "QuantumSnapshot")]
[OutputType(typeof(QuantumSnapshot))]
public sealed class ImportQuantumSnapshotCommand : QuantumCmdlet
{
    /// <summary>Folders or zips of Save-QuantumSnapshot, or extracted sosreports.</summary>
    [TextOnly(OrFile = true)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    private protected override void Process()
    {
        string[] paths = Array.ConvertAll(Path, CommandHost.ResolvePath);
        Pump((pipe, stop) =>
        {
            foreach (string path in paths)
            {
                stop.ThrowIfCancellationRequested();
                pipe.Object(SnapshotCoverage.Of(SnapshotReader.Load(path, pipe.Error)));
            }
            return Task.CompletedTask;
        });
    }
}
