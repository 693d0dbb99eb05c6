using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Snapshots;

public sealed class SnapshotOnDiskTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quantumnet-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("incident.zip")]
    [InlineData("incident")]
    public void What_was_saved_is_loaded_again(string name)
    {
        QuantumSnapshot saved = SnapshotWriter.Save(Sample(), At(name), force: false);
        QuantumSnapshot loaded = SnapshotReader.Load(At(name));

        Assert.Equal(saved.CollectedAt, loaded.CollectedAt);
        Assert.Equal(saved.Scope, loaded.Scope);
        Assert.Equal(RecordSource.Client, loaded.RecordSource);
        Assert.Equal(saved.Nodes.Select(node => node.ComputerName), loaded.Nodes.Select(node => node.ComputerName));
        Assert.Equal(saved.Outputs.Select(Describe), loaded.Outputs.Select(Describe));
        Assert.Equal(saved.RecordOutputs.Select(Describe), loaded.RecordOutputs.Select(Describe));
    }

    [Fact]
    public void Files_have_names_that_a_human_reads()
    {
        SnapshotWriter.Save(Sample(), At("s"), force: false);
        Assert.True(File.Exists(At("s/compute1/ovs-ofctl-dump-flows-br-int.txt")));
        Assert.True(File.Exists(At("s/records/openstack-port-list-f-json.json")));
    }

    [Theory]
    [InlineData("../../evil", "a/../../b")]
    [InlineData("/etc/passwd", "x\ny")]
    [InlineData("con", "nul")]
    [InlineData("records", "\\\\server\\share")]
    [InlineData("...", "-rf")]
    public void Hostile_names_stay_inside(string node, string argument)
    {
        QuantumSnapshot snapshot =
            new() { Outputs = [Output(node, "x", "cat", argument), Output(node, "y", "cat", argument)] };
        SnapshotWriter.Save(snapshot, At("s"), force: false);

        Assert.Equal(["s"], Directory.GetFileSystemEntries(_folder).Select(path => Path.GetFileName(path)!));
        Assert.Equal(3, Directory.GetFiles(At("s"), "*", SearchOption.AllDirectories).Length);
        Assert.Equal(["x", "y"], SnapshotReader.Load(At("s")).Outputs.Select(output => output.Text));
    }

    [Theory]
    [InlineData("notes.txt")]
    [InlineData("compute1/notes.txt")]
    [InlineData("mine/notes.txt")]
    [InlineData("mine/deeper/notes.txt")]
    public void Force_deletes_nothing_that_the_snapshot_does_not_list(string stranger)
    {
        SnapshotWriter.Save(Sample(), At("s"), force: false);
        string notes = At("s/" + stranger);
        Directory.CreateDirectory(Path.GetDirectoryName(notes)!);
        File.WriteAllText(notes, "mine");
        QuantumError refused = Refused(() => SnapshotWriter.Save(Sample(), At("s"), force: true));
        Assert.Equal("SnapshotFolderHoldsMore", refused.Id);
        Assert.Contains(stranger.Split('/')[0], refused.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(notes));
        Assert.NotEmpty(SnapshotReader.Load(At("s")).Outputs);
        Assert.Throws<QuantumException>(() => SnapshotWriter.DemandFree(At("s"), force: true));

        File.Delete(notes);
        if (stranger.StartsWith("mine/d", StringComparison.Ordinal))
            Directory.Delete(At("s/mine/deeper"));
        SnapshotWriter.Save(Sample(), At("s"), force: true);
        Assert.Equal(["s"], Directory.GetFileSystemEntries(_folder).Select(path => Path.GetFileName(path)!)
            .Where(name => !name.EndsWith(".old", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_list_that_names_files_elsewhere_deletes_none_of_them()
    {
        File.WriteAllText(At("mine.txt"), "mine");
        SnapshotWriter.Save(Sample(), At("s"), force: false);
        string index = File.ReadAllText(At("s/snapshot.json"));
        File.WriteAllText(At("s/snapshot.json"), index.Replace("compute1/ovs-ofctl-dump-flows-br-int.txt",
            "../mine.txt", StringComparison.Ordinal));
        Assert.Equal("SnapshotFolderHoldsMore",
            Refused(() => SnapshotWriter.Save(Sample(), At("s"), force: true)).Id);
        Assert.Equal("mine", File.ReadAllText(At("mine.txt")));
    }

    [SkippableFact]
    public void A_link_is_replaced_and_what_it_leads_to_stays()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need rights there");
        SnapshotWriter.Save(Sample(), At("real"), force: false);
        Directory.CreateSymbolicLink(At("s"), At("real"));
        SnapshotWriter.Save(Sample(), At("s"), force: true);
        Assert.Null(new DirectoryInfo(At("s")).LinkTarget);
        Assert.NotEmpty(SnapshotReader.Load(At("real")).Outputs);
    }

    [SkippableTheory]
    [InlineData("-6")]
    [InlineData("-0")]
    public void An_encrypted_zip_is_told_and_nothing_of_it_is_read(string level)
    {
        Skip.IfNot(File.Exists("/usr/bin/zip"), "zip is not installed");
        SnapshotWriter.Save(Sample(), At("s"), force: false);
        using (Process zip = Process.Start(new ProcessStartInfo("/usr/bin/zip",
            ["-q", "-r", level, "-P", "open sesame", At("e.zip"), "."]) { WorkingDirectory = At("s") })!)
            zip.WaitForExit();
        Assert.Equal("SnapshotEncrypted", Refused(() => SnapshotReader.Load(At("e.zip"))).Id);
        Assert.Equal("SnapshotEncrypted",
            Assert.Throws<QuantumException>(() => SnapshotReader.Check(At("e.zip"))).Error.Id);

        // One encrypted file among others is enough.
        using (Process zip = Process.Start(new ProcessStartInfo("/bin/sh", ["-c",
            $"zip -q -r ../m.zip . -x snapshot.json && zip -q {level} -P x ../m.zip snapshot.json"])
        { WorkingDirectory = At("s") })!)
            zip.WaitForExit();
        Assert.Equal("SnapshotEncrypted", Refused(() => SnapshotReader.Load(At("m.zip"))).Id);
    }

    [Theory]
    [InlineData("incident.zip")]
    [InlineData("incident")]
    public void What_was_masked_is_counted(string name)
    {
        CommandOutput output = Output("n", "password = a1\nnova_password=b2\n*****\nok\ntoken *** gone\n", "cat", "x");
        QuantumSnapshot saved = SnapshotWriter.Save(new() { Outputs = [output, output with { Collector = "Other" }] },
            At(name), force: false);
        Assert.Equal(3, saved.MaskedCount);
        Assert.Equal(3, SnapshotReader.Load(At(name)).MaskedCount);
    }

    [Theory]
    [InlineData("incident.zip")]
    [InlineData("incident")]
    public void Nothing_is_overwritten_unless_forced(string name)
    {
        SnapshotWriter.Save(Sample(), At(name), force: false);
        Assert.Equal("SnapshotExists", Refused(() => SnapshotWriter.Save(Sample(), At(name), force: false)).Id);
        SnapshotWriter.Save(Sample() with { Scope = "other" }, At(name), force: true);
        Assert.Equal("other", SnapshotReader.Load(At(name)).Scope);
    }

    [Fact]
    public void A_folder_of_other_files_is_never_replaced()
    {
        Directory.CreateDirectory(At("home"));
        File.WriteAllText(At("home/thesis.txt"), "years of work");
        Assert.Equal("SnapshotFolderNotEmpty",
            Refused(() => SnapshotWriter.Save(Sample(), At("home"), force: true)).Id);
        Assert.True(File.Exists(At("home/thesis.txt")));
    }

    [Fact]
    public void Secrets_are_nowhere_in_a_saved_snapshot()
    {
        CommandOutput output = Output("c", "transport_url = rabbit://u:s3cret@h/\n", "nova",
            "--os-password", "s3cret", "list") with
        {
            StandardError = "OS_PASSWORD=s3cret",
        };
        SnapshotWriter.Save(new() { Outputs = [output], RecordOutputs = [output] }, At("s"), force: false);
        foreach (string file in Directory.GetFiles(At("s"), "*", SearchOption.AllDirectories))
            Assert.DoesNotContain("s3cret", File.ReadAllText(file) + file, StringComparison.Ordinal);
    }

    [SkippableFact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Only_the_owner_may_read_it()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no modes");
        SnapshotWriter.Save(Sample(), At("s.zip"), force: false);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(At("s.zip")));
    }

    [Fact]
    public void A_missing_file_costs_only_its_output()
    {
        SnapshotWriter.Save(Sample(), At("s"), force: false);
        File.Delete(At("s/compute1/ovs-ofctl-dump-flows-br-int.txt"));
        List<QuantumError> errors = [];
        QuantumSnapshot loaded = SnapshotReader.Load(At("s"), errors.Add);

        Assert.Equal("SnapshotFileMissing", Assert.Single(errors).Id);
        Assert.Equal(3, loaded.Outputs.Length + loaded.RecordOutputs.Length);
        Assert.Null(loaded.Outputs[0].ExitStatus);
    }

    [Theory]
    [InlineData("{ \"format\": 1,\n  \"outputs\": [ {]", "SnapshotCorrupt", "snapshot.json:2:")]
    [InlineData("{ \"format\": 99 }", "SnapshotVersionUnknown", "99")]
    [InlineData("[]", "SnapshotCorrupt", "snapshot.json:1:")]
    [InlineData("", "SnapshotCorrupt", "snapshot.json:1:")]
    public void A_damaged_index_is_told_with_its_place(string json, string id, string telling)
    {
        Directory.CreateDirectory(At("s"));
        File.WriteAllText(At("s/snapshot.json"), json);
        QuantumError error = Refused(() => SnapshotReader.Load(At("s")));
        Assert.Equal(id, error.Id);
        Assert.Contains(telling, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Advice);
    }

    [Theory]
    [InlineData("../secret.txt")]
    [InlineData("/etc/hostname")]
    [InlineData("a\\\\..\\\\secret.txt")]
    [InlineData("link.txt")]
    public void Nothing_outside_of_a_snapshot_is_read(string file)
    {
        File.WriteAllText(At("secret.txt"), "outside");
        Directory.CreateDirectory(At("s"));
        File.CreateSymbolicLink(At("s/link.txt"), At("secret.txt"));
        File.WriteAllText(At("s/snapshot.json"),
            $$"""{ "format": 1, "outputs": [ { "computerName": "a", "argv": ["x"], "exitStatus": 0, "file": "{{file}}" } ] }""");
        List<QuantumError> errors = [];
        QuantumSnapshot loaded = SnapshotReader.Load(At("s"), errors.Add);
        Assert.Contains(errors, error => error.Id == "SnapshotPathUnsafe");
        Assert.Equal("", loaded.Outputs[0].Text);
    }

    [Fact]
    public void A_bomb_is_read_up_to_the_limit_only()
    {
        using (ZipArchive zip = ZipFile.Open(At("s.zip"), ZipArchiveMode.Create))
        {
            Add(zip, "snapshot.json",
                """{ "format": 1, "outputs": [ { "computerName": "a", "argv": ["x"], "file": "a/x.txt" } ] }""");
            Add(zip, "a/x.txt", new string('0', 5_000_000));
            Add(zip, "../../evil.txt", "x");
            Add(zip, "a/x.txt", "second");
        }
        List<QuantumError> errors = [];
        QuantumSnapshot loaded = SnapshotReader.Load(At("s.zip"), errors.Add,
            new SnapshotLimits(1_000_000, 10_000_000));
        Assert.Equal(1_000_000, loaded.Outputs[0].StandardOutput.Length);
        Assert.Equal(["SnapshotFileTooBig", "SnapshotNameTwice", "SnapshotPathUnsafe"],
            errors.Select(error => error.Id).Order());
    }

    [Fact]
    public void What_is_no_snapshot_is_told()
    {
        File.WriteAllText(At("x.zip"), "no zip");
        Directory.CreateDirectory(At("empty"));
        Assert.Equal("SnapshotNotRecognised", Refused(() => SnapshotReader.Load(At("x.zip"))).Id);
        Assert.Equal("SnapshotNotRecognised", Refused(() => SnapshotReader.Load(At("empty"))).Id);
        Assert.Equal("SnapshotNotFound", Refused(() => SnapshotReader.Load(At("nowhere"))).Id);
    }

    [Fact]
    public void A_recorded_folder_is_a_snapshot_too()
    {
        Directory.CreateDirectory(At("r/compute1"));
        File.WriteAllText(At("r/about.txt"), "variant x, recorded 2026-11-22T06:07:19Z\n");
        File.WriteAllText(At("r/compute1/flows.txt"), "flows");
        File.WriteAllText(At("r/compute1/both.txt"), "both");
        File.WriteAllText(At("r/index.tsv"),
            "file\tstatus\thost\tcommand\ncompute1/flows.txt\t0\tcompute1\tovs-ofctl dump-flows br-int\n" +
                "compute1/both.txt\t1\tcompute1\tip route; ip rule\ncompute1/gone.txt\t0\tcompute1\tps -ef\n");
        List<QuantumError> errors = [];
        QuantumSnapshot loaded = SnapshotReader.Load(At("r"), errors.Add);

        Assert.Equal(["ovs-ofctl dump-flows br-int", "sh -c ip route; ip rule"],
            loaded.Outputs.Select(output => output.Command));
        Assert.Equal(new DateTime(2026, 11, 22, 6, 7, 19, DateTimeKind.Utc), loaded.CollectedAt);
        Assert.Equal("SnapshotFileMissing", Assert.Single(errors).Id);
    }

    [Fact]
    public void An_extracted_sosreport_is_a_snapshot_too()
    {
        Directory.CreateDirectory(At("sosreport-compute1-2026/sos_commands/openvswitch"));
        Directory.CreateDirectory(At("sosreport-compute1-2026/etc/neutron"));
        File.WriteAllText(At("sosreport-compute1-2026/sos_commands/openvswitch/ovs-ofctl_dump-flows_br-int"), "flows");
        File.WriteAllText(At("sosreport-compute1-2026/sos_commands/openvswitch/ovs-vsctl_-t_5_list_Open_vSwitch"), "x");
        File.WriteAllText(At("sosreport-compute1-2026/etc/neutron/neutron.conf"), "[DEFAULT]\n");
        QuantumSnapshot loaded = SnapshotReader.Load(At("sosreport-compute1-2026"));

        Assert.Equal("compute1", Assert.Single(loaded.Nodes).ComputerName);
        Assert.Equal(
            ["cat /etc/neutron/neutron.conf", "ovs-ofctl dump-flows br-int", "ovs-vsctl -t 5 list Open_vSwitch"],
            loaded.Outputs.Select(output => output.Command));
    }

    private static void Add(ZipArchive zip, string name, string content)
    {
        using Stream stream = zip.CreateEntry(name).Open();
        stream.Write(Encoding.UTF8.GetBytes(content));
    }

    private static QuantumError Refused(Func<QuantumSnapshot> action) => Assert.Throws<QuantumException>(action).Error;

    private string At(string name) => Path.Combine(_folder, name);

    private static string Describe(CommandOutput output) =>
        $"{output.ComputerName}|{output.Collector}|{output.Subject}|{output.Command}|{output.ExitStatus}|"
        + $"{output.TimedOut}|{output.StartedAt:o}|{output.DurationSeconds}|{output.Text}|{output.StandardError}";

    private static CommandOutput Output(string node, string text, params string[] argv) => new()
    {
        ComputerName = node,
        Argv = argv,
        ExitStatus = 0,
        StandardOutput = Encoding.UTF8.GetBytes(text),
    };

    private static QuantumSnapshot Sample() => new()
    {
        CollectedAt = new(2026, 11, 22, 6, 0, 0, DateTimeKind.Utc),
        Scope = "1408934f",
        RecordSource = RecordSource.Client,
        Nodes = [new() { ComputerName = "compute1", Roles = ["compute"] },
            new() { ComputerName = "netnode", FailureCode = "QN9002", Failure = "no route", Advice = "a" }],
        Outputs =
        [
            Output("compute1", "NXST_FLOW reply\n", "ovs-ofctl", "dump-flows", "br-int")
                with { Collector = "OvsFlow", Subject = "br-int", DurationSeconds = 0.25, StandardError = "w" },
            Output("compute1", "", "brctl", "show") with { ExitStatus = 127, TimedOut = true },
        ],
        RecordOutputs = [Output("ctl", "[]", "openstack", "port", "list", "-f", "json")],
    };
}
