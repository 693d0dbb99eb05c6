using QuantumNet.Access.ControlPlane;
using QuantumNet.Parsing.Clients;
using QuantumNet.Snapshots;
using QuantumNet.Tests.Lab;

namespace QuantumNet.Tests.ControlPlane;

/// <summary>Records from answers that somebody saved: real ones, in folders as people keep them.</summary>
public sealed class FileControlPlaneTests : IDisposable
{
    private const string Recorded = "neutron-zed/hybrid+gre/controller/";
    private readonly string _folder = Directory.CreateTempSubdirectory("quantumnet-records-").FullName;
    private readonly HeardObserver _heard = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(RecordSource.Client,
        "port-list-long.json port-show.json network-list-long.json subnet-list.json agent-list.json")]
    [InlineData(RecordSource.Client,
        "port-list.table port-show.table network-show.table subnet-list.json agent-show-dhcp.json")]
    [InlineData(RecordSource.Client,
        "neutron-port-list.txt neutron-port-show.txt neutron-net-show.txt subnet-show.json agent-show-ovs.json")]
    [InlineData(RecordSource.Api, "rest/ports.http rest/networks.http rest/subnets.http rest/agents.http")]
    public async Task A_folder_of_answers_is_read(RecordSource source, string files)
    {
        foreach (string file in files.Split(' '))
            Keep(file);
        (CommandOutput[] answers, FileControlPlane plane) = await Fetch(_folder);
        CloudRecords records = RecordReader.Read(answers, []);
        Assert.Equal(source, plane.Source);
        Assert.Equal(files.Split(' ').Length, answers.Length);
        Assert.Contains(records.Ports, port => port.PortId == PortId && port.Mac.Length > 0);
        Assert.NotEmpty(records.Networks);
        Assert.NotEmpty(records.Subnets);
        Assert.NotEmpty(records.Agents);
        Assert.Equal(answers.Length, _heard.Finished.Count);
        Assert.Empty(_heard.Errors);
    }

    [Fact]
    public async Task What_is_no_answer_is_left_alone()
    {
        Keep("port-list-long.json");
        Keep("openstack-version.txt");
        File.WriteAllText(Path.Combine(_folder, "notes.md"), "not an answer");
        File.WriteAllText(Path.Combine(_folder, "diary.txt"), "not an answer either");
        (CommandOutput[] answers, _) = await Fetch(_folder);
        Assert.Equal(["openstack", "port", "list", "-f", "json"], Assert.Single(answers).Argv);
    }

    [Theory]
    [InlineData("healthy-grizzly-gre")]
    [InlineData("healthy-neutron-vxlan")]
    public async Task The_records_of_a_snapshot_are_read(string sample)
    {
        string path = Path.Combine(Repository.Root, "samples", sample);
        (CommandOutput[] answers, FileControlPlane plane) = await Fetch(path);
        Assert.Equal(RecordSource.Client, plane.Source);
        Assert.Equal(3, RecordReader.Read(answers, []).Ports
            .Count(port => port.DeviceOwner.StartsWith("compute:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_with_its_path()
    {
        string nowhere = Path.Combine(_folder, "nowhere");
        foreach (string path in (string[])[nowhere, _folder])
        {
            QuantumError error = (await Assert.ThrowsAsync<QuantumException>(() => Fetch(path))).Error;
            Assert.Equal(("RecordsUnreadable", path), (error.Id, error.Target));
            Assert.Contains("controlPlane.path", error.Advice, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_told_and_the_rest_is_read()
    {
        Keep("port-list-long.json");
        string large = Path.Combine(_folder, "network-list.json");
        using (FileStream file = File.Create(large))
            file.SetLength(65L * 1024 * 1024);
        (CommandOutput[] answers, _) = await Fetch(_folder);
        Assert.Single(answers);
        Assert.Equal(large, Assert.Single(_heard.Errors).Target);
    }

    private static string PortId { get; } = FakeCloud.Body("port.http")["port"]!["id"]!.GetValue<string>();

    private void Keep(string file) => File.WriteAllText(Path.Combine(_folder, Path.GetFileName(file)),
        Fixture.Text(Recorded + file));

    private async Task<(CommandOutput[] Answers, FileControlPlane Plane)> Fetch(string path)
    {
        var plane = new FileControlPlane(path);
        return (await plane.FetchAsync(new(), _heard, default), plane);
    }
}
