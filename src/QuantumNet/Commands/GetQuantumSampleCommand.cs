using QuantumNet.Access;
using QuantumNet.Binding;
using QuantumNet.Pipeline;
using QuantumNet.Snapshots;

namespace QuantumNet.Commands;

/// <summary>Gets the snapshots that come with QuantumNet, to try everything on without a cloud.</summary>
[Cmdlet(VerbsCommon.Get, "QuantumSample")]
[OutputType(typeof(QuantumSample))]
public sealed class GetQuantumSampleCommand : QuantumCmdlet
{
    /// <summary>Names, wildcards allowed; all when left out.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(SampleCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    private protected override void End()
    {
        IReadOnlyList<QuantumSample> all = SampleFolder.All();
        if (all.Count == 0)
            throw Errors.NoSamples().ToException();
        foreach (string name in Name.Length > 0 ? Name : ["*"])
        {
            QuantumSample[] found = [.. all.Where(sample => new Wildcard(name).Matches(sample.Name))];
            if (found.Length == 0 && !Wildcard.IsPattern(name))
                CommandHost.Error(Errors.SampleNotFound(name, [.. all.Select(sample => sample.Name)]));
            foreach (QuantumSample sample in found)
                CommandHost.Object(sample);
        }
    }
}
