using QuantumNet.Parsing.Capture;

namespace QuantumNet.Core.Tests.Capture;

/// <summary>Captures recorded at every hop of a Zed cloud, and reading them.</summary>
internal static class Captures
{
    /// <summary>Every recorded capture, by its path below tests/fixtures.</summary>
    public static TheoryData<string> Recorded()
    {
        var files = new TheoryData<string>();
        foreach (string file in RecordedFiles())
            files.Add(Path.GetRelativePath(Samples.Folder, file));
        return files;
    }

    /// <summary>Every recorded capture.</summary>
    public static string[] RecordedFiles()
    {
        string[] files = Directory.GetFiles(Path.Combine(Samples.Folder, "neutron-zed"), "*.pcap",
            SearchOption.AllDirectories);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    /// <summary>The messages of a file.</summary>
    public static List<DhcpPacket> Read(string file, out List<ParseIssue> issues) =>
        Read(File.ReadAllBytes(file), out issues);

    /// <summary>The messages of a file's bytes.</summary>
    public static List<DhcpPacket> Read(byte[] capture, out List<ParseIssue> issues)
    {
        issues = [];
        return [.. CaptureFile.ReadDhcp(new MemoryStream(capture), new TextSource("", "test", issues))];
    }
}
