using System.IO.Compression;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Snapshots;

/// <summary>Rotated logs as xz(1), bzip2(1) and zstd(1) packed them, each the same log of the lab's dnsmasq.</summary>
public sealed class PackedLogTests : IDisposable
{
    private const int Events = 22;
    private const string Zeros = "var/log/messages.1";

    private readonly string _folder = Directory.CreateTempSubdirectory("qn-packed-").FullName;
    private readonly List<QuantumError> _errors = [];

    public static TheoryData<string, string> Logs => new()
    {
        { "xz-5.4.1/syslog.xz", "xz-5.4.1/zeros-8MiB.xz" }, { "bzip2-1.0.8/syslog.bz2", "bzip2-1.0.8/zeros-8MiB.bz2" },
        { "zstd-1.5.4/syslog.zst", "zstd-1.5.4/zeros-8MiB.zst" },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, MemberData(nameof(Logs))]
    public void Packed_log_in_a_zip_of_a_sosreport_gives_its_events(string log, string _)
    {
        Put("var/log/syslog.2" + Path.GetExtension(log), Bytes(log));
        string zip = _folder + ".zip";
        ZipFile.CreateFromDirectory(_folder, zip);
        try
        {
            Assert.Equal(Events, Read(zip).DhcpEvents.Count);
            Assert.Empty(_errors);
        }
        finally
        {
            File.Delete(zip);
        }
    }

    [Theory, MemberData(nameof(Logs))]
    public void Log_that_was_packed_in_several_goes_is_read_to_its_end(string log, string _)
    {
        Put("var/log/syslog.2.packed", [.. Bytes(log), .. Bytes(log)]);
        Assert.Equal(2 * Events, Read(_folder).DhcpEvents.Count);
        Assert.Empty(_errors);
    }

    [Theory, MemberData(nameof(Logs))]
    public void Log_that_is_cut_short_is_reported_and_read_up_to_there(string log, string _)
    {
        byte[] whole = Bytes(log);
        Put("var/log/syslog.2.packed", [.. whole, .. whole[..(whole.Length / 2)]]);
        Assert.True(Read(_folder).DhcpEvents.Count >= Events);
        QuantumError error = Assert.Single(_errors);
        Assert.Equal("SnapshotFileDamaged", error.Id);
        Assert.Contains("syslog.2.packed", error.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Logs))]
    public void Damaged_log_never_throws_and_leaves_the_others_readable(string log, string _)
    {
        byte[] whole = Bytes(log);
        Put("var/log/syslog", Bytes("neutron-zed/hybrid+vxlan/netnode/dnsmasq/syslog-dnsmasq.txt"));
        for (int at = 6; at < whole.Length; at += 7)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x55;
            Put("var/log/syslog.2.packed", damaged);
            Assert.True(Read(_folder).DhcpEvents.Count >= Events);
        }
        Assert.NotEmpty(_errors);
        Assert.All(_errors, error => Assert.Equal("SnapshotFileDamaged", error.Id));
    }

    [Theory, MemberData(nameof(Logs))]
    public void Log_that_grows_past_the_limit_is_read_up_to_it(string _, string bomb)
    {
        Put(Zeros, Bytes(bomb));
        QuantumSnapshot snapshot = SnapshotReader.Load(_folder, _errors.Add, new(1 << 20, 4 << 20));
        Assert.Equal(1 << 20, Assert.Single(snapshot.Outputs, IsLog).StandardOutput.Length);
        Assert.Equal("SnapshotFileTooBig", Assert.Single(_errors).Id);
    }

    [Theory, MemberData(nameof(Logs))]
    public void Logs_that_grow_past_the_limit_together_are_read_up_to_it(string _, string bomb)
    {
        for (int i = 1; i < 5; i++)
            Put($"var/log/messages.{i}", Bytes(bomb));
        QuantumSnapshot snapshot = SnapshotReader.Load(_folder, _errors.Add, new(1 << 20, 3 << 20));
        Assert.True(snapshot.Outputs.Where(IsLog).Sum(output => (long)output.StandardOutput.Length) <= 3 << 20);
        Assert.Contains(_errors, error => error.Id == "SnapshotTooBig");
    }

    private static bool IsLog(CommandOutput output) => output.Argv[0] == "cat";

    private static byte[] Bytes(string sample) => File.ReadAllBytes(Path.Combine(Samples.Folder, sample));

    private NodeState Read(string path) =>
        CloudReader.Read(SnapshotReader.Load(path, _errors.Add)).Nodes.Values.Single();

    private void Put(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        Directory.CreateDirectory(Path.Combine(_folder, "sos_commands", "host"));
        File.WriteAllText(Path.Combine(_folder, "sos_commands", "host", "hostname"), "netnode\n");
    }
}
