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
        string[] words = [.. Words(FirstCommand(line))];
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

    /// <summary>Up to the first bar or semicolon outside quotes and braces.</summary>
    private static string FirstCommand(string line)
    {
        int depth = 0;
        char quote = '\0';
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '\'' or '"')
                quote = c;
            else if (c is '{' or '(')
                depth++;
            else if (c is '}' or ')')
                depth--;
            else if (depth == 0 && c is '|' or ';')
                return line[..i];
        }
        return line;
    }

    /// <summary>Words, without quotes; <c>a, b</c> is one word, as in PowerShell.</summary>
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
