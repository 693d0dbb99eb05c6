using QuantumNet;

namespace QuantumNet.Core.Tests.Parsing.Ovs;

/// <summary>The outputs recorded on Neutron's nodes and those of the walkthrough of 2013.</summary>
internal static class Recorded
{
    /// <summary>Paths below tests/fixtures of the samples whose file name matches, over every cloud and node.</summary>
    public static TheoryData<string> Files(string pattern)
    {
        var data = new TheoryData<string>();
        foreach (string origin in new[] { "seed", "neutron-zed", "openvswitch-3.1" })
        {
            string folder = Path.Combine(Samples.Folder, origin);
            if (!Directory.Exists(folder))
                continue;
            foreach (string file in Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal))
                data.Add(Path.GetRelativePath(Samples.Folder, file));
        }
        return data;
    }

    /// <summary>Where a sample comes from, with a place for what is not understood.</summary>
    public static TextSource Source(string command, string bridge = "") =>
        new("compute1", command, new List<ParseIssue>()) { Bridge = bridge };
}
