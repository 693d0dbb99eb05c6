using System.Globalization;

namespace QuantumNet.Parsing.Ovs;

/// <summary>Reads <c>ovs-appctl ofproto/trace</c> (ovs-vswitchd(8), ofproto/ofproto-dpif-trace.c):
/// <code>
/// Flow: udp,in_port=3,...
///
/// bridge("br-int")
/// ----------------
///  0. in_port=3, priority 100, cookie 0xc2
///     resubmit(,73)
/// 73. No match.
///     drop
///
/// Final flow: unchanged
/// Datapath actions: drop
/// </code>
/// A bridge that is reached by a patch port stands below the action that leads there, indented.</summary>
public static class OfprotoTraceParser
{
    private const int Level = 4;
    private const string BridgeWord = "bridge(\"";

    /// <summary>Reads the whole output.</summary>
    public static OfprotoTrace Parse(string text, TextSource source)
    {
        var reading = new Reading();
        var lines = new TextLines(text);
        while (lines.Next())
        {
            ReadOnlySpan<char> line = lines.Line.TrimEnd();
            if (!line.IsEmpty && !reading.Take(line, lines.Number))
                source.Report(lines.Number, 1, "Not understood", line);
        }
        return reading.ToTrace();
    }

    private sealed class Reading
    {
        private readonly List<OfprotoTraceStep> _steps = [];
        private readonly List<string> _actions = [];
        private readonly List<string> _datapath = [];
        // The bridges that the lines stand below, each with its indent.
        private readonly Stack<(string Bridge, int Indent, bool IsUnderlay)> _bridges = new();
        private string _flow = "", _finalFlow = "";
        private bool _isTunnelling;

        public OfprotoTrace ToTrace()
        {
            EndStep();
            return new() { Flow = _flow, Steps = [.. _steps], FinalFlow = _finalFlow,
                DatapathActions = [.. _datapath] };
        }

        public bool Take(ReadOnlySpan<char> line, int number)
        {
            ReadOnlySpan<char> words = line.TrimStart();
            int indent = line.Length - words.Length;
            if (words.StartsWith(BridgeWord))
                return EnterBridge(words, indent);
            if (indent == 0 && TakeSummary(words))
                return true;
            if (TryRule(words, out OfprotoTraceStep step) && _bridges.Count > 0)
            {
                StartStep(step with { RawText = line.ToString(), LineNumber = number }, indent);
                return true;
            }
            return TakeAction(words);
        }

        private bool EnterBridge(ReadOnlySpan<char> words, int indent)
        {
            int end = words[BridgeWord.Length..].IndexOf('"');
            if (end < 0)
                return false;
            EndStep();
            LeaveBridges(indent);
            bool isBelow = _bridges.Count > 0 && _bridges.Peek().IsUnderlay;
            _bridges.Push((words.Slice(BridgeWord.Length, end).ToString(), indent, _isTunnelling || isBelow));
            _isTunnelling = false;
            return true;
        }

        // What stands further left than a bridge, or another bridge beside it, is no longer in it.
        private void LeaveBridges(int indent)
        {
            while (_bridges.Count > 0 && _bridges.Peek().Indent >= indent)
                _bridges.Pop();
        }

        private bool TakeSummary(ReadOnlySpan<char> line)
        {
            if (Rest(line, "Flow: ") is { } flow)
            {
                EndStep();
                _flow = _flow.Length == 0 ? flow : _flow;
            }
            else if (Rest(line, "Final flow: ") is { } final)
            {
                EndStep();
                _finalFlow = final;
            }
            else if (Rest(line, "Datapath actions: ") is { } actions)
            {
                EndStep();
                _datapath.Add(actions);
            }
            else
            {
                return line.StartsWith("Megaflow: ") || line.StartsWith("----") || line.StartsWith("====")
                    || line.StartsWith("recirc(") || line.StartsWith("Translation failed");
            }
            return true;
        }

        private void StartStep(OfprotoTraceStep step, int indent)
        {
            EndStep();
            // The rules of a bridge below another stand one level, four columns, further in than its name.
            while (_bridges.Count > 1 && indent < _bridges.Peek().Indent + Level)
                _bridges.Pop();
            (string bridge, _, bool isUnderlay) = _bridges.Peek();
            _steps.Add(step with { Bridge = bridge, IsUnderlay = isUnderlay });
        }

        private bool TakeAction(ReadOnlySpan<char> words)
        {
            if (_steps.Count == 0)
                return words.StartsWith("----");
            if (words.StartsWith("-> tunneling from"))
                _isTunnelling = true;
            if (!words.StartsWith("----"))
                _actions.Add(words.ToString());
            return true;
        }

        private void EndStep()
        {
            if (_steps.Count > 0 && _actions.Count > 0)
                _steps[^1] = _steps[^1] with { Actions = [.. _steps[^1].Actions, .. _actions] };
            _actions.Clear();
        }
    }

    // 71. udp,reg5=0x3,in_port=3, priority 80, cookie 0xc2    or    20. No match.
    private static bool TryRule(ReadOnlySpan<char> words, out OfprotoTraceStep step)
    {
        step = new OfprotoTraceStep();
        int dot = words.IndexOf(". ");
        if (dot < 0 || !int.TryParse(words[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out int table))
            return false;
        ReadOnlySpan<char> rule = words[(dot + 2)..];
        step = step with { Table = table };
        if (rule.StartsWith("No match"))
            return true;
        int at = rule.StartsWith("priority ") ? 0 : rule.IndexOf(", priority ");
        if (at < 0)
            return false;
        ReadOnlySpan<char> rest = rule[(at == 0 ? "priority ".Length : at + ", priority ".Length)..];
        int end = rest.IndexOf(',');
        ReadOnlySpan<char> digits = end < 0 ? rest : rest[..end];
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int priority))
            return false;
        step = step with { Match = rule[..at].ToString(), Priority = priority };
        return true;
    }

    private static string? Rest(ReadOnlySpan<char> line, string word) =>
        line.StartsWith(word) ? line[word.Length..].ToString() : null;
}
