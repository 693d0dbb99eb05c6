namespace QuantumNet;

/// <summary>One line that proves a finding: where it was read, by which command, and the line itself.</summary>
public sealed record Evidence
{
    /// <summary>The node whose output it is; the control plane's own answers carry the controller's name.</summary>
    public string ComputerName { get; init; } = "";

    /// <summary>The command that printed it, its arguments joined by spaces.</summary>
    public string Command { get; init; } = "";

    /// <summary>The line's number in that output, from 1; 0 when the whole output is meant.</summary>
    public int LineNumber { get; init; }

    /// <summary>The line, verbatim.</summary>
    public string Text { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"{ComputerName}: {Command}:{LineNumber}: {Text}";
}

/// <summary>What every record read from a node's output carries: its node, its source and its own text.</summary>
public abstract record NodeRecord
{
    /// <summary>The node it was read on.</summary>
    public string ComputerName { get; init; } = "";

    /// <summary>The command whose output it stands in, its arguments joined by spaces.</summary>
    public string Command { get; init; } = "";

    /// <summary>Line of that output, from 1.</summary>
    public int LineNumber { get; init; }

    /// <summary>The text it was read from, verbatim.</summary>
    public virtual string RawText
    {
        get => HeldText ?? "";
        init => HeldText = value;
    }

    /// <summary>The text as far as it is held; null where it is still to be taken from where it stands.</summary>
    private protected string? HeldText { get; set; }

    /// <summary>This record as evidence of a finding.</summary>
    public Evidence ToEvidence() =>
        new() { ComputerName = ComputerName, Command = Command, LineNumber = LineNumber, Text = RawText };

    /// <inheritdoc/>
    public override string ToString() => RawText;
}
