using QuantumNet.Cli.Binding;
using QuantumNet.Tests.Lab;

namespace QuantumNet.Tests.Help;

/// <summary>Takes a line of an example apart as far as <c>quantumnet</c> can run it:
/// the first command of its pipeline.</summary>
internal static class ExampleLine
{
    /// <summary>The arguments of the first command, ready to run; null when the line does not begin with a cmdlet that
    /// reads the samples.</summary>
    public static string[]? ToArguments(string line, string outputFolder)
    {
        string[] words = CommandsOf(line).FirstOrDefault([]);
        bool isOurs = words.Length > 0 && CommandCatalog.Find(words[0]) is not null;
        return isOurs && Array.Exists(words, IsSample)
            ? Array.ConvertAll(words, word => ToPath(word, outputFolder)) : null;
    }

    private static bool IsSample(string word) => word.StartsWith("samples/", StringComparison.Ordinal)
        || word.StartsWith("tests/", StringComparison.Ordinal);

    private static string ToPath(string word, string outputFolder) =>
        IsSample(word) ? Path.Combine(Repository.Root, word)
        : word.StartsWith("./", StringComparison.Ordinal) ? Path.Combine(outputFolder, word[2..])
        : word;

    /// <summary>The words of each command, without quotes and comments; <c>a, b</c> is one word, as in PowerShell.
    /// </summary>
    public static IEnumerable<string[]> CommandsOf(string line) =>
        Commands(line).Select(command => Words(command).ToArray()).Where(words => words.Length > 0);

    /// <summary>What stands between bars and semicolons outside quotes and braces, up to a comment.</summary>
    private static IEnumerable<string> Commands(string line)
    {
        int depth = 0, start = 0;
        char quote = '\0';
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '\'' or '"')
                quote = c;
            else if (c is '{' or '(' or '}' or ')')
                depth += c is '{' or '(' ? 1 : -1;
            else if (depth == 0 && c is '|' or ';' or '#')
            {
                yield return line[start..i];
                start = i + 1;
                if (c == '#')
                    yield break;
            }
        }
        yield return line[start..];
    }

    private static IEnumerable<string> Words(string command)
    {
        string list = "";
        foreach (string word in Split(command))
        {
            list += word;
            if (word.EndsWith(','))
                continue;
            yield return list;
            list = "";
        }
    }

    private static IEnumerable<string> Split(string command)
    {
        var word = new System.Text.StringBuilder();
        char quote = '\0';
        foreach (char c in command + " ")
        {
            if (quote != '\0' && c == quote)
                quote = '\0';
            else if (quote == '\0' && c is '\'' or '"')
                quote = c;
            else if (quote != '\0' || c != ' ')
                word.Append(c);
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
    }
}
