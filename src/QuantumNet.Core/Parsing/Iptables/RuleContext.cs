namespace QuantumNet.Parsing.Iptables;

/// <summary>Where a rule stands, and the strings it shares with the other rules of its text.</summary>
internal readonly record struct RuleContext(TextSource Source, StringPool Strings, int LineNumber)
{
    /// <summary>Reports a word of the rule.</summary>
    public void Report(int column, string reason, ReadOnlySpan<char> text) =>
        Source.Report(LineNumber, column, reason, text);
}
