namespace QuantumNet;

/// <summary>One OpenFlow entry, as <c>ovs-ofctl dump-flows</c> prints it.</summary>
public sealed record OvsFlow : NodeRecord, IComparable
{
    /// <summary>The bridge.</summary>
    public string Bridge { get; init; } = "";
    /// <summary>Table number.</summary>
    public int Table { get; init; }
    /// <summary>Priority; 32768 when none is printed.</summary>
    public int Priority { get; init; } = 32768;
    /// <summary>Cookie.</summary>
    public ulong Cookie { get; init; }
    /// <summary>Age in seconds.</summary>
    public double DurationSeconds { get; init; }
    /// <summary>Packets it met.</summary>
    public long PacketCount { get; init; }
    /// <summary>Bytes it met.</summary>
    public long ByteCount { get; init; }
    /// <summary>Seconds since the last packet; null when not printed.</summary>
    public long? IdleAgeSeconds { get; init; }
    /// <summary>Idle time-out in seconds; 0 for none.</summary>
    public int IdleTimeoutSeconds { get; init; }
    /// <summary>Hard time-out in seconds; 0 for none.</summary>
    public int HardTimeoutSeconds { get; init; }
    /// <summary>The match as printed, without priority; empty matches everything.</summary>
    public string Match { get; init; } = "";
    /// <summary>The top-level actions as printed.</summary>
    public string[] Actions { get; init; } = [];
    /// <summary>The match, field by field.</summary>
    public OvsMatchField[] MatchFields { get; init; } = [];
    /// <summary>The actions, taken apart.</summary>
    public OvsAction[] ActionList { get; init; } = [];

    /// <summary>The match on a field; null when the flow does not look at it.</summary>
    public OvsMatchField? Find(string field) => Array.Find(MatchFields, match => match.Name == field);

    /// <summary>Lookup order: table up, then priority down. Makes <c>Sort-Object</c> useful.</summary>
    public int CompareTo(object? obj) => obj is not OvsFlow other ? 1
        : Table != other.Table ? Table.CompareTo(other.Table) : other.Priority.CompareTo(Priority);

    /// <inheritdoc/>
    public override string ToString() => RawText;
}
