namespace QuantumNet.Simulation.Assumptions;

/// <summary>A change of a node that is only supposed, told by the command that would make it:
/// <c>ovs-vsctl set port qvo1408934f-8a tag=2</c>.</summary>
/// <param name="ComputerName">The node.</param>
/// <param name="Argv">The command's words.</param>
internal sealed record Assumption(string ComputerName, string[] Argv)
{
    /// <summary>The command on one line; records that it makes quote it.</summary>
    public string Command => string.Join(' ', Argv);

    /// <inheritdoc/>
    public override string ToString() => $"{ComputerName}: {Command}";
}

/// <summary>A kind of change that can be supposed.</summary>
internal interface IAssumedChange
{
    /// <summary>How the command is written; capitals stand for what is filled in.</summary>
    string[] Forms { get; }

    /// <summary>Makes the change in the records of a node.</summary>
    /// <returns>Null when the command is of another kind; else why it could not be made, empty when it was.</returns>
    string? Apply(NodeState node, Assumption change);
}
