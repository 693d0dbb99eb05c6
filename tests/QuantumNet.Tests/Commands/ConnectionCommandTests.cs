using QuantumNet.Access;
using QuantumNet.Access.Ssh;
using QuantumNet.Commands;
using QuantumNet.Pipeline;
using QuantumNet.Tests.Lab;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Commands;

public sealed class ConnectionCommandTests
{
    [Fact]
    public void A_connection_is_the_sessions_until_it_is_dropped()
    {
        string folder = Path.Combine(Repository.Root, "samples", "broken-QN5006-no-inbound-flow");
        var store = new ConnectionStore();
        var made = (QuantumConnection)Assert.Single(
            new TestHost { Connections = store }.Run(new ConnectQuantumCommand { Snapshot = folder }).Objects);
        Assert.Equal(folder, made.Snapshot);
        Assert.Same(made,
            Assert.Single(new TestHost { Connections = store }.Run(new GetQuantumConnectionCommand()).Objects));
        new TestHost { Connections = store }.Run(new DisconnectQuantumCommand());
        Assert.Empty(new TestHost { Connections = store }.Run(new GetQuantumConnectionCommand()).Objects);
    }

    [Fact]
    public void A_snapshot_that_is_not_there_is_an_error()
    {
        var error = Assert.Throws<QuantumException>(
            () => new TestHost().Run(new ConnectQuantumCommand { Snapshot = "/nowhere/at-all.zip" }));
        Assert.Equal("SnapshotNotFound", error.Error.Id);
    }

    [Theory]
    [InlineData("{ }", "InventoryEmpty")]
    [InlineData("{ \"nodes\": [ { \"nam\": \"n1\" } ] }", "InventoryInvalid")]
    [InlineData("PK\u0003\u0004", "InventoryIsSnapshot")]
    public void Bad_inventory_keeps_the_connection_that_was_there(string text, string id)
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, text);
        var store = new ConnectionStore { Default = new QuantumConnection { Name = "good" } };
        var error = Assert.Throws<QuantumException>(
            () => new TestHost { Connections = store }.Run(new ConnectQuantumCommand { Inventory = file }));
        File.Delete(file);
        Assert.Equal(id, error.Error.Id);
        Assert.Equal("good", store.Default.Name);
    }

    [Theory]
    [InlineData("/tmp", "InventoryIsSnapshot", "-Snapshot")]
    [InlineData("/nowhere/cloud.json", "InventoryNotFound", "New-QuantumInventory")]
    public void What_is_no_inventory_file_is_told_with_what_to_do(string path, string id, string advice)
    {
        QuantumError error = Assert.Throws<QuantumException>(
            () => new TestHost().Run(new ConnectQuantumCommand { Inventory = path })).Error;
        Assert.Equal(id, error.Id);
        Assert.Contains(advice, error.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("Could not find", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Zip_of_a_sample_named_without_its_ending_is_a_snapshot() => Assert.Equal("InventoryIsSnapshot",
        Assert.Throws<QuantumException>(() => new TestHost().Run(new ConnectQuantumCommand
        {
            Inventory = Path.Combine(Repository.Root, "samples", "fleet-three-causes"),
        })).Error.Id);

    [Fact]
    public void Files_of_parameters_are_checked_at_once()
    {
        Assert.Equal("ParameterFileNotUsable", IdOf(new() { ComputerName = ["n1"], SshConfigFile = "/nowhere/x" }));
        Assert.Equal("ParameterFileNotUsable", IdOf(new() { ComputerName = ["n1"], IdentityFile = "/tmp" }));
        Assert.Equal("ParameterAlone", IdOf(new() { ComputerName = ["n1"], EnvironmentFile = "openrc" }));
        Assert.Equal("NodeNameInvalid", IdOf(new() { ComputerName = ["n 1"] }));
    }

    private static string IdOf(ConnectQuantumCommand connect) =>
        Assert.Throws<QuantumException>(() => new TestHost().Run(connect)).Error.Id;

    [Fact]
    public void Named_connections_are_kept_side_by_side()
    {
        string samples = Path.Combine(Repository.Root, "samples");
        var store = new ConnectionStore();
        Connect("old", "healthy-neutron-vxlan");
        Connect("new", "broken-QN5006-no-inbound-flow");
        Assert.Equal("new", store.Default!.Name);
        Assert.Equal(["new", "old"], Names(new GetQuantumConnectionCommand { Name = ["*"] }));
        Assert.Equal(["old"], Names(new GetQuantumConnectionCommand { Name = ["OLD"] }));
        QuantumError error = Assert.Throws<QuantumException>(() => store.Find("odl")).Error;
        Assert.Contains("Did you mean old?", error.Advice, StringComparison.Ordinal);
        new TestHost { Connections = store }.Run(new DisconnectQuantumCommand { Name = ["new"] });
        Assert.Null(store.Default);
        Assert.Equal(["old"], Names(new GetQuantumConnectionCommand { Name = ["*"] }));

        void Connect(string name, string sample) => new TestHost { Connections = store }
            .Run(new ConnectQuantumCommand { Snapshot = Path.Combine(samples, sample), Name = name });
        IEnumerable<string> Names(GetQuantumConnectionCommand get) =>
            new TestHost { Connections = store }.Run(get).Objects.Cast<QuantumConnection>().Select(one => one.Name);
    }

    [Fact]
    public void Same_failure_of_four_nodes_is_one_message_with_four_names()
    {
        QuantumError[] errors = [.. SameFailure.Join([.. Enumerable.Range(1, 4).Reverse().Select(number =>
            AccessErrors.NodeUnreachable($"n{number}",
                $"ssh: connect to host 10.0.0.{number} port 22: Connection refused")),
            AccessErrors.NodeUnreachable("n5", "ssh: connect to host 10.0.0.5 port 22: No route to host")])];
        Assert.Equal(2, errors.Length);
        Assert.Equal("n1, n2, n3, n4", errors[0].Target);
        Assert.EndsWith("refused. The same holds for n2, n3 and n4.", errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_could_be_asked_nothing_else_is_said()
    {
        var source = new RecordingSource
        {
            OnGather = observer => observer.Failed(AccessErrors.NodeUnreachable("n1", "ssh: no route")),
        };
        QuantumConnection connection = new() { Name = "test", Source = source };
        foreach (QuantumCmdlet cmdlet in (QuantumCmdlet[])[
            new TestDhcpPathCommand { Connection = connection, PortId = ["p1"] },
            new GetQuantumPortCommand { Connection = connection, PortId = ["p1"] },
            new TestDhcpServerCommand { Connection = connection, NetworkId = ["net1"] },
            new TestOvsTunnelCommand { Connection = connection }])
            Assert.Equal("NodeUnreachable", Assert.Single(new TestHost().Run(cmdlet).Errors).Id);
    }

    [Fact]
    public void Ports_without_a_control_plane_are_worked_out_from_the_nodes()
    {
        var source = new RecordingSource();
        QuantumConnection connection = new() { Name = "test", Source = source, ControlPlane = "none" };
        new TestHost().Run(new GetQuantumPortCommand { Connection = connection });
        new TestHost().Run(new GetQuantumAgentCommand { Connection = connection });
        new TestHost().Run(new GetQuantumPortCommand { Connection = connection with { ControlPlane = "api" } });
        Assert.Contains("OvsPort", source.Requests[0].Collectors);
        Assert.DoesNotContain("AgentLog", source.Requests[0].Collectors);
        Assert.Equal(["none"], source.Requests[1].Collectors);
        Assert.Equal(["none"], source.Requests[2].Collectors);
    }

    [Fact]
    public void Advice_repeats_what_the_user_gave()
    {
        var transport = new SshTransport(new() { ConfigFile = "/home/me/my cloud/ssh" });
        Assert.Equal("ssh -F '/home/me/my cloud/ssh' -p 2222 -l stack 10.0.0.1", transport.Typed(
            new() { Name = "n1", Address = "10.0.0.1", Port = 2222, User = "stack" }));
        QuantumError error = new SshFailure("n1", "ssh -F /x n1", "/x").Explain(255,
            "ssh: connect to host n1 port 22: No route to host")!;
        Assert.Contains("'ssh -F /x n1 true'", error.Advice, StringComparison.Ordinal);
        Assert.Contains("{ \"name\": \"n9\" } to \"nodes\" of /c.json",
            AccessErrors.NodeNotInInventory("n9", new() { Path = "/c.json" }).Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Written_inventory_is_good_and_names_the_hosts_of_ssh_config()
    {
        string folder = Directory.CreateTempSubdirectory("cli-init-").FullName;
        string config = Path.Combine(folder, "config"), file = Path.Combine(folder, "cloud.json");
        File.WriteAllText(config, $"Include {folder}/more\nHost netnode gw-*\nHost *\n  User stack\n");
        File.WriteAllText(Path.Combine(folder, "more"), "Host compute1 compute2 !compute3\n");
        var result = (QuantumInventoryResult)Assert.Single(new TestHost().Run(new NewQuantumInventoryCommand
        {
            Path = file, SshConfigFile = config, ControllerName = "ctl",
        }).Objects);
        Assert.Equal((DhcpPathStatus.Ok, "compute1,compute2,netnode,ctl"),
            (result.Status, string.Join(',', result.ComputerName)));
        Assert.Equal(config, InventoryFile.Load(file).Ssh.ConfigFile);
        var second = new NewQuantumInventoryCommand { Path = file, ComputerName = ["n1"] };
        second.SetSwitch("NoClobber", true);
        Assert.Equal("FileExists", Assert.Throws<QuantumException>(() => new TestHost().Run(second)).Error.Id);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Checks_are_listed_by_code_with_wildcards()
    {
        TestHost host = new TestHost().Run(new GetQuantumCheckCommand { Code = ["qn400*"] });
        Assert.All(host.Objects.Cast<CheckInfo>(),
            check => Assert.StartsWith("QN400", check.Code, StringComparison.Ordinal));
        Assert.Contains(host.Objects.Cast<CheckInfo>(), check => check.Code == "QN4002");
        Assert.Equal("CheckNotFound",
            Assert.Single(new TestHost().Run(new GetQuantumCheckCommand { Code = ["QN4999"] }).Errors).Id);
        Assert.Empty(new TestHost().Run(new GetQuantumCheckCommand { Code = [""] }).Errors);
    }
}
