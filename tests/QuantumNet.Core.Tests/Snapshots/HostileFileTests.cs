using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Snapshots;

/// <summary>Files that were made, or put in place, to do harm to whoever reads them.</summary>
public sealed class HostileFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quantumnet-hostile-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void Pipe_is_refused_and_not_waited_for()
    {
        string pipe = Pipe("snapshot.zip");
        Assert.Equal("SnapshotNotRead", Assert.Throws<QuantumException>(() => SnapshotReader.Load(pipe)).Error.Id);
        Assert.Throws<IOException>(() => RegularFile.ReadAll("/dev/zero", 10));
    }

    [SkippableFact]
    public void Pipe_within_a_snapshot_costs_only_its_output()
    {
        File.WriteAllText(Path.Combine(_folder, "index.tsv"),
            "file\tstatus\thost\tcommand\nflows\t0\tn1\tovs-ofctl dump-flows br-int\nlink\t0\tn1\tip link\n");
        File.WriteAllText(Path.Combine(_folder, "link"), "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 state UNKNOWN\n");
        Pipe("flows");
        List<QuantumError> errors = [];
        QuantumSnapshot snapshot = SnapshotReader.Load(_folder, errors.Add);
        Assert.Equal("SnapshotCorrupt", Assert.Single(errors).Id);
        Assert.Contains(snapshot.Outputs, output => output.Text.StartsWith("1: lo:", StringComparison.Ordinal));
    }

    [Fact]
    public void Zip_that_unpacks_to_far_more_than_its_size_is_read_to_a_limit()
    {
        string path = Path.Combine(_folder, "bomb.zip");
        using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            using (StreamWriter index = new(zip.CreateEntry("index.tsv").Open()))
                index.Write("file\tstatus\thost\tcommand\nlink\t0\tn1\tip link\n"
                    + "zeros\t0\tn1\tovs-ofctl dump-flows br-int\n");
            using (Stream link = zip.CreateEntry("link").Open())
                link.Write("1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 state UNKNOWN\n"u8);
            using Stream zeros = zip.CreateEntry("zeros").Open();
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 120; i++)
                zeros.Write(block);
        }
        List<QuantumError> errors = [];
        QuantumSnapshot snapshot = SnapshotReader.Load(path, errors.Add);
        Assert.Equal("SnapshotTooBig", Assert.Single(errors).Id);
        Assert.InRange(snapshot.Outputs.Sum(output => (long)output.StandardOutput.Length), 1, 110L << 20);
        Assert.Contains(snapshot.Outputs, output => output.Text.StartsWith("1: lo:", StringComparison.Ordinal));
    }

    [Fact]
    public void File_over_its_cap_is_not_read()
    {
        string path = Path.Combine(_folder, "big");
        File.WriteAllBytes(path, Encoding.ASCII.GetBytes("12345"));
        Assert.Equal(5, RegularFile.ReadAll(path, 5).Length);
        Assert.Throws<IOException>(() => RegularFile.ReadAll(path, 4));
    }

    private string Pipe(string name)
    {
        string path = Path.Combine(_folder, name);
        Skip.IfNot(OperatingSystem.IsLinux(), "needs named pipes");
        using Process mkfifo = Process.Start("mkfifo", [path]);
        mkfifo.WaitForExit();
        Skip.IfNot(mkfifo.ExitCode == 0, "needs mkfifo");
        return path;
    }
}
