using QuantumNet.Snapshots;

namespace QuantumNet.Access.ControlPlane;

/// <summary>Runs commands on the node that has the client, the gatherer's transport underneath.</summary>
public interface IClientRunner
{
    /// <summary>The node.</summary>
    string ComputerName { get; }

    /// <summary>Runs commands in one round trip, up to four at a time, each in an environment that
    /// <c>. environmentFile</c> has set (skipped when empty), and returns one output for each, in order.
    /// A command whose program is missing has the exit status 127. The environment's values are in no output.</summary>
    /// <param name="commands">The commands.</param>
    /// <param name="environmentFile">A file for the shell to read first, such as <c>/root/openrc</c>.</param>
    /// <param name="stop">Ends the commands.</param>
    Task<CommandOutput[]> RunAsync(
        IReadOnlyList<ClientCommand> commands, string environmentFile, CancellationToken stop);

    /// <summary>Ends the connection that is kept between rounds, where one is. A later round opens a new one.</summary>
    ValueTask CloseAsync() => default;
}

/// <summary>A client's command.</summary>
/// <param name="Argv">Program and arguments, never a shell string.</param>
public sealed record ClientCommand(params string[] Argv)
{
    /// <summary>Text for its standard input; empty for none. Its lines are on the allow-list too.</summary>
    public string StandardInput { get; init; } = "";

    /// <summary>Deadline on the node, in seconds.</summary>
    public int TimeoutSeconds { get; init; } = 60;
}
