using QuantumNet.Access;
using QuantumNet.Commands;
using QuantumNet.Tests.Lab;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Packages;

public sealed class SampleFolderTests
{
    [Fact]
    public void Samples_of_the_source_are_found_and_named_by_what_they_show()
    {
        QuantumSample[] samples = [.. new TestHost().Run(new GetQuantumSampleCommand()).Objects.Cast<QuantumSample>()];
        Assert.Contains(samples, sample => sample is { Name: "healthy-neutron-vxlan", Kind: "Healthy", Cause: "" });
        QuantumSample broken = Assert.Single(samples, sample => sample.Name == "broken-QN5006-no-inbound-flow");
        Assert.Equal(("Broken", "QN5006"), (broken.Kind, broken.Cause));
        Assert.Equal(QuantumNet.Faults.CheckCatalog.Find("QN5006")!.Title, broken.Title);
        Assert.Equal(broken.Path, broken.ToString());
        Assert.True(samples.Length > 15);
        Assert.All(samples, sample => Assert.StartsWith(Path.Combine(Repository.Root, "samples"), sample.Path,
            StringComparison.Ordinal));
    }

    [Fact]
    public void Samples_are_chosen_by_name_and_wildcard()
    {
        TestHost host = new TestHost().Run(new GetQuantumSampleCommand { Name = ["fleet*", "broken-QN4001-port"] });
        Assert.Equal("fleet-three-causes", Assert.Single(host.Objects.Cast<QuantumSample>()).Name);
        QuantumError error = Assert.Single(host.Errors);
        Assert.Equal("SampleNotFound", error.Id);
        Assert.Contains("broken-QN4001-port-has-no-tag", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Zip_is_meant_by_its_name_without_the_ending()
    {
        string path = Path.Combine(Repository.Root, "samples", "fleet-three-causes");
        Assert.False(Path.Exists(path));
        QuantumSnapshot read = (QuantumSnapshot)Assert.Single(
            new TestHost().Run(new ImportQuantumSnapshotCommand { Path = [path] }).Objects);
        Assert.Equal(path + ".zip", read.Path);
        var connection = (QuantumConnection)Assert.Single(
            new TestHost().Run(new ConnectQuantumCommand { Snapshot = path }).Objects);
        Assert.Equal(("fleet-three-causes.zip", path + ".zip"), (connection.Name, connection.Snapshot));
    }

    [Fact]
    public void Folder_and_zip_of_one_sample_are_one()
    {
        string folder = Directory.CreateTempSubdirectory("cli-samples-").FullName;
        File.WriteAllText(Path.Combine(folder, "healthy-a.zip"), "");
        Directory.CreateDirectory(Path.Combine(folder, "healthy-a"));
        File.WriteAllText(Path.Combine(folder, "healthy-a", "snapshot.json"), "");
        Directory.CreateDirectory(Path.Combine(folder, "make"));
        Assert.Equal("healthy-a", Assert.Single(SampleFolder.In(folder)).Name);
        Directory.Delete(folder, recursive: true);
    }
}
