using QuantumNet.Cli.Binding;
using QuantumNet.Reports;

namespace QuantumNet.Cli.Output;

/// <summary>Tables and lists as results come. The first ones wait a little for others, as in PowerShell,
/// so that columns fit what they hold.</summary>
internal sealed class ViewResults : ResultStream, IDisposable
{
    private const int Enough = 1000;
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(300);

    private readonly Lock _gate = new();
    private readonly List<object> _waiting = [];
    private readonly List<DhcpPathResult> _verdicts = [];
    private readonly CliTerminal _terminal;
    private readonly ViewPrinter _printer;
    private readonly OutputFormat _format;
    private readonly Timer _timer;
    private bool _hasPrinted;

    public ViewResults(CliTerminal terminal, OutputFormat format)
    {
        (_terminal, _format, _printer) = (terminal, format, new ViewPrinter(terminal));
        _timer = new Timer(_ => Flush(isEnd: false));
    }

    public override void Add(object result)
    {
        lock (_gate)
        {
            if (result is DhcpPathResult verdict && _terminal.ShowsProgress)
                _verdicts.Add(verdict with { Hops = [], Findings = [] });
            _waiting.Add(result);
            if (_waiting.Count == 1 || IsUndecided)
                _timer.Change(s_patience, Timeout.InfiniteTimeSpan);
            else if (_waiting.Count >= Enough)
                Flush(isEnd: false);
        }
    }

    /// <summary>Where somebody watches, many verdicts end with a sentence.</summary>
    public override void End()
    {
        Dispose();
        Flush(isEnd: true);
        if (_verdicts.Count > 1)
            _terminal.PrintDiagnostic("summary", PathSummaries.Sentence(_verdicts));
    }

    /// <summary>What still waits is printed by <see cref="End"/> alone.</summary>
    public void Dispose() => _timer.Dispose();

    /// <summary>A verdict alone is a list, several are a table: the first waits for a second, or for the end.</summary>
    private bool IsUndecided => _format == OutputFormat.Default && !_hasPrinted && _waiting is [DhcpPathResult];

    /// <summary>What a trace comes to is a list behind the table of what it saw.</summary>
    private void Print()
    {
        int before = _waiting.Count - 1;
        bool endsTrace = _format == OutputFormat.Default && _waiting[before] is DhcpTraceResult
            && !(before > 0 && _waiting[before - 1] is DhcpTraceResult);
        if (endsTrace && before > 0)
            _printer.Print(_waiting.GetRange(0, before), asList: false);
        _printer.Print(endsTrace ? _waiting.GetRange(before, 1) : _waiting,
            endsTrace || _format == OutputFormat.List || IsUndecided);
    }

    private void Flush(bool isEnd)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 || (IsUndecided && !isEnd))
                return;
            _terminal.ClearProgress();
            Print();
            _terminal.Output.Flush();
            _waiting.Clear();
            _hasPrinted = true;
        }
    }
}
