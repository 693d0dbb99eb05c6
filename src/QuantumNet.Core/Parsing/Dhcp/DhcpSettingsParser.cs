namespace QuantumNet.Parsing.Dhcp;

/// <summary>Reads a configuration file of dnsmasq (dnsmasq(8), --conf-file): a line is an argument without its dashes,
/// <c>#</c> starts a comment.</summary>
internal static class DhcpSettingsParser
{
    /// <summary>All lines but comments and empty ones.</summary>
    public static List<DhcpSetting> ParseAll(string text, TextSource source)
    {
        List<DhcpSetting> settings = [];
        int lineNumber = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            lineNumber++;
            if (line.IsWhiteSpace() || line.TrimStart()[0] == '#')
                continue;
            settings.Add(new()
            {
                ComputerName = source.ComputerName, Command = source.Command, LineNumber = lineNumber,
                RawText = line.ToString(), Path = source.Path,
            });
        }
        return settings;
    }
}
