using System.Text;

namespace QuantumNet.Snapshots;

/// <summary>Gives each output a file name that a human reads: <c>compute1/ovs-ofctl-dump-flows-br-int.txt</c>.
/// The same outputs get the same names; no name leaves its folder, is hidden, or is special on any system.</summary>
internal sealed class SnapshotFileNames
{
    private const int MaximumLength = 100;
    private static readonly string[] s_reserved = ["con", "prn", "aux", "nul"];

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase) { SnapshotIndex.FileName };
    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);

    /// <summary>A name for an output of a node.</summary>
    public string ForNode(CommandOutput output) => Unique(Folder(output.ComputerName), output);

    /// <summary>A name for an answer of the control plane.</summary>
    public string ForRecord(CommandOutput output) => Unique("records", output);

    private string Folder(string node)
    {
        if (_folders.TryGetValue(node, out string? folder))
            return folder;
        string plain = Sanitise(node, 60);
        plain = plain.Equals("records", StringComparison.OrdinalIgnoreCase) ? "node-records" : plain;
        folder = plain;
        for (int i = 2; !_taken.Add(folder); i++)
            folder = $"{plain}-{i}";
        return _folders[node] = folder;
    }

    private string Unique(string folder, CommandOutput output)
    {
        string plain = Sanitise(string.Join('-', output.Argv.Where(IsTelling)), MaximumLength);
        string extension = Extension(output);
        string name = $"{folder}/{plain}{extension}";
        for (int i = 2; !_taken.Add(name); i++)
            name = $"{folder}/{plain}-{i}{extension}";
        return name;
    }

    // Of a sed or grep the file tells what it is, the expression does not.
    private static bool IsTelling(string argument) => argument.Length <= MaximumLength
        && argument.AsSpan().IndexOfAny('[', '(', '\\') < 0;

    private static string Extension(CommandOutput output)
    {
        ReadOnlySpan<byte> start = output.StandardOutput.Span.TrimStart(" \r\n\t"u8);
        bool asksForJson = Array.Exists(output.Argv,
            argument => argument is "-j" or "json" or "--format=json" or "GET");
        return asksForJson && !start.IsEmpty && start[0] is (byte)'{' or (byte)'[' ? ".json" : ".txt";
    }

    private static string Sanitise(string text, int limit)
    {
        StringBuilder name = new();
        foreach (char c in text)
        {
            if (name.Length == limit)
                break;
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-')
                AppendCollapsed(name, c);
            else
                AppendCollapsed(name, '-');
        }
        string plain = name.ToString().Trim('-', '.');
        string stem = plain.Split('.')[0];
        bool isReserved = Array.Exists(s_reserved, word => word.Equals(stem, StringComparison.OrdinalIgnoreCase))
            || (stem.Length == 4 && char.IsAsciiDigit(stem[3])
                && (stem.StartsWith("com", StringComparison.OrdinalIgnoreCase)
                    || stem.StartsWith("lpt", StringComparison.OrdinalIgnoreCase)));
        return plain.Length == 0 ? "unnamed" : isReserved ? "_" + plain : plain;
    }

    private static void AppendCollapsed(StringBuilder name, char c)
    {
        if (c is '-' or '.' && name.Length > 0 && name[^1] is '-' or '.' && (c == '-' || name[^1] == '.'))
            return;
        name.Append(c);
    }
}
