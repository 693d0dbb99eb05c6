using System.Globalization;

namespace QuantumNet.Parsing.Links;

/// <summary>Reads /proc/PID/cmdline (proc(5)): arguments that end in NUL. The process id is the file's
/// (<see cref="TextSource.Path"/>, else the command's argument). A kernel thread's and a zombie's is empty.</summary>
public static class ProcCmdlineParser
{
    /// <summary>The process, or none; never throws.</summary>
    public static List<NodeProcess> ParseAll(string text, TextSource source)
    {
        if (text.Length == 0)
            return [];

        int pid = ProcessIdOf(source.Path.Length > 0 ? source.Path : source.Command);
        if (pid == 0)
            source.Report(1, 1, "Process id unknown", source.Command);
        string arguments = text[^1] == '\0' ? text[..^1] : text;
        return
        [
            new NodeProcess
            {
                ComputerName = source.ComputerName, Command = source.Command, LineNumber = 1,
                RawText = arguments.Replace('\0', ' '), ProcessId = pid, Argv = arguments.Split('\0'),
            },
        ];
    }

    private static int ProcessIdOf(string path)
    {
        const string Folder = "/proc/";
        int start = path.IndexOf(Folder, StringComparison.Ordinal);
        if (start < 0)
            return 0;
        ReadOnlySpan<char> id = path.AsSpan(start + Folder.Length);
        int end = id.IndexOf('/');
        return end > 0 && int.TryParse(id[..end], NumberStyles.None, CultureInfo.InvariantCulture, out int pid) ? pid
            : 0;
    }
}
