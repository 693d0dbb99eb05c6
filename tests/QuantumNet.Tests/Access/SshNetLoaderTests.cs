using System.Reflection;
using System.Reflection.Emit;
using QuantumNet.Access;
using QuantumNet.Access.ControlPlane;
using QuantumNet.Access.Gathering;
using QuantumNet.Access.Ssh;
using QuantumNet.Access.Ssh.Config;
using QuantumNet.Commands;
using QuantumNet.Snapshots;
using QuantumNet.Tests.Lab;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Access;

/// <summary>How transport sshnet is loaded, and what is said where it cannot be.</summary>
public sealed class SshNetLoaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quantumnet-sshnet-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_node_of_an_inventory_whose_transport_is_damaged_fails_alone()
    {
        Listener listener = new();
        Inventory inventory = new() { Nodes = [new() { Name = "n1", Transport = "sshnet" },
            new() { Name = "here", Transport = "local" }] };
        INodeTransport TransportOf(InventoryNode node) => node.Transport == "sshnet"
            ? throw SshNetErrors.NotLoaded(_folder, new FileNotFoundException("no file")).ToException()
            : LiveSource.TransportOf(inventory, null, node);
        QuantumSnapshot snapshot = await new LiveSource(inventory, null, TransportOf,
                [new Declared("Test", new CommandTemplate("uname", "-n"))])
            .GatherAsync(new(), listener, default);
        Assert.Equal("SshNetNotLoaded", Assert.Single(listener.Errors).Id);
        Assert.Equal(0, Assert.Single(snapshot.Outputs).ExitStatus);
    }

    [Fact]
    public void Files_that_are_not_there_are_named()
    {
        QuantumError error = Assert.Throws<QuantumException>(() => SshNetLoader.Load(_folder)).Error;
        Assert.Equal("SshNetNotLoaded", error.Id);
        Assert.Equal(QuantumErrorCategory.NotInstalled, error.Category);
        Assert.Equal(Path.Combine(_folder, "lib", "SshNet"), error.Target);
    }

    [Fact]
    public void A_program_that_refers_to_it_loads_it_from_its_own_folder() =>
        Assert.Equal("QuantumNet.SshNet.SshNetTransport", SshNetLoader.Create(new(), null).GetType().FullName);

    [Fact]
    public void Files_that_are_no_assemblies_are_named()
    {
        string part = Directory.CreateDirectory(Path.Combine(_folder, "lib", "SshNet")).FullName;
        File.WriteAllText(Path.Combine(part, "QuantumNet.SshNet.dll"), "no assembly");
        QuantumError missing = Assert.Throws<QuantumException>(() => SshNetLoader.Load(_folder)).Error;
        Assert.Equal("SshNetNotLoaded", missing.Id);
        Assert.Equal(part, missing.Target);
        File.WriteAllText(Path.Combine(part, "Renci.SshNet.dll"), "no assembly either");
        Assert.Equal("SshNetNotLoaded", Assert.Throws<QuantumException>(() => SshNetLoader.Load(_folder)).Error.Id);
    }

    [Theory]
    [InlineData(true, "does not belong")]
    [InlineData(false, "SshNetTransport")]      // of this version, but not what it should be
    public void A_transport_of_another_version_is_not_used(bool isOther, string because)
    {
        string part = Directory.CreateDirectory(Path.Combine(_folder, "lib", "SshNet")).FullName;
        Version own = typeof(SshNetLoader).Assembly.GetName().Version!;
        foreach ((string name, Version version) in new[] { ("Renci.SshNet", new Version(1, 0)),
            ("QuantumNet.SshNet", isOther ? new Version(own.Major + 1, 0) : own) })
        {
            PersistedAssemblyBuilder assembly = new(new AssemblyName(name) { Version = version },
                typeof(object).Assembly);
            assembly.DefineDynamicModule(name);
            assembly.Save(Path.Combine(part, name + ".dll"));
        }
        QuantumError error = Assert.Throws<QuantumException>(() => SshNetLoader.Load(_folder)).Error;
        Assert.Equal("SshNetNotLoaded", error.Id);
        Assert.Contains(because, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_transport_is_for_nodes_that_are_reached_by_ssh_and_not_for_this_machine()
    {
        Inventory inventory = new Inventory
        {
            Nodes = [new() { Name = "a" }, new() { Name = "b", Transport = "sshnet" },
                new() { Name = "here", Transport = "local" }],
        };
        Assert.Equal(["sshnet", "sshnet", "local"], inventory.Through("sshnet").Nodes.Select(node => node.Transport));
        Assert.Equal(["ssh", "ssh", "local"], inventory.Through("ssh").Nodes.Select(node => node.Transport));
        Assert.Equal("sshnet", inventory.Through("sshnet").Unlisted("c").Transport);
        Assert.Equal("auto", InventoryFile.Parse("{}"u8, "x").Unlisted("c").Transport);
    }

    [Fact]
    public void No_assembly_of_the_module_refers_to_it() =>
        Assert.DoesNotContain(typeof(SshNetLoader).Assembly.GetReferencedAssemblies(),
            name => name.Name!.Contains("SshNet", StringComparison.Ordinal));

    [Fact]
    public void Every_error_has_an_id_of_its_own_a_sentence_and_advice()
    {
        HostKey key = KnownHostsTests.KeyOf("host_rsa");
        Assert.True(KnownHostsLine.TryParse($"n1 {key.Type} {key.Base64}", "f", 3, out KnownHostsLine? line));
        IOException cause = new("no.");
        HostKeySubject n1 = new("n1", "n1", 22);
        QuantumError[] errors = [HostKeyErrors.Unknown(n1, key, "f", "l", ""), HostKeyErrors.Changed(n1, key, line),
            HostKeyErrors.Revoked(n1, key, line), HostKeyErrors.Unreadable(n1), HostKeyErrors.Unproven(n1),
            SshConfigErrors.JumpsRound("n1", "j"), SshConfigErrors.ProxyCommand("n1", null),
            HostKeyErrors.FileNotRead("f", cause), HostKeyErrors.FileNotWritten("f", cause),
            SshNetErrors.NotLoaded("f", cause), SshNetErrors.LoginRefused("n1", "no"),
            SshNetErrors.Unreachable("n1", "no")];
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
