namespace QuantumNet;

/// <summary>One OpenFlow entry, as <c>ovs-ofctl dump-flows</c> prints it.
/// A flow read from a dump keeps its place in it and takes match and actions apart only when somebody asks:
/// most flows of a big dump are only counted or passed by.</summary>
public sealed record OvsFlow : NodeRecord, IComparable
{
    private readonly OvsFlowText? _text;
    private readonly OvsFlowSpan _span;
    private readonly int _idleAge = -1;
    private OvsFlowParts? _parts;

    /// <summary>A flow to be filled in.</summary>
    public OvsFlow()
    {
    }

    internal OvsFlow(OvsFlowText text, OvsFlowSpan span)
    {
        _text = text;
        _span = span;
    }

    /// <summary>The line, verbatim.</summary>
    public override string RawText
    {
        get => HeldText ??= _text?.RawText(_span) ?? "";
        init => HeldText = value;
    }

    /// <summary>The bridge.</summary>
    public string Bridge { get; init; } = "";
    /// <summary>Table number; -1 where only the table's name was printed.</summary>
    public int Table { get; init; }
    /// <summary>The table's name, where the dump was made with <c>--names</c> and it has one; else empty.</summary>
    public string TableName
    {
        get => _parts?.TableName ?? "";
        init => _parts = value.Length == 0 && _parts is null ? null : (_parts ?? new()) with
        {
            TableName = value,
        };
    }
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
    public long? IdleAgeSeconds
    {
        get => _idleAge < 0 ? null : _idleAge;
        init => _idleAge = (int)Math.Min(value ?? -1, int.MaxValue);
    }
    /// <summary>Idle time-out in seconds; 0 for none.</summary>
    public int IdleTimeoutSeconds { get; init; }
    /// <summary>Hard time-out in seconds; 0 for none.</summary>
    public int HardTimeoutSeconds { get; init; }

    /// <summary>The match as printed, without priority; empty matches everything.</summary>
    public string Match
    {
        get => Parts.Match ??= _text?.Match(_span) ?? "";
        init => _parts = (_parts ?? new()) with { Match = value };
    }

    /// <summary>The top-level actions as printed.</summary>
    public string[] Actions
    {
        get => Parts.Actions ??= _text?.Actions(_span) ?? [];
        init => _parts = (_parts ?? new()) with { Actions = value };
    }

    /// <summary>The match, field by field.</summary>
    public OvsMatchField[] MatchFields
    {
        get => Parts.MatchFields ??= _text?.MatchFields(_span) ?? [];
        init => _parts = (_parts ?? new()) with { MatchFields = value };
    }

    /// <summary>The actions, taken apart.</summary>
    public OvsAction[] ActionList
    {
        get => Parts.ActionList ??= _text?.ActionList(_span) ?? [];
        init => _parts = (_parts ?? new()) with { ActionList = value };
    }

    /// <summary>Whether its line may hold a text, UTF-8: told without taking it apart. A flow of no dump
    /// always may.</summary>
    internal bool MayHold(ReadOnlySpan<byte> text) => _text?.LineHolds(_span, text) != false;

    /// <summary>Whether it may drop packets: told without taking its actions apart.</summary>
    internal bool MayDrop => MayHold("drop"u8) || _span.ActionsStart >= _span.LineStart + _span.LineLength;

    /// <summary>Whether it may be a part of a conjunctive match; told without taking its actions apart.</summary>
    internal bool MayBeConjunctive => _text is not null && _parts?.ActionList is null
        ? _text.ActionsHold(_span, "conjunction("u8)
        : Array.Exists(ActionList, action => action.Name == "conjunction");

    /// <summary>Whether its actions, or actions within them, may name a group; told without taking them apart.
    /// </summary>
    internal bool MayNameGroup => _text is not null ? _text.ActionsHold(_span, "group:"u8)
        : Array.Exists(Actions, action => action.Contains("group:", StringComparison.Ordinal));

    /// <summary>The match as it stands in the dump, words that say nothing of packets included, in a buffer that may
    /// be replaced by a longer one; false where the fields are at hand, or there is no dump.</summary>
    internal bool TryReadMatch(ref char[] buffer, out ReadOnlySpan<char> match)
    {
        match = default;
        if (_text is null || _parts?.MatchFields is not null)
            return false;
        match = _text.ReadMatch(_span, ref buffer);
        return true;
    }

    /// <summary>The match on a field; null when the flow does not look at it.</summary>
    public OvsMatchField? Find(string field) => Array.Find(MatchFields, match => match.Name == field);

    /// <summary>Lookup order: table up, then priority down. Makes <c>Sort-Object</c> useful.</summary>
    public int CompareTo(object? obj) => obj is not OvsFlow other ? 1
        : Table != other.Table ? Table.CompareTo(other.Table) : other.Priority.CompareTo(Priority);

    /// <summary>Whether both say the same, whichever of their parts were asked for so far.</summary>
    public bool Equals(OvsFlow? other) => other is not null
        && (ReferenceEquals(this, other) || (HeadOf(this) == HeadOf(other)
            && RawText == other.RawText && Match == other.Match && Actions.AsSpan().SequenceEqual(other.Actions)));

    /// <inheritdoc/>
    public override int GetHashCode() => HeadOf(this).GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => RawText;

    private OvsFlowParts Parts => _parts ??= new OvsFlowParts();

    private static ((string, string, int), (string, int, int, ulong, double, long, long, long?, int, int)) HeadOf(
        OvsFlow flow) =>
        ((flow.ComputerName, flow.Command, flow.LineNumber),
            (flow.Bridge, flow.Table, flow.Priority, flow.Cookie, flow.DurationSeconds, flow.PacketCount,
                flow.ByteCount, flow.IdleAgeSeconds, flow.IdleTimeoutSeconds, flow.HardTimeoutSeconds));
}

/// <summary>What was taken out of a flow's line so far, apart from the flow: of a million flows few are asked.
/// </summary>
internal sealed record OvsFlowParts
{
    /// <summary>The table's name; null for none.</summary>
    public string? TableName { get; init; }
    /// <summary>The match as printed.</summary>
    public string? Match { get; set; }
    /// <summary>The top-level actions as printed.</summary>
    public string[]? Actions { get; set; }
    /// <summary>The match, field by field.</summary>
    public OvsMatchField[]? MatchFields { get; set; }
    /// <summary>The actions, taken apart.</summary>
    public OvsAction[]? ActionList { get; set; }
}

/// <summary>Where a flow stands in the dump it was read from, in bytes.</summary>
internal readonly record struct OvsFlowSpan(
    int LineStart, int LineLength, int MatchStart, int MatchLength, int ActionsStart);

/// <summary>A dump that flows point into; it takes their parts out when they are asked for.</summary>
internal abstract class OvsFlowText
{
    /// <summary>The whole line.</summary>
    public abstract string RawText(OvsFlowSpan span);

    /// <summary>The match without priority.</summary>
    public abstract string Match(OvsFlowSpan span);

    /// <summary>The match as printed, in a buffer that may be replaced by a longer one.</summary>
    public abstract ReadOnlySpan<char> ReadMatch(OvsFlowSpan span, ref char[] buffer);

    /// <summary>The top-level actions.</summary>
    public abstract string[] Actions(OvsFlowSpan span);

    /// <summary>The match, field by field.</summary>
    public abstract OvsMatchField[] MatchFields(OvsFlowSpan span);

    /// <summary>The actions, taken apart.</summary>
    public abstract OvsAction[] ActionList(OvsFlowSpan span);

    /// <summary>Whether the line holds a text, UTF-8.</summary>
    public abstract bool LineHolds(OvsFlowSpan span, ReadOnlySpan<byte> text);

    /// <summary>Whether the actions as printed hold a text, UTF-8.</summary>
    public abstract bool ActionsHold(OvsFlowSpan span, ReadOnlySpan<byte> text);
}
