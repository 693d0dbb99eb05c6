using System.Text;
using System.Text.Json;

namespace QuantumNet.Parsing.Ovs;

/// <summary>Reads <c>ovs-vsctl --format=json list Bridge -- list Port -- list Interface -- list Controller
/// -- list Open_vSwitch</c> (any of them, in any order, one JSON document a line, or printed for people as
/// <see cref="OvsdbTextReader"/> tells; ovs-vsctl(8), values as in RFC 7047 section 5.1) and joins the tables:
/// <code>{"data":[[["uuid","0cd9..."],"patch-int",["set",[]]]],"headings":["_uuid","name","tag"]}</code></summary>
public static class OvsdbListParser
{
    /// <summary>Reads the whole output. Controllers are their targets when their table is there,
    /// else left to be told by others.</summary>
    public static OvsVsctlShow ParseAll(string text, TextSource source)
    {
        var tables = new OvsdbTables();
        Read(text, source, tables);
        return OvsdbJoin.Of(tables);
    }

    /// <summary>Reads an output into tables that others filled before; how many rows it held.</summary>
    internal static int Read(string text, TextSource source, OvsdbTables tables)
    {
        int before = tables.RowCount;
        if (text.AsSpan().TrimStart() is ['{', ..])
            ReadDocuments(text, source, tables);
        else
            new OvsdbTextReader(tables, source).Read(text);
        return tables.RowCount - before;
    }

    private static void ReadDocuments(string text, TextSource source, OvsdbTables tables)
    {
        int number = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (!line.Trim().IsEmpty)
                ReadDocument(line, number, tables, source);
        }
    }

    private static void ReadDocument(ReadOnlySpan<char> line, int number, OvsdbTables tables, TextSource source)
    {
        try
        {
            using var document = JsonDocument.Parse(Utf8(line));
            string? problem = tables.Add(document.RootElement.Clone(), number, source);
            if (problem is not null)
                source.Report(number, 1, problem, line);
        }
        catch (JsonException e)
        {
            source.Report(number, (int)(e.BytePositionInLine ?? 0) + 1, "Not JSON", line);
        }
    }

    /// <summary>Bytes, since broken surrogates in a string would be refused rather than replaced.</summary>
    private static byte[] Utf8(ReadOnlySpan<char> line)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(line)];
        Encoding.UTF8.GetBytes(line, bytes);
        return bytes;
    }
}
