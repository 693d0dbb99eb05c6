using System.Text;

namespace QuantumNet.Parsing.Ovs;

/// <summary>Looks over a flow's actions and reports those it does not know, without making anything of them.</summary>
internal static class OvsActionScan
{
    /// <summary>Deeper nesting than any switch accepts is not followed.</summary>
    private const int MaximumDepth = 32;

    /// <summary>Reports unknown actions from a place in a line on.</summary>
    public static void Check(ReadOnlySpan<byte> line, int start, int number, TextSource source) =>
        CheckList(line, start, line.Length, new Place(number, source), 0);

    private readonly record struct Place(int LineNumber, TextSource Source)
    {
        public void Report(ReadOnlySpan<byte> line, int start, int end, string reason) => Source.Report(
            LineNumber, Encoding.UTF8.GetCharCount(line[..start]) + 1, reason,
            Encoding.UTF8.GetString(line[start..end]));
    }

    private static void CheckList(ReadOnlySpan<byte> line, int at, int end, Place place, int depth)
    {
        while (at < end)
        {
            if (line[at] is (byte)',' or (byte)' ')
            {
                at++;
                continue;
            }
            int next = EndOfItem(line, at, end);
            CheckAction(line, at, next, place, depth);
            at = next;
        }
    }

    private static void CheckAction(ReadOnlySpan<byte> line, int start, int end, Place place, int depth)
    {
        if (line[start] == (byte)'"')
            return;
        int nameEnd = EndOfName(line, start, end);
        ReadOnlySpan<byte> name = line[start..nameEnd];
        FlowWord meaning = OvsVocabulary.Actions.Find(name);
        if (meaning == FlowWord.Unknown && (nameEnd < end || !LooksLikePort(name)))
            place.Report(line, start, end, "Unknown action");
        if (nameEnd < end && line[nameEnd] == (byte)'(')
        {
            if (FlowText.AfterBracketed(line[..end], nameEnd) == end && line[end - 1] != (byte)')')
                place.Report(line, start, end, "Bracket not closed");
            else if (meaning == FlowWord.NestingAction && depth < MaximumDepth)
                CheckInside(line, name, nameEnd + 1, end - 1, place, depth + 1);
        }
    }

    private static void CheckInside(
        ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, int start, int end, Place place, int depth)
    {
        if (name.SequenceEqual("learn"u8))
            CheckSettings(line, start, end, OvsVocabulary.Learn, place, depth);
        else if (name.SequenceEqual("ct"u8))
            CheckSettings(line, start, end, OvsVocabulary.Conntrack, place, depth);
        else
            CheckList(line, start, end, place, depth);
    }

    /// <summary>Items of learn(...) and ct(...): settings, fields, or actions.</summary>
    private static void CheckSettings(
        ReadOnlySpan<byte> line, int at, int end, WordTable<FlowWord> keys, Place place, int depth)
    {
        while (at < end)
        {
            if (line[at] is (byte)',' or (byte)' ')
            {
                at++;
                continue;
            }
            int next = EndOfItem(line, at, end);
            int nameEnd = EndOfName(line, at, next);
            ReadOnlySpan<byte> name = line[at..nameEnd];
            bool isField = keys == OvsVocabulary.Learn
                && (line[at..next].Contains((byte)'[') || OvsVocabulary.Match.Find(name) == FlowWord.MatchField);
            bool isAction = nameEnd < next && line[nameEnd] == (byte)':';
            if (name.SequenceEqual("exec"u8) && nameEnd < next && line[nameEnd] == (byte)'(')
                CheckList(line, nameEnd + 1, next - 1, place, depth);
            else if (isAction || name.SequenceEqual("nat"u8))
                CheckAction(line, at, next, place, depth);
            else if (!isField && keys.Find(name) == FlowWord.Unknown)
                place.Report(line, at, next, "Unknown setting");
            at = next;
        }
    }

    /// <summary>A bare word that is not an action may be a port: a number, or a name that no action has.</summary>
    internal static bool LooksLikePort(ReadOnlySpan<byte> word)
    {
        foreach (byte letter in word)
        {
            if (letter is not ((>= (byte)'a' and <= (byte)'z') or (byte)'_'))
                return true;
        }
        return false;
    }

    private static int EndOfName(ReadOnlySpan<byte> line, int at, int end)
    {
        while (at < end && line[at] is not ((byte)':' or (byte)'(' or (byte)'=' or (byte)'['))
            at++;
        return at;
    }

    private static int EndOfItem(ReadOnlySpan<byte> line, int at, int end)
    {
        while (at < end && line[at] is not (byte)',')
        {
            at = line[at] switch
            {
                (byte)'"' => Math.Min(FlowText.AfterQuoted(line, at), end),
                (byte)'(' => Math.Min(FlowText.AfterBracketed(line, at), end),
                _ => at + 1,
            };
        }
        return at;
    }
}
