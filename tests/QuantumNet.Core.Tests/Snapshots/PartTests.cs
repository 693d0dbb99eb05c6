using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using QuantumNet.Diagnosis;
using QuantumNet.Snapshots;
using QuantumNet.Snapshots.Parts;

namespace QuantumNet.Core.Tests.Snapshots;

/// <summary>What the collector's script printed on four nodes of a lab, joined: in any order, with holes.</summary>
public sealed class PartTests : IDisposable
{
    private static readonly string s_parts = Path.Combine(Samples.Folder, "collector", "neutron-vxlan");
    private static readonly string[] s_nodes = ["compute1", "compute2", "netnode", "controller"];
    private readonly string _folder = Directory.CreateTempSubdirectory("qn-parts-").FullName;
    private readonly List<QuantumError> _errors = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Parts_of_all_nodes_are_the_cloud_with_its_records()
    {
        Put(s_nodes);
        QuantumSnapshot snapshot = Load();
        Assert.Equal(["compute1", "compute2", "netnode"], snapshot.Nodes.Select(node => node.ComputerName));
        Assert.Equal(["compute", "compute", "network"], snapshot.Nodes.Select(node => node.Roles.Single()));
        Assert.Equal(RecordSource.Client, snapshot.RecordSource);
        Assert.InRange(snapshot.CollectedAt, new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), DateTime.UtcNow.AddDays(1));
        Assert.Equal(3, Verdicts(snapshot).Length);
        Assert.All(Verdicts(snapshot), verdict => Assert.Equal(DhcpPathStatus.Ok, verdict.Status));
        Assert.Empty(SnapshotCoverage.Of(snapshot).MissingEvidence);
    }

    [Fact]
    public void Names_of_files_and_their_order_do_not_matter()
    {
        Put(s_nodes);
        CommandOutput[] first = [.. Load().Outputs.OrderBy(output => output.ComputerName, StringComparer.Ordinal)];
        foreach (string node in s_nodes)
            File.Move(InFolder(node), InFolder($"{9 - Array.IndexOf(s_nodes, node)}"));
        Assert.Equal(first.Select(Told),
            Load().Outputs.OrderBy(output => output.ComputerName, StringComparer.Ordinal).Select(Told));
    }

    [Theory]
    [InlineData("compute1"), InlineData("compute2"), InlineData("netnode")]
    public void Missing_part_is_a_hole_that_is_told_and_never_ok(string missing)
    {
        Put([.. s_nodes.Where(node => node != missing)]);
        QuantumSnapshot snapshot = Load();
        SnapshotNode hole = Assert.Single(snapshot.Nodes, node => node.FailureCode.Length > 0);
        Assert.Equal((missing, "QN9002"), (hole.ComputerName, hole.FailureCode));
        Assert.Contains(Verdicts(snapshot), verdict => verdict.Status == DhcpPathStatus.Unknown);
    }

    [Fact]
    public void Without_the_control_planes_part_records_are_worked_out()
    {
        Put(s_nodes[..3]);
        QuantumSnapshot snapshot = Load();
        Assert.Equal(RecordSource.Inferred, snapshot.RecordSource);
        Assert.Equal([DhcpPathStatus.Ok], Verdicts(snapshot).Select(verdict => verdict.Status).Distinct());
    }

    [Fact]
    public void Part_that_was_cut_costs_one_error_and_keeps_what_it_held()
    {
        Put(s_nodes);
        File.WriteAllText(InFolder("compute1"), Text("compute1")[..20000]);
        QuantumSnapshot snapshot = Load("SnapshotPartTruncated");
        Assert.Equal("QN9002", snapshot.Nodes.Single(node => node.ComputerName == "compute1").FailureCode);
        Assert.Contains(snapshot.Outputs,
            output => output.ComputerName == "compute1" && output.StandardOutput.Length > 0);
        Assert.Contains(snapshot.Outputs, output => output.ComputerName == "compute1"
            && output.StandardError.Contains("did not run", StringComparison.Ordinal));
    }

    [Fact]
    public void Part_cut_anywhere_costs_one_error_whatever_it_holds() => Prop.ForAll(
        Gen.Choose(0, Text("netnode").Length - 100).ToArbitrary(), length =>
        {
            Put(s_nodes);
            File.WriteAllText(InFolder("netnode"), Text("netnode")[..length]);
            _errors.Clear();
            QuantumSnapshot snapshot = SnapshotReader.Load(_folder, _errors.Add);
            return _errors.Count == 1 && _errors[0].Id is "SnapshotPartTruncated" or "SnapshotPartForeign"
                && snapshot.Nodes.Count(node => node.FailureCode == "QN9002") == 1
                && Array.TrueForAll(Verdicts(snapshot), verdict => verdict.Status != DhcpPathStatus.Ok);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public void Part_that_came_twice_is_told_and_the_whole_one_is_read()
    {
        Put(s_nodes);
        File.WriteAllText(InFolder("again"), Text("netnode")[..9000]);
        QuantumSnapshot snapshot = Load("SnapshotPartRepeated");
        Assert.DoesNotContain(snapshot.Nodes, node => node.FailureCode.Length > 0);
        Assert.Equal(snapshot.Outputs.Length, snapshot.Outputs
            .Select(output => (output.ComputerName, output.Command, output.Collector, output.Subject))
            .Distinct().Count());
    }

    [Fact]
    public void File_that_is_no_part_is_told_and_left_out()
    {
        Put(s_nodes);
        File.WriteAllText(InFolder("README"), "what lies here\n");
        Assert.Equal(3, Load("SnapshotPartForeign").Nodes.Length);
    }

    [Fact]
    public void One_file_may_hold_all_of_them_one_behind_the_other()
    {
        string all = InFolder("all.txt");
        File.WriteAllText(all, "Last login: today\n" + string.Concat(s_nodes.Select(node => Text(node))));
        QuantumSnapshot snapshot = SnapshotReader.Load(all, _errors.Add);
        Assert.Empty(_errors);
        Assert.All(Verdicts(snapshot), verdict => Assert.Equal(DhcpPathStatus.Ok, verdict.Status));
    }

    [Fact]
    public void Lines_of_nodes_may_be_mixed_where_each_stands_behind_its_node()
    {
        Queue<string>[] lines = [.. s_nodes.Select(node => new Queue<string>(
            Text(node).TrimEnd().Split('\n').Select(line => $"{node}: {line}")))];
        StringBuilder mixed = new("pdsh@operator: netnode: ssh exited with exit code 0\n");
        Random random = new(3);
        while (lines.Any(queue => queue.Count > 0))
        {
            if (lines[random.Next(lines.Length)].TryDequeue(out string? line))
                mixed.Append(line).Append('\n');
        }
        File.WriteAllText(InFolder("mixed"), mixed.ToString());
        Assert.All(Verdicts(Load()), verdict => Assert.Equal(DhcpPathStatus.Ok, verdict.Status));
    }

    [Fact]
    public void Indented_text_of_other_tools_may_stand_around_them()
    {
        File.WriteAllText(InFolder("salt"), string.Concat(s_nodes.Select(node =>
            $"{node}:\n    ----------\n    pid:\n        7\n    retcode:\n        0\n    stdout:\n"
            + string.Concat(Text(node).TrimEnd().Split('\n').Select(line => $"        {line}\r\n")))));
        Assert.All(Verdicts(Load()), verdict => Assert.Equal(DhcpPathStatus.Ok, verdict.Status));
    }

    [Fact]
    public void Node_without_gzip_prints_it_plain()
    {
        Put(s_nodes);
        File.WriteAllBytes(InFolder("netnode"), [.. Encoding.ASCII.GetBytes("motd\nquantumnet-part 1 plain\n"),
            .. PartText.Find(Encoding.ASCII.GetBytes(Text("netnode")), _ => int.MaxValue).Single().Span]);
        Assert.All(Verdicts(Load()), verdict => Assert.Equal(DhcpPathStatus.Ok, verdict.Status));
    }

    [Fact]
    public void Snapshot_among_them_gives_its_records()
    {
        Put(s_nodes);
        QuantumSnapshot whole = Load();
        File.Delete(InFolder("controller"));
        SnapshotWriter.Save(whole with { Nodes = [], Outputs = [], RecordSource = RecordSource.Api },
            InFolder("records.zip"), force: false);
        QuantumSnapshot joined = Load();
        Assert.Equal(RecordSource.Api, joined.RecordSource);
        Assert.Equal(whole.RecordOutputs.Length, joined.RecordOutputs.Length);
        Assert.All(Verdicts(joined), verdict => Assert.Equal(DhcpPathStatus.Ok, verdict.Status));
    }

    [Fact]
    public void Joined_parts_are_saved_as_any_snapshot()
    {
        Put(s_nodes);
        QuantumSnapshot parts = Load();
        string zip = Path.Combine(_folder, "..", $"{Path.GetFileName(_folder)}.zip");
        try
        {
            SnapshotWriter.Save(parts, zip, force: true);
            Assert.Equal(parts.Outputs.Select(Told), SnapshotReader.Load(zip).Outputs.Select(Told));
        }
        finally
        {
            File.Delete(zip);
        }
    }

    [Fact]
    public void Parts_that_unpack_to_too_much_are_cut()
    {
        using MemoryStream bomb = new();
        using (GZipStream gzip = new(bomb, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 100; i++)
                gzip.Write(block);
        }
        File.WriteAllText(InFolder("bomb"),
            $"quantumnet-part 1 base64\n{Convert.ToBase64String(bomb.ToArray())}\n");
        Put(s_nodes);
        List<QuantumError> errors = [];
        QuantumSnapshot snapshot = SnapshotReader.Load(_folder, errors.Add, new SnapshotLimits(8 << 20, 32 << 20));
        Assert.Equal("SnapshotPartForeign", Assert.Single(errors).Id);
        Assert.Equal(3, snapshot.Nodes.Length);
    }

    [Fact]
    public void Whatever_stands_in_them_nothing_is_thrown() => Prop.ForAll(
        ArbMap.Default.ArbFor<(PositiveInt At, byte Value)[]>(), changes =>
        {
            byte[] inner = PartText.Find(Encoding.ASCII.GetBytes(Text("compute1")), _ => int.MaxValue).Single()
                .ToArray();
            foreach ((PositiveInt at, byte value) in changes)
                inner[at.Get * 7919 % inner.Length] = value;
            return PartReader.Read("x", inner) is null or { Outputs.Length: >= 0 };
        }).QuickCheckThrowOnFailure();

    private static (string, string, string, int?, string) Told(CommandOutput output) => (output.ComputerName,
        output.Command, output.Collector, output.ExitStatus, output.Text);

    private QuantumSnapshot Load(params string[] errors)
    {
        _errors.Clear();
        QuantumSnapshot snapshot = SnapshotReader.Load(_folder, _errors.Add);
        Assert.Equal(errors, _errors.Select(error => error.Id));
        return snapshot;
    }

    private static DhcpPathResult[] Verdicts(QuantumSnapshot snapshot)
    {
        Cloud cloud = CloudReader.Read(snapshot);
        DhcpPathTester tester = new(cloud);
        return [.. cloud.Records.Ports.Where(port => !port.IsDhcp).Select(port => tester.Test(port))];
    }

    private void Put(string[] nodes)
    {
        foreach (string node in nodes)
            File.WriteAllText(InFolder(node), Text(node));
    }

    private string InFolder(string name) => Path.Combine(_folder, name);

    private static string Text(string node) => File.ReadAllText(Path.Combine(s_parts, node + ".part"));
}
