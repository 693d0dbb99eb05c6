using System.Text;
using QuantumNet.Access;
using QuantumNet.Access.ControlPlane;
using QuantumNet.Access.Gathering;
using QuantumNet.Access.Ssh;
using QuantumNet.Snapshots;

namespace QuantumNet.Tests.ControlPlane;

public sealed class ClientTests : IDisposable
{
    private const string Lab = "openstackclient-6.0/";
    private readonly string _folder = Directory.CreateTempSubdirectory("client-").FullName;
    private readonly HeardObserver _heard = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Runs commands with the shell here, with our own programs first in PATH.</summary>
    private ClientRunner Runner() => new(
        new InventoryNode { Name = "controller", Transport = "local",
            Environment = { ["PATH"] = $"{_folder}:/usr/bin:/bin" } },
        new LocalTransport(),
        _heard);

    private void Program(string name, string body)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, "#!/bin/sh\n" + body);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void One_start_of_the_client_answers_many_commands()
    {
        // Recorded: commands and what python3-openstackclient printed for them, one of them unknown to it.
        string[][] commands =
        [
            ["openstack", "port", "list", "--bogus", "x", "-f", "json"],
            ["openstack", "port", "list", "--long", "-f", "json"],
            ["openstack", "network", "agent", "list", "-f", "json"],
        ];
        var joined = new CommandOutput
        {
            ExitStatus = 0,
            StandardOutput = Encoding.UTF8.GetBytes(Fixture.Text(Lab + "interactive.txt")),
            StandardError = Fixture.Text(Lab + "interactive.stderr.txt"),
        };

        CommandOutput[] parts = ClientBatch.Split(commands, joined)!;

        Assert.Equal([1, 0, 0], parts.Select(part => part.ExitStatus));
        Assert.Contains("unrecognized arguments", parts[0].StandardError, StringComparison.Ordinal);
        Assert.StartsWith("[", parts[1].Text, StringComparison.Ordinal);
        Assert.Contains("\"Fixed IP Addresses\"", parts[1].Text, StringComparison.Ordinal);
        Assert.EndsWith("]\n", parts[2].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("quantumnet-frame", string.Concat(parts.Select(part => part.Text)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vm1;rm")]
    [InlineData("a b")]
    [InlineData("x|y")]
    [InlineData("!reboot")]
    [InlineData("$(id)")]
    [InlineData("a\nb")]
    [InlineData("'q'")]
    [InlineData("")]
    public void A_word_with_a_meaning_to_the_client_does_not_go_through_its_standard_input(string word) =>
        Assert.False(ClientBatch.CanTake(["openstack", "port", "show", word]));

    [Theory]
    [InlineData("openstack port delete x")]
    [InlineData("openstack port set --disable x")]
    [InlineData("openstack")]
    [InlineData("openstack server ssh x")]
    [InlineData("neutron port-delete x")]
    [InlineData("quantum net-create x")]
    [InlineData("nova delete x")]
    [InlineData("sh -c id")]
    public void What_changes_anything_is_not_allowed(string command) =>
        Assert.False(ClientAllowList.Allows(command.Split(' ')));

    [Theory]
    [InlineData("port list -f json\n!reboot\n")]
    [InlineData("port delete x\n!echo quantumnet-frame-0\n")]
    [InlineData("port list -f json | sh\n")]
    [InlineData("port list -f json")]
    [InlineData("\n")]
    [InlineData("!echo a b\n")]
    public void Standard_input_is_held_against_the_list_line_by_line(string input) =>
        Assert.False(ClientAllowList.Allows(new ClientCommand("openstack") { StandardInput = input }));

    [Fact]
    public void All_that_is_ever_asked_is_allowed()
    {
        foreach (string port in (string[])["", "vm1", "10.0.0.1", "fa:16:3e:00:00:01",
            "43fefa8a-80d6-42f1-a9ac-27d17ccf4504"])
        {
            var questions = new OpenStackQuestions(new RecordRequest { Port = port });
            const string id = "43fefa8a-80d6-42f1-a9ac-27d17ccf4504";
            ClientQuestion[] all =
            [
                .. questions.Lists(), .. questions.Find(), .. questions.OfPort(id), .. questions.OfSubnet(id),
                .. questions.OfNetwork(id), .. questions.OfInstance(id), .. questions.OfGroup(id),
                .. questions.OfAgent(new QuantumAgent { AgentId = id }), .. OpenStackQuestions.Everything(),
                OpenStackQuestions.Console(id),
            ];
            Assert.All(all,
                question => Assert.True(ClientAllowList.Allows(question.Argv), string.Join(' ', question.Argv)));
            Assert.True(ClientAllowList.Allows(
                ClientBatch.Join([.. all.Where(one => one.CanShare).Select(one => one.Argv)], 60)));
        }
    }

    [Fact]
    public async Task Commands_run_in_the_files_environment_each_with_its_own_output()
    {
        Program("neutron", "printf '%s|' \"$@\"; echo \"$OS_REGION_NAME\"; echo complaint >&2; exit 3\n");
        string environment = Path.Combine(_folder, "open rc");
        File.WriteAllText(environment, "OS_REGION_NAME='Region 1'\nOS_PASSWORD=s3cr3t\necho noise\n");

        CommandOutput[] outputs = await Runner().RunAsync(
            [new("neutron", "port-show", "it's; $(id) \"x\"\n"), new("quantum", "--version"),
                new("neutron", "--version")],
            environment, CancellationToken.None);

        Assert.Equal("port-show|it's; $(id) \"x\"\n|Region 1\n", outputs[0].Text);
        Assert.Equal((3, "complaint"), (outputs[0].ExitStatus, outputs[0].StandardError));
        Assert.Equal(127, outputs[1].ExitStatus);
        Assert.Equal("--version|Region 1\n", outputs[2].Text);
        Assert.All(outputs,
            output => Assert.DoesNotContain("s3cr3t", output.Text + output.StandardError, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_command_that_changes_something_never_reaches_the_node()
    {
        QuantumException e = await Assert.ThrowsAsync<QuantumException>(() =>
            Runner().RunAsync([new("openstack", "port", "delete", "x")], "", CancellationToken.None));

        Assert.Equal("CommandNotAllowed", e.Error.Id);
    }

    [Fact]
    public async Task A_node_without_any_client_is_told()
    {
        var runner = new NoClients();
        QuantumException e = await Assert.ThrowsAsync<QuantumException>(() =>
            new ClientControlPlane(runner, "").FetchAsync(new RecordRequest(), _heard, CancellationToken.None));

        Assert.Equal("ClientNotFound", e.Error.Id);
    }

    [Fact]
    public async Task Old_clients_are_asked_when_there_is_no_openstack()
    {
        // What a quantum client printed: its lists, whatever columns are asked for.
        string lists = Path.Combine(Fixture.Folder, "seed");
        Program("openstack", "exit 127\n");
        Program("quantum", $"case $1 in --version) echo 2.2.0;; port-list) cat '{lists}/quantum-port-list.txt';; "
            + $"port-show) cat '{lists}/quantum-port-show.txt';; net-list) exit 1;; *) exit 2;; esac\n");
        Program("neutron", "exit 127\n");
        Program("nova", $"case $1 in list) cat '{lists}/nova-list.txt';; *) exit 1;; esac\n");

        CommandOutput[] answers = await new ClientControlPlane(Runner(), "")
            .FetchAsync(new RecordRequest { Port = "172.241.0.2" }, _heard, CancellationToken.None);

        Assert.Contains(answers, answer => answer.Argv is ["quantum", "port-list", ..] && answer.ExitStatus == 0);
        Assert.Contains(answers, answer => answer.Argv is ["quantum", "port-show", ..]);
        Assert.Contains(answers, answer =>
            answer.Argv is ["nova", "list", ..] && answer.Text.Contains("test-instance1", StringComparison.Ordinal));
        Assert.Contains(_heard.Errors, error => error.Id == "ClientFailed");
    }

    private sealed class NoClients : IClientRunner
    {
        public string ComputerName => "controller";

        public Task<CommandOutput[]> RunAsync(
            IReadOnlyList<ClientCommand> commands, string environmentFile, CancellationToken stop) =>
                Task.FromResult(
                    commands.Select(command => new CommandOutput { Argv = command.Argv, ExitStatus = 127 }).ToArray());
    }
}
