using System.Diagnostics;
using System.Text;

namespace QuantumNet.Cli;

/// <summary>Asks for a secret on the terminal of this process, wherever its standard input comes from,
/// and shows nothing of the answer.</summary>
internal static class SecretPrompt
{
    private const string Terminal = "/dev/tty";
    private const int MaximumBytes = 1024;

    /// <summary>The answer; null when there is no terminal, or none that hides what is typed.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static string? Ask(string question, CancellationToken stop) =>
        OperatingSystem.IsWindows() ? AskConsole(question) : AskTerminal(question, stop);

    private static string? AskTerminal(string question, CancellationToken stop)
    {
        FileStream terminal;
        try
        {
            terminal = new(Terminal, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        using (terminal)
        {
            if (SetTerminal("-g") is not { Length: > 0 } before || SetTerminal("-echo") is null)
                return null;
            try
            {
                terminal.Write(Encoding.UTF8.GetBytes(question));
                return Task.Run(() => ReadLine(terminal), CancellationToken.None).WaitAsync(stop)
                    .GetAwaiter().GetResult();
            }
            finally
            {
                SetTerminal(before);
                terminal.Write("\n"u8);
            }
        }
    }

    /// <summary>Reads a line, and leaves no copy of its bytes.</summary>
    internal static string ReadLine(Stream from)
    {
        byte[] line = new byte[MaximumBytes];
        int count = 0;
        while (count < line.Length && from.Read(line, count, 1) == 1 && line[count] != '\n')
            count++;
        string text = Encoding.UTF8.GetString(line, 0, count).TrimEnd('\r');
        Array.Clear(line);
        return text;
    }

    /// <summary>What stty(1) says; null when it fails. .NET has no word for a terminal that is not
    /// its standard input.</summary>
    private static string? SetTerminal(string setting)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("sh",
                ["-c", $"exec stty \"$1\" < {Terminal}", "stty", setting])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.StandardInput.Close();
            string said = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? said : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string? AskConsole(string question)
    {
        if (Console.IsInputRedirected)
            return null;
        Console.Error.Write(question);
        StringBuilder text = new();
        for (ConsoleKeyInfo key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter;
            key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
                text.Length = Math.Max(0, text.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                text.Append(key.KeyChar);
        }
        Console.Error.WriteLine();
        return text.ToString();
    }
}
