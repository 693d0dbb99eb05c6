using System.IO.Compression;
using QuantumNet.Tests.Lab;

namespace QuantumNet.Tests.Help;

/// <summary>A folder to run the documents' command lines in, and the cloud that they mean: that of a sample, with the
/// names that the documents use. So what would ask live nodes is answered by what such nodes once said.</summary>
internal sealed class DocumentCloud : IDisposable
{
    private static readonly (string Sample, string Document)[] s_names =
        [("a6f5a96d-ce", "1408934f-8a"), ("a6f5a96d-c", "1408934f-8"), ("a6f5a96d", "1408934f"), ("delta-69", "net1")];

    private const string Inventory = """{ "nodes": [{ "name": "compute1" }, { "name": "netnode" }] }""";

    public DocumentCloud()
    {
        Snapshot = Path.Combine(Folder, "live");
        ZipFile.ExtractToDirectory(Path.Combine(Repository.Root, "samples", "fleet-three-causes.zip"), Snapshot);
        foreach (string file in Directory.GetFiles(Snapshot, "*", SearchOption.AllDirectories))
            Rename(file);
        ZipFile.CreateFromDirectory(Snapshot, Path.Combine(Folder, "monday.zip"));
        File.Copy(Path.Combine(Repository.Root, "samples", "traced-QN5006-no-inbound-flow.zip"),
            Path.Combine(Folder, "trace.zip"));
        Directory.CreateDirectory(Path.Combine(Folder, "clouds"));
        File.WriteAllText(Path.Combine(Folder, "clouds", "one.json"), Inventory);
        File.WriteAllText(Path.Combine(Folder, "cloud.json"), Inventory);
        File.WriteAllText(Path.Combine(Folder, "cloud-ssh.config"), "Host compute1 compute2 netnode\n    User stack\n");
        CopyParts(Path.Combine(Repository.Root, "tests", "fixtures", "collector", "neutron-vxlan"));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("quantumnet-documents-").FullName;

    /// <summary>What stands for the live cloud.</summary>
    public string Snapshot { get; }

    /// <summary>The commands with the paths that lead here. The packages hold every sample as a zip.</summary>
    public string Here(string commands) => commands
        .Replace("/usr/share/quantumnet/samples/", "samples/", StringComparison.Ordinal)
        .Replace("-flow.zip", "-flow", StringComparison.Ordinal)
        .Replace("samples/", Path.Combine(Repository.Root, "samples") + "/", StringComparison.Ordinal)
        .Replace(" samples ", $" {Path.Combine(Repository.Root, "samples")} ", StringComparison.Ordinal)
        .Replace("tests/fixtures/", Path.Combine(Repository.Root, "tests", "fixtures") + "/", StringComparison.Ordinal)
        .Replace("/var/lib/", Folder + "/", StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static void Rename(string file)
    {
        File.WriteAllText(file, Renamed(File.ReadAllText(file)));
        string name = Path.GetFileName(file);
        if (Renamed(name) != name)
            File.Move(file, Path.Combine(Path.GetDirectoryName(file)!, Renamed(name)));
    }

    private static string Renamed(string text)
    {
        foreach ((string sample, string document) in s_names)
            text = text.Replace(sample, document, StringComparison.Ordinal);
        return text;
    }

    private void CopyParts(string from)
    {
        string parts = Directory.CreateDirectory(Path.Combine(Folder, "parts")).FullName;
        foreach (string file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(parts, Path.GetFileName(file)));
    }
}
