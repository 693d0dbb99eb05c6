namespace QuantumNet.Parsing.Dhcp;

/// <summary>Reads the file of <c>--dhcp-optsfile</c> (dnsmasq(8), --dhcp-option), as the DHCP agents write it:
/// <code>
/// tag:tag0,option:router,172.241.0.1
/// tag:subnet-006b2962-...,option:dns-server,10.10.0.53
/// tag:tag0,121,10.1.0.0/24,10.0.0.1
/// tag0,option:router
/// </code></summary>
public static class DhcpOptsFileParser
{
    /// <summary>All options of a file.</summary>
    public static List<DhcpServerOption> ParseAll(string text, TextSource source)
    {
        var options = new List<DhcpServerOption>();
        string networkId = DhcpFile.NetworkId(source);
        int lineNumber = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            lineNumber++;
            if (line.IsWhiteSpace() || line.TrimStart()[0] == '#')
                continue;
            string[] fields = line.ToString().Split(',', StringSplitOptions.TrimEntries);
            int option = OptionIndex(fields);
            if (option < 0)
                source.Report(lineNumber, 1, "Option line without an option", line);
            else
                options.Add(new()
                {
                    ComputerName = source.ComputerName,
                    Command = source.Command,
                    LineNumber = lineNumber,
                    RawText = line.ToString(),
                    NetworkId = networkId,
                    Tags = Array.ConvertAll(fields[..option], WithoutPrefix),
                    Option = NameOf(fields[option]),
                    Values = Array.FindAll(fields[(option + 1)..], value => value.Length > 0),
                });
        }
        return options;
    }

    /// <summary>The first field that names an option; what stands before it are tags,
    /// of old without <c>tag:</c>.</summary>
    private static int OptionIndex(string[] fields)
    {
        for (int i = 0; i < fields.Length; i++)
        {
            if (fields[i].StartsWith("option", StringComparison.Ordinal) && fields[i].Contains(':'))
                return i;
        }
        return Array.FindIndex(fields,
            field => field.Length > 0 && field.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0);
    }

    private static string NameOf(string field) =>
        field.StartsWith("option:", StringComparison.Ordinal) ? field["option:".Length..] : field;

    private static string WithoutPrefix(string field) =>
        field.StartsWith("tag:", StringComparison.Ordinal) || field.StartsWith("net:", StringComparison.Ordinal)
            ? field[4..] : field;
}
