using System.Globalization;
using QuantumNet.Access;
using QuantumNet.Snapshots;

namespace QuantumNet.Pipeline;

/// <summary>Tells the pipeline what gathering does: every command to -Verbose, every node that fails as an error.</summary>
internal sealed class PipelineObserver(PipelineWriter pipe) : IGatherObserver
{
    public void CommandFinished(CommandOutput output) => pipe.Verbose(Describe(output));

    public void Failed(QuantumError error) => pipe.Error(error);

    public void Progress(string activity, int done, int total) => pipe.Progress(activity, done, total);

    private static string Describe(CommandOutput output)
    {
        string ending = output.TimedOut ? "ran past its deadline"
            : output.ExitStatus is int status ? $"exit {status}" : "did not end by itself";
        string cut = output.Truncated ? ", output cut" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{output.ComputerName}: {output.Command}: {ending} in {output.DurationSeconds:0.000} s{cut}");
    }
}
