namespace QuantumNet.Diagnosis;

/// <summary>Reads the version out of what a program says of itself: <c>ovs-vsctl (Open vSwitch) 3.1.0</c>,
/// <c>ip utility, iproute2-6.1.0, libbpf 1.1.0</c>, <c>iptables v1.8.9 (nf_tables)</c>.</summary>
internal static class ToolVersions
{
    private const string Iproute = "iproute2-";

    /// <summary>The version; empty where the first line tells none.</summary>
    public static string Of(string text)
    {
        string line = text.Split('\n')[0];
        foreach (string word in line.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            string bare = word.StartsWith(Iproute, StringComparison.Ordinal) ? word[Iproute.Length..]
                : word is ['v', >= '0' and <= '9', ..] ? word[1..] : word;
            // Before releases had numbers: iproute2-ss130716.
            bool isSnapshot = bare.Length < word.Length && bare.StartsWith("ss", StringComparison.Ordinal);
            if (bare.Length > 0 && (char.IsAsciiDigit(bare[0]) || isSnapshot))
                return line.Contains("(nf_tables)", StringComparison.Ordinal) ? $"{bare} nf_tables"
                    : line.Contains("(legacy)", StringComparison.Ordinal) ? $"{bare} legacy" : bare;
        }
        return "";
    }

    /// <summary>A node's system and kernel, from os-release(5) and <c>uname -r</c>.</summary>
    public static string System(string release, string kernel)
    {
        const string Name = "PRETTY_NAME=";
        string line = Array.Find(release.Split('\n'), one => one.StartsWith(Name, StringComparison.Ordinal)) ?? "";
        string name = line.Length > 0 ? line[Name.Length..].Trim('"', '\'', ' ') : "";
        return string.Join(", ", new[] { name, kernel }.Where(part => part.Length > 0));
    }
}
