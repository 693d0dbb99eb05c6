using QuantumNet.Parsing.Links;

namespace QuantumNet.Snapshots;

/// <summary>Processes. <c>ww</c> because ps cuts its lines at COLUMNS where that is set, even in a pipe.</summary>
public sealed class ProcessCollector : ICollector
{
    /// <inheritdoc/>
    public string Name => "Process";

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } = [new("ps", "-efww")];

    /// <inheritdoc/>
    public void Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (output.ExitStatus == 0)
            into.Processes.AddRange(PsParser.ParseAll(output.Text, source));
    }
}
