namespace QuantumNet.Parsing.Links;

/// <summary>Reads <c>sysctl NAME ...</c> (<c>net.bridge.bridge-nf-call-iptables = 1</c>, sysctl(8)) and the content
/// of one file of /proc/sys, whose name is the source's path or the command's last argument.</summary>
public static class SysctlParser
{
    private const string Folder = "/proc/sys/";

    /// <summary>All settings of a text, names with dots; never throws, reports what it does not know.</summary>
    public static List<KeyValuePair<string, string>> ParseAll(string text, TextSource source)
    {
        string path = source.Path.Length > 0 ? source.Path : LastWord(source.Command);
        if (path.StartsWith(Folder, StringComparison.Ordinal))
            return text.AsSpan().Trim().IsEmpty ? [] : [new(NameOf(path), text.Trim())];

        List<KeyValuePair<string, string>> settings = [];
        var lines = new TextLines(text);
        while (lines.Next())
        {
            ReadOnlySpan<char> line = lines.Line.Trim();
            int equals = line.IndexOf('=');
            if (equals > 0 && !line[..equals].Trim().Contains(' '))
                settings.Add(new(line[..equals].Trim().ToString(), line[(equals + 1)..].Trim().ToString()));
            else if (!line.IsEmpty)
                source.Report(lines.Number, 1, "Not a setting", line);
        }
        return settings;
    }

    /// <summary>The name that sysctl gives a file of /proc/sys; a dot in a device's name becomes a slash.</summary>
    internal static string NameOf(string path) =>
        path[Folder.Length..].Replace('.', '\0').Replace('/', '.').Replace('\0', '/');

    private static string LastWord(string command) => command[(command.LastIndexOf(' ') + 1)..];
}
