using System.Text;

namespace QuantumNet.Parsing.Logs;

/// <summary>Reads ini files as oslo.config does: sections, <c>name = value</c> (or <c>name: value</c>),
/// values that go on in indented lines, options that are repeated, comments that begin with # or ;.
/// Values of secret options become <c>***</c>.
/// <code>
/// [ovs]
/// local_ip = 10.0.20.12
/// </code></summary>
public static class IniParser
{
    private const string Hidden = "***";

    /// <summary>All settings of a file, in its order.</summary>
    public static List<AgentConfig> ParseAll(string text, TextSource source)
    {
        var settings = new List<AgentConfig>();
        string path = source.Path.Length > 0 ? source.Path : source.Command[(source.Command.LastIndexOf(' ') + 1)..];
        string section = "DEFAULT";
        bool mayContinue = false;
        var below = new StringBuilder();
        int lineNumber = 0;
        foreach (ReadOnlySpan<char> raw in text.AsSpan().EnumerateLines())
        {
            lineNumber++;
            ReadOnlySpan<char> line = raw.Trim();
            if (line.Length == 0 || line[0] is '#' or ';')
                mayContinue &= line.Length > 0;   // a blank line ends a value, a comment does not
            else if (line[0] == '[' && line[^1] == ']')
                (section, mayContinue) = (line[1..^1].Trim().ToString(), false);
            else if (mayContinue && char.IsWhiteSpace(raw[0]))
                below.Append(below.Length == 0 ? "" : "\n").Append(line);
            else if (TryOption(line, out AgentConfig setting))
            {
                Continue(settings, below);
                settings.Add(setting with
                {
                    ComputerName = source.ComputerName,
                    Command = source.Command,
                    LineNumber = lineNumber,
                    Path = path,
                    Section = section,
                });
                mayContinue = true;
            }
            else
                source.Report(lineNumber, 1, "Neither section nor option", line);
        }
        Continue(settings, below);
        return settings;
    }

    /// <summary>Whether an option's value must not be shown: a secret, or a URL with one in it.</summary>
    public static bool IsSecret(string name) => SecretNames.Holds(name)
        || name.Contains("transport_url", StringComparison.OrdinalIgnoreCase)
        || name is "connection" or "sql_connection" or "slave_connection";

    private static bool TryOption(ReadOnlySpan<char> line, out AgentConfig setting)
    {
        int separator = line.IndexOfAny('=', ':');
        setting = new();
        if (separator <= 0)
            return false;
        string name = line[..separator].TrimEnd().ToString();
        bool isSecret = IsSecret(name);
        string value = Unquoted(line[(separator + 1)..].Trim()).ToString();
        setting = new()
        {
            Name = name,
            Value = isSecret && value.Length > 0 ? Hidden : value,
            RawText = isSecret ? $"{name} = {Hidden}" : line.ToString(),
        };
        return true;
    }

    /// <summary>Gives the last setting the indented lines below it.</summary>
    private static void Continue(List<AgentConfig> settings, StringBuilder below)
    {
        if (below.Length == 0)
            return;
        AgentConfig setting = settings[^1];
        settings[^1] = IsSecret(setting.Name) ? setting with { Value = Hidden } : setting with
        {
            Value = setting.Value.Length == 0 ? below.ToString() : $"{setting.Value}\n{below}",
            RawText = $"{setting.RawText}\n{below}",
        };
        below.Clear();
    }

    private static ReadOnlySpan<char> Unquoted(ReadOnlySpan<char> value) =>
        value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0] ? value[1..^1] : value;
}
