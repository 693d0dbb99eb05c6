namespace QuantumNet.Snapshots;

/// <summary>Declares the commands that one kind of record needs, and reads their outputs. Does no I/O.</summary>
public interface ICollector
{
    /// <summary>Its name, which checks ask for: <c>OvsFlow</c>.</summary>
    string Name { get; }

    /// <summary>Its commands, as data.</summary>
    IReadOnlyList<CommandTemplate> Commands { get; }

    /// <summary>Whether its outputs are text into which anybody may have written a secret, as logs, settings and
    /// command lines are: <see cref="Scrubber"/> takes those out before they are read.</summary>
    bool MayHoldSecrets => false;

    /// <summary>Reads one output of one of its commands into the node's records. Never throws.</summary>
    /// <returns>How many records the output held, those known already counted: none, and nothing reported,
    /// means that it was empty.</returns>
    int Read(CommandOutput output, TextSource source, NodeState into);
}
