using System.Text;

namespace QuantumNet.Parsing.Ovs;

/// <summary>A dump in memory, from which flows take their texts when asked.</summary>
internal sealed class OvsFlowDump(ReadOnlyMemory<byte> text) : OvsFlowText
{
    /// <summary>The dump, UTF-8.</summary>
    public ReadOnlySpan<byte> Bytes => text.Span;

    /// <inheritdoc/>
    public override string RawText(OvsFlowSpan span) => Text(span.LineStart, span.LineLength);

    /// <inheritdoc/>
    public override string Match(OvsFlowSpan span)
    {
        string printed = Text(span.MatchStart, span.MatchLength);
        return OvsMatchReader.HoldsOnlyFields(printed) ? printed
            : string.Join(',', (object[])OvsMatchReader.Read(printed));
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<char> ReadMatch(OvsFlowSpan span, ref char[] buffer)
    {
        if (buffer.Length < span.MatchLength)       // UTF-8 has at least as many bytes as UTF-16 has units
            buffer = new char[span.MatchLength * 2];
        return buffer.AsSpan(0, Encoding.UTF8.GetChars(Bytes.Slice(span.MatchStart, span.MatchLength), buffer));
    }

    /// <inheritdoc/>
    public override string[] Actions(OvsFlowSpan span) => OvsActionReader.Split(ActionsText(span));

    /// <inheritdoc/>
    public override OvsMatchField[] MatchFields(OvsFlowSpan span) =>
        OvsMatchReader.Read(Text(span.MatchStart, span.MatchLength));

    /// <inheritdoc/>
    public override OvsAction[] ActionList(OvsFlowSpan span) => OvsActionReader.Read(ActionsText(span));

    /// <inheritdoc/>
    public override bool LineHolds(OvsFlowSpan span, ReadOnlySpan<byte> text) =>
        Bytes.Slice(span.LineStart, span.LineLength).IndexOf(text) >= 0;

    /// <inheritdoc/>
    public override bool ActionsHold(OvsFlowSpan span, ReadOnlySpan<byte> text) =>
        Bytes[span.ActionsStart..(span.LineStart + span.LineLength)].IndexOf(text) >= 0;

    private string ActionsText(OvsFlowSpan span) =>
        Text(span.ActionsStart, span.LineStart + span.LineLength - span.ActionsStart);

    private string Text(int start, int length) => Encoding.UTF8.GetString(Bytes.Slice(start, length));
}
