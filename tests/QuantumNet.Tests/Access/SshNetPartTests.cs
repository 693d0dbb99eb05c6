using System.Reflection;
using System.Reflection.Emit;
using QuantumNet.Access;
using QuantumNet.Access.ControlPlane;
using QuantumNet.Access.Gathering;
using QuantumNet.Access.Ssh;
using QuantumNet.Commands;
using QuantumNet.Snapshots;
using QuantumNet.Tests.Lab;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Access;

/// <summary>Transport sshnet where its optional part is not there, as in this build.</summary>
public sealed class SshNetPartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quantumnet-part-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Asking_for_it_tells_that_it_is_missing_and_how_to_add_it()
    {
        QuantumError error = Assert.Throws<QuantumException>(() => Connect(new() { ComputerName = ["n1"], Transport = "SshNet" })).Error;
        Assert.Equal("SshNetNotInstalled", error.Id);
        Assert.Equal(QuantumErrorCategory.NotInstalled, error.Category);
        Assert.Contains("-WithSshNet", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_of_an_inventory_that_needs_it_fails_alone()
    {
        Listener listener = new();
        Inventory inventory = new() { Nodes = [new() { Name = "n1", Transport = "sshnet" }, new() { Name = "here", Transport = "local" }] };
        QuantumSnapshot snapshot = await new LiveSource(inventory, null, node => LiveSource.TransportOf(inventory, null, node), [new Declared("Test", new CommandTemplate("uname", "-n"))])
            .GatherAsync(new(), listener, default);
        Assert.Equal("SshNetNotInstalled", Assert.Single(listener.Errors).Id);
        Assert.Equal(0, Assert.Single(snapshot.Outputs).ExitStatus);
    }

    [Fact]
    public void A_controller_that_needs_it_is_an_error_at_once() => Assert.Equal("SshNetNotInstalled", Assert.Throws<QuantumException>(() =>
        ControlPlaneChoice.Of(new Inventory { ControlPlane = new() { Source = "client", Node = "ctl" } }.Through("sshnet"))).Error.Id);

    [Fact]
    public void A_part_that_cannot_be_loaded_is_named()
    {
        string part = Directory.CreateDirectory(Path.Combine(_folder, "lib", "SshNet")).FullName;
        File.WriteAllText(Path.Combine(part, "QuantumNet.SshNet.dll"), "no assembly");
        QuantumError missing = Assert.Throws<QuantumException>(() => SshNetPart.Load(_folder)).Error;
        Assert.Equal("SshNetNotLoaded", missing.Id);
        Assert.Equal(part, missing.Target);
        File.WriteAllText(Path.Combine(part, "Renci.SshNet.dll"), "no assembly either");
        Assert.Equal("SshNetNotLoaded", Assert.Throws<QuantumException>(() => SshNetPart.Load(_folder)).Error.Id);
    }

    [Theory]
    [InlineData(true, "does not belong")]
    [InlineData(false, "SshNetTransport")]      // of this version, but not what it should be
    public void A_part_of_another_version_is_not_used(bool isOther, string because)
    {
        string part = Directory.CreateDirectory(Path.Combine(_folder, "lib", "SshNet")).FullName;
        Version own = typeof(SshNetPart).Assembly.GetName().Version!;
        foreach ((string name, Version version) in new[] { ("Renci.SshNet", new Version(1, 0)), ("QuantumNet.SshNet", isOther ? new Version(own.Major + 1, 0) : own) })
        {
            PersistedAssemblyBuilder assembly = new(new AssemblyName(name) { Version = version }, typeof(object).Assembly);
            assembly.DefineDynamicModule(name);
            assembly.Save(Path.Combine(part, name + ".dll"));
        }
        QuantumError error = Assert.Throws<QuantumException>(() => SshNetPart.Load(_folder)).Error;
        Assert.Equal("SshNetNotLoaded", error.Id);
        Assert.Contains(because, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_transport_is_for_nodes_that_are_reached_by_ssh_and_not_for_this_machine()
    {
        Inventory inventory = new Inventory
        {
            Nodes = [new() { Name = "a" }, new() { Name = "b", Transport = "sshnet" }, new() { Name = "here", Transport = "local" }],
        };
        Assert.Equal(["sshnet", "sshnet", "local"], inventory.Through("sshnet").Nodes.Select(node => node.Transport));
        Assert.Equal(["ssh", "ssh", "local"], inventory.Through("ssh").Nodes.Select(node => node.Transport));
        Assert.Equal("sshnet", inventory.Through("sshnet").Unlisted("c").Transport);
        Assert.Equal("ssh", InventoryFile.Parse("{}"u8, "x").Unlisted("c").Transport);
    }

    [Fact]
    public void That_ssh_config_is_not_read_is_said()
    {
        string file = Path.Combine(_folder, "cloud.json");
        File.WriteAllText(file, """{ "nodes": [ { "name": "n1", "transport": "sshnet" } ], "ssh": { "configFile": "/etc/jump" } }""");
        TestHost host = Connect(new() { Inventory = file });
        Assert.Contains("/etc/jump", Assert.Single(host.Warnings), StringComparison.Ordinal);
        Assert.Empty(Connect(new() { Inventory = file, Transport = "Ssh" }).Warnings);
        File.WriteAllText(file, """{ "nodes": [ { "name": "n1" } ], "ssh": { "configFile": "/etc/jump" } }""");
        Assert.Empty(Connect(new() { Inventory = file }).Warnings);
    }

    [Fact]
    public void No_assembly_of_the_module_refers_to_the_part()
    {
        Assert.DoesNotContain(typeof(SshNetPart).Assembly.GetReferencedAssemblies(), name => name.Name!.Contains("SshNet", StringComparison.Ordinal));
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "QuantumNet.slnx"));
        Assert.DoesNotContain("SshNet", solution, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_error_has_an_id_of_its_own_a_sentence_and_advice()
    {
        HostKey key = KnownHostsTests.KeyOf("host_rsa");
        Assert.True(KnownHostsLine.TryParse($"n1 {key.Type} {key.Base64}", "f", 3, out KnownHostsLine? line));
        IOException cause = new("no.");
        QuantumError[] errors = [HostKeyErrors.Unknown("n1", key, "f", "l", ""), HostKeyErrors.Changed("n1", key, line), HostKeyErrors.Revoked("n1", key, line),
            HostKeyErrors.Unreadable("n1"), HostKeyErrors.FileNotRead("f", cause), HostKeyErrors.FileNotWritten("f", cause), SshNetErrors.NotInstalled("f"),
            SshNetErrors.NotLoaded("f", cause), SshNetErrors.LoginRefused("n1", "no"), SshNetErrors.Unreachable("n1", "no")];
        Assert.Equal(errors.Length, errors.Select(error => error.Id).Distinct().Count());
        Assert.All(errors, error =>
        {
            Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
            Assert.False(error.Message.EndsWith("..", StringComparison.Ordinal), error.Message);
            Assert.EndsWith(".", error.Advice, StringComparison.Ordinal);
        });
    }

    private static TestHost Connect(ConnectQuantumCommand command) => new TestHost().Run(command);
}
