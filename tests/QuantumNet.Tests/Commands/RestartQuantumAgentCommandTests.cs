using System.Runtime.InteropServices;
using QuantumNet.Access;
using QuantumNet.Access.Gathering;
using QuantumNet.Access.Ssh;
using QuantumNet.Commands;
using QuantumNet.Snapshots;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Commands;

/// <summary>Against this machine's shell, with a service command that keeps a real process
/// (sleep) as the agent.</summary>
public sealed class RestartQuantumAgentCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quantumnet-restart-").FullName;

    [SkippableFact]
    public void The_process_before_and_after_is_told()
    {
        TestHost host = Restart(InstallService());
        AgentRestartResult result = Assert.IsType<AgentRestartResult>(Assert.Single(host.Objects));
        Assert.Equal((AgentRestartStatus.Restarted, "quantum-dhcp-agent", "start/running", "start/running"),
            (result.Status, result.Service, result.StateBefore, result.StateAfter));
        Assert.NotNull(result.ProcessIdBefore);
        Assert.NotNull(result.ProcessIdAfter);
        Assert.NotEqual(result.ProcessIdBefore, result.ProcessIdAfter);
        Assert.NotEqual("", result.StartedAfter);
        Assert.Equal("Restart agent: quantum-dhcp-agent on here", Assert.Single(host.Questions));
    }

    [SkippableFact]
    public void What_it_starts_does_not_carry_the_mark_of_the_run()
    {
        TestHost host = Restart(InstallService());
        int id = Assert.IsType<AgentRestartResult>(Assert.Single(host.Objects)).ProcessIdAfter!.Value;
        Assert.DoesNotContain("QUANTUMNET_RUN", File.ReadAllText($"/proc/{id}/environ"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Without_the_users_word_nothing_is_restarted()
    {
        InventoryNode node = InstallService();
        string before = File.ReadAllText(Path.Combine(_folder, "pid"));
        TestHost host = Restart(node, agrees: false);
        Assert.Empty(host.Objects);
        Assert.Equal(before, File.ReadAllText(Path.Combine(_folder, "pid")));
    }

    [SkippableFact]
    public void A_node_without_the_agent_is_an_error()
    {
        TestHost host = Restart(InstallService(), agent: "l3");
        Assert.Equal("AgentNotFound", Assert.Single(host.Errors).Id);
        Assert.Empty(host.Questions);
    }

    [Fact]
    public void A_snapshot_restarts_nothing()
    {
        var cmdlet = new RestartQuantumAgentCommand { Connection = TestHost.ConnectionTo(new Cloud()),
            ComputerName = ["here"], Agent = ["dhcp"] };
        Assert.Equal("NeedsLiveNodes", Assert.Throws<QuantumException>(() => new TestHost().Run(cmdlet)).Error.Id);
    }

    public void Dispose()
    {
        string pid = Path.Combine(_folder, "pid");
        if (File.Exists(pid) && int.TryParse(File.ReadAllText(pid), out int id) && File.Exists($"/proc/{id}/cmdline")
            && File.ReadAllText($"/proc/{id}/cmdline").StartsWith("sleep", StringComparison.Ordinal))
            System.Diagnostics.Process.GetProcessById(id).Kill();
        Directory.Delete(_folder, recursive: true);
    }

    private static TestHost Restart(InventoryNode node, string agent = "dhcp", bool agrees = true)
    {
        var source = new LiveSource(new Inventory { Nodes = [node] }, null, _ => new LocalTransport(), Collectors.All);
        var cmdlet = new RestartQuantumAgentCommand
        {
            Connection = new QuantumConnection { Name = "test", Source = source },
            ComputerName = ["here"],
            Agent = [agent],
            SettleSeconds = 0,
        };
        return new TestHost { Agrees = agrees }.Run(cmdlet);
    }

    private InventoryNode InstallService()
    {
        Skip.IfNot(RuntimeInformation.IsOSPlatform(OSPlatform.Linux), "needs /proc and a POSIX shell");
        string script = Path.Combine(_folder, "service");
        File.WriteAllText(script, $$"""
            #!/bin/sh
            cd {{_folder}}
            [ "$1" = quantum-dhcp-agent ] || { echo "$1: unrecognized service"; exit 1; }
            start() { sleep 600 </dev/null >/dev/null 2>&1 3>&- 4>&- & printf %s $! >pid; }
            case $2 in
            restart) kill "$(cat pid)"; start; echo "$1 start/running, process $(cat pid)" ;;
            status) [ -e pid ] || start; echo "$1 start/running, process $(cat pid)" ;;
            esac
            """);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        System.Diagnostics.Process.Start(script, ["quantum-dhcp-agent", "status"]).WaitForExit();
        return new InventoryNode { Name = "here", Transport = "local", Environment =
            new Dictionary<string, string> { ["PATH"] = $"{_folder}:{Environment.GetEnvironmentVariable("PATH")}" } };
    }
}
