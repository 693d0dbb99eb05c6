using System.Collections.Concurrent;

namespace QuantumNet.Pipeline;

/// <summary>What a session remembers: its default connection, and the names it has seen, for completion.</summary>
internal sealed class ConnectionStore
{
    /// <summary>What a user of PowerShell can do where there is no default.</summary>
    public const string InSession = "Pass -Inventory or -Snapshot, or run Connect-Quantum first.";

    private readonly ConcurrentDictionary<string, QuantumConnection> _named = new(StringComparer.OrdinalIgnoreCase);
    private volatile QuantumConnection? _default;

    /// <summary>Opens the default, when it is first asked for and <c>Connect-Quantum</c> made none; null, and null from
    /// it, where there is none.</summary>
    public Func<QuantumConnection?>? Fallback { get; set; }

    /// <summary>What a user can do where there is no default.</summary>
    public string HowToConnect { get; init; } = InSession;

    /// <summary>The connection that <c>Connect-Quantum</c> made, or the fallback's; null before.
    /// Another one forgets the names of the last.</summary>
    public QuantumConnection? Default
    {
        get => _default ??= Fallback?.Invoke();
        set
        {
            _default = value;
            Seen.Clear();
        }
    }

    /// <summary>The connections that were given a name, in the order of their names.</summary>
    public IReadOnlyList<QuantumConnection> Named =>
        [.. _named.Values.OrderBy(connection => connection.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>All: the default first.</summary>
    public IEnumerable<QuantumConnection> All =>
        (Default is { } one ? [one] : Array.Empty<QuantumConnection>()).Concat(Named).Distinct();

    /// <summary>Keeps a connection under its name, beside the default.</summary>
    public void Keep(QuantumConnection connection) => _named[connection.Name] = connection;

    /// <summary>Forgets a connection, as the default and by its name, and what was gathered through it.</summary>
    public void Forget(QuantumConnection connection)
    {
        connection.Kept.Clear();
        _named.TryRemove(new(connection.Name, connection));
        if (ReferenceEquals(_default, connection))
            Default = null;
    }

    /// <summary>The connection of a name.</summary>
    /// <exception cref="QuantumException">There is none.</exception>
    public QuantumConnection Find(string name) =>
        All.FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw Errors.ConnectionNotFound(name, [.. All.Select(one => one.Name)]).ToException();

    /// <summary>The names in what was read so far.</summary>
    public SeenNames Seen { get; } = new();

    /// <summary>Remembers the names in a cloud, not the cloud.</summary>
    public void Remember(Cloud cloud) => Seen.Remember(cloud);
}
