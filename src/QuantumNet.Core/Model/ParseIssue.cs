namespace QuantumNet;

/// <summary>A piece of output that no parser understood (fault code QN9001):
/// reported, never dropped silently.</summary>
public sealed record ParseIssue
{
    /// <summary>The node whose output it is.</summary>
    public string ComputerName { get; init; } = "";

    /// <summary>The command that printed it, its arguments joined by spaces.</summary>
    public string Command { get; init; } = "";

    /// <summary>Line, from 1.</summary>
    public int LineNumber { get; init; }

    /// <summary>Column, from 1; 1 when the whole line is meant.</summary>
    public int Column { get; init; } = 1;

    /// <summary>What was wrong: <c>Unknown field</c>, <c>Truncated</c>, <c>Not a number</c> ...</summary>
    public string Reason { get; init; } = "";

    /// <summary>The text that was not understood.</summary>
    public string Text { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"{ComputerName}: {Command}:{LineNumber}:{Column}: {Reason}: '{Text}'";
}

/// <summary>Where a text comes from: what a parser stamps on its records and on what it does not understand.</summary>
/// <param name="ComputerName">The node.</param>
/// <param name="Command">The command, its arguments joined by spaces.</param>
/// <param name="Issues">Takes what was not understood.</param>
public sealed record TextSource(string ComputerName, string Command, ICollection<ParseIssue> Issues)
{
    /// <summary>The bridge the command asked about, where it asked about one.</summary>
    public string Bridge { get; init; } = "";

    /// <summary>The network namespace the command ran in; empty for the node's own.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The network the file belongs to (dnsmasq's files), where known.</summary>
    public string NetworkId { get; init; } = "";

    /// <summary>The file that was read, where the output is a file's content.</summary>
    public string Path { get; init; } = "";

    /// <summary>When the output was taken, UTC: completes time stamps that lack a year or a zone.</summary>
    public DateTime TakenAt { get; init; }

    /// <summary>Reports a piece of text that was not understood.</summary>
    public void Report(int lineNumber, int column, string reason, ReadOnlySpan<char> text) =>
        Issues.Add(new ParseIssue
        {
            ComputerName = ComputerName,
            Command = Command,
            LineNumber = lineNumber,
            Column = column,
            Reason = reason,
            Text = text.Length > MaximumTextLength ? string.Concat(text[..MaximumTextLength], "...") : text.ToString(),
        });

    private const int MaximumTextLength = 200;
}
