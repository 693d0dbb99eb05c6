using System.Text.RegularExpressions;
using QuantumNet.Tests.Lab;

namespace QuantumNet.Tests.Help;

/// <summary>Commands that stand together in a document.</summary>
/// <param name="IsShell">Whether they are for a shell such as bash, not for PowerShell.</param>
/// <param name="Text">The commands, a line each unless a line goes on in the next.</param>
internal sealed partial record CommandBlock(bool IsShell, string Text)
{
    /// <summary>The documents that show command lines: README.md and its like, docs, and the topics of Get-Help.
    /// </summary>
    public static IEnumerable<string> Documents() =>
    [
        "README.md", "CONTRIBUTING.md", "samples/README.md",
        .. FilesIn("docs", "*.md"), .. FilesIn("en-US", "about_*.help.txt"),
    ];

    /// <summary>The pages of help, with three examples or more each.</summary>
    public static IEnumerable<string> HelpPages() => FilesIn("docs/en-US", "*-*.md");

    /// <summary>The blocks of one: fenced ones, and lines that are indented and begin with a command.</summary>
    public static IEnumerable<CommandBlock> Of(string document)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, document));
        string indent = document.EndsWith(".txt", StringComparison.Ordinal) ? new(' ', 8) : new(' ', 4);
        for (int i = 0; i < lines.Length; i++)
        {
            int start = i;
            if (Fence().Match(lines[i]) is { Success: true } fence)
            {
                i = Array.FindIndex(lines, start + 1, line => line.StartsWith("```", StringComparison.Ordinal));
                if (Language(fence.Groups[1].Value) is { } isShell)
                    yield return new CommandBlock(isShell, string.Join('\n', lines[(start + 1)..i]));
            }
            else if (IsCommand(lines[i], indent))
            {
                i = EndOf(lines, start, indent) - 1;
                string[] block = [.. lines[start..(i + 1)].Select(line => line[indent.Length..])];
                yield return new CommandBlock(!Cmdlet().IsMatch(block[0]), string.Join('\n', block));
            }
        }
    }

    private static IEnumerable<string> FilesIn(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), pattern)
            .Select(file => $"{folder}/{Path.GetFileName(file)}").Order(StringComparer.Ordinal);

    private static bool? Language(string name) => name switch
    {
        "powershell" => false,
        "sh" or "bash" => true,
        _ => null,
    };

    private static bool IsCommand(string line, string indent) => line.StartsWith(indent, StringComparison.Ordinal)
        && (Cmdlet().IsMatch(line[indent.Length..]) || Program().IsMatch(line[indent.Length..]));

    /// <summary>Behind the last line that is a command of the same kind, or goes on one that ends in a bar.</summary>
    private static int EndOf(string[] lines, int start, string indent)
    {
        bool isCmdlet = Cmdlet().IsMatch(lines[start][indent.Length..]);
        int end = start + 1;
        while (end < lines.Length && (lines[end - 1].EndsWith('|')
            || (IsCommand(lines[end], indent) && Cmdlet().IsMatch(lines[end][indent.Length..]) == isCmdlet)))
            end++;
        return end;
    }

    [GeneratedRegex(@"^```(\w*)\s*$")]
    private static partial Regex Fence();

    [GeneratedRegex(@"^[A-Z][a-z]+-[A-Z][A-Za-z]+( |$)")]
    private static partial Regex Cmdlet();

    [GeneratedRegex(@"^(quantumnet|dotnet run --project src/QuantumNet\.Cli --) ")]
    private static partial Regex Program();
}
