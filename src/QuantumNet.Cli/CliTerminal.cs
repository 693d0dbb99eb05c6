using QuantumNet.Pipeline;

namespace QuantumNet.Cli;

/// <summary>Standard output, error and input, with what is known of the terminal behind them,
/// and the environment.</summary>
internal sealed class CliTerminal
{
    private const int FallbackWidth = 120;

    /// <summary>Where results go.</summary>
    public required TextWriter Output { get; init; }
    /// <summary>Where everything else goes.</summary>
    public required TextWriter Error { get; init; }
    /// <summary>Answers to questions; null when nobody is there.</summary>
    public TextReader? Input { get; init; }
    /// <summary>Asks a question whose answer is shown to nobody; null, and an answer of null,
    /// when there is no terminal.</summary>
    public Func<string, CancellationToken, string?>? AskSecret { get; init; }
    /// <summary>Objects that another program writes; null when none does.</summary>
    public Stream? Piped { get; init; }
    /// <summary>Columns; <see cref="int.MaxValue"/> when the output is not a terminal.</summary>
    public int Width { get; init; } = FallbackWidth;
    /// <summary>The variables of the environment that name a cloud; none unless told.</summary>
    public Func<string, string?> Variable { get; init; } = _ => null;
    /// <summary>Whether colours may be used on standard output.</summary>
    public bool UsesColour { get; init; }
    /// <summary>Whether somebody watches standard error.</summary>
    public bool ShowsProgress { get; init; }

    /// <summary>This process's own.</summary>
    /// <param name="readerGone">Called when nobody reads the results any more.</param>
    public static CliTerminal OfProcess(Action readerGone) => new()
    {
        Output = StandardOutput.Open(readerGone),
        Error = Console.Error,
        Input = Console.IsInputRedirected ? null : Console.In,
        AskSecret = SecretPrompt.Ask,
        Piped = StandardInput.Open(),
        Variable = Environment.GetEnvironmentVariable,
        Width = Console.IsOutputRedirected ? WidthFromEnvironment() ?? int.MaxValue : Math.Max(Console.WindowWidth, 40),
        UsesColour = !Console.IsOutputRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
        ShowsProgress = !Console.IsErrorRedirected,
    };

    public void PrintError(QuantumError error)
    {
        ClearProgress();
        Error.WriteLine($"error: {Printable(error.Message)}");
        Error.WriteLine($"       {Printable(error.Advice)} ({error.Id})");
    }

    public void PrintDiagnostic(string kind, string text)
    {
        ClearProgress();
        Error.WriteLine($"{kind}: {Printable(text)}");
    }

    public void ShowProgress(ProgressUpdate update)
    {
        if (!ShowsProgress)
            return;
        ClearProgress();
        if (!update.IsCompleted)
            Error.Write(Shortened(update.Status.Length > 0 ? $"{update.Activity}: {update.Status}"
                : $"{update.Activity} ..."));
        _progressShown = !update.IsCompleted;
    }

    /// <summary>A line that is wiped away again must not wrap.</summary>
    private string Shortened(string line)
    {
        string text = Printable(line);
        int room = (Width == int.MaxValue ? UsualWidth : Width) - 1;
        return text.Length <= room ? text : text[..(room - 3)] + "...";
    }

    /// <summary>Asks for yes or no; no when nobody can answer.</summary>
    public bool Ask(string question, string advice = "pass -Confirm:false to go ahead.")
    {
        Error.Write($"{question} [y/N] ");
        string answer = Input?.ReadLine()?.Trim() ?? "";
        if (Input is null)
            Error.WriteLine($"nobody to ask: {advice}");
        return answer.StartsWith('y') || answer.StartsWith('Y');
    }

    /// <summary>Control characters of nodes' outputs must not reach the terminal.</summary>
    public static string Printable(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\u001f') && !text.AsSpan().ContainsAnyInRange('\u007f', '\u009f'))
            return text;
        return string.Create(text.Length, text, static (span, source) =>
        {
            for (int i = 0; i < span.Length; i++)
                span[i] = char.IsControl(source[i]) && source[i] is not ('\n' or '\t') ? '\ufffd' : source[i];
        });
    }

    private const int UsualWidth = 80;

    private bool _progressShown;

    /// <summary>Takes the progress away, for what is printed now.</summary>
    public void ClearProgress()
    {
        if (_progressShown)
            Error.Write("\r\u001b[K");
        _progressShown = false;
    }

    private static int? WidthFromEnvironment() =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out int columns) && columns >= 20 ? columns : null;
}
