using QuantumNet.Access;
using QuantumNet.Access.Gathering;
using QuantumNet.Access.Ssh;
using QuantumNet.Snapshots;

namespace QuantumNet.Tests.Access;

public sealed class TransportChoiceTests
{
    [Theory]
    [InlineData("ssh", true, false, false, "ssh")]          // what is named wins, whatever there is
    [InlineData("sshnet", false, true, true, "sshnet")]
    [InlineData("local", true, false, false, "local")]
    [InlineData("auto", false, true, true, "ssh")]
    [InlineData("auto", true, true, true, "ssh")]
    [InlineData("auto", false, true, false, "ssh")]         // Windows, by key
    [InlineData("auto", true, true, false, "sshnet")]       // Windows, by password
    [InlineData("auto", false, false, true, "sshnet")]
    [InlineData("auto", true, false, true, "sshnet")]
    public void A_transport_is_chosen_by_what_there_is(
        string named, bool hasCredential, bool hasProgram, bool canAnswer, string chosen) =>
            Assert.Equal(chosen, TransportChoice.Of(named, hasCredential, hasProgram, canAnswer).Transport);

    [Fact]
    public void The_program_is_the_first_that_may_be_run()
    {
        using Bench empty = new(), full = new();
        File.WriteAllText(Path.Combine(empty.Folder, "ssh"), "no program");
        full.Program("ssh", "exit 0");
        Assert.Equal(Path.Combine(full.Folder, "ssh"),
            SshProgram.Find($"{empty.Folder}{Path.PathSeparator}{full.Folder}"));
        Assert.Null(SshProgram.Find(empty.Folder));
        Assert.Null(SshProgram.Find(null));
    }

    [Theory]
    [InlineData("ssh", "the inventory or -Transport names it", typeof(SshTransport))]
    [InlineData("local", "the inventory or -Transport names it", typeof(LocalTransport))]
    public void The_choice_goes_with_its_reason(string named, string reason, Type type)
    {
        ChosenTransport transport = Assert.IsType<ChosenTransport>(
            LiveSource.TransportOf(new(), null, new() { Name = "n1", Transport = named }));
        Assert.Equal($"transport {named}: {reason}", transport.Choice);
        Assert.IsType(type, transport.Inner);
    }

    [Fact]
    public async Task Which_transport_and_why_is_told_to_those_who_ask_for_more()
    {
        Told told = new();
        await new NodeGatherer(LiveSource.TransportOf(new(), null, new() { Name = "here", Transport = "local" }), told)
            .GatherAsync(new() { Name = "here" },
                GatherPlan.For([new Declared("Test", new CommandTemplate("uname", "-n"))]), 60, default);
        Assert.Equal(["here: transport local: the inventory or -Transport names it"], told.Texts);
    }

    /// <summary>Nothing else is tried: one transport, one error.</summary>
    [Fact]
    public async Task A_refusal_is_not_tried_again_by_another_transport()
    {
        Refusing refusing = new();
        Listener listener = new();
        await new NodeGatherer(new ChosenTransport(refusing, new("ssh", "there is an ssh program")), listener)
            .GatherAsync(new() { Name = "n1" },
                GatherPlan.For([new Declared("Test", new CommandTemplate("uname", "-n"))]), 60, default);
        Assert.Equal(1, refusing.Tries);
        Assert.Equal("HostKeyChanged", Assert.Single(listener.Errors).Id);
    }

    private sealed class Refusing : INodeTransport
    {
        public int Tries { get; private set; }

        public Task<INodeShell> OpenAsync(InventoryNode node, CancellationToken stop)
        {
            Tries++;
            throw HostKeyErrors.Changed(node.Name, "", null).ToException();
        }
    }

    private sealed class Told : IGatherObserver
    {
        public List<string> Texts { get; } = [];
        public void Verbose(string text) => Texts.Add(text);
        public void CommandFinished(CommandOutput output)
        {
        }

        public void Failed(QuantumError error)
        {
        }
    }
}
