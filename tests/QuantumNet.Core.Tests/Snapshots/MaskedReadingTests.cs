using System.Text;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Snapshots;

/// <summary>What is shown of a node is masked as what is kept of it: logs, settings and command lines.</summary>
public sealed class MaskedReadingTests
{
    [Fact]
    public void Log_line_shows_no_secret() =>
        Assert.Equal(["cmd: mysql -u neutron -p*** neutron", "token=*** refused"],
            Read(["tail", "-n", "2000", "/var/log/neutron/dhcp-agent.log"],
                "2026-11-22 06:00:00.000 12 ERROR neutron [-] cmd: mysql -u neutron -ps3cret neutron\n"
                    + "2026-11-22 06:00:01.000 12 ERROR neutron [-] token=s3cret refused\n")
            .AgentLogs.Select(line => line.Message));

    [Fact]
    public void Setting_shows_no_secret()
    {
        NodeState node = Read(["cat", "/etc/neutron/dhcp_agent.ini"],
            "[DEFAULT]\nnova_metadata_host = ctl\nrpc_backend = rabbit://neutron:s3cret@ctl\nauth_token =\n  s3cret\n");
        Assert.Equal(["ctl", "rabbit://***@ctl"], node.AgentConfigs.Take(2).Select(setting => setting.Value));
        Assert.DoesNotContain("s3cret", string.Concat(node.AgentConfigs.Select(setting => setting.RawText
            + setting.Value)), StringComparison.Ordinal);
    }

    [Fact]
    public void Process_shows_no_secret() =>
        Assert.DoesNotContain("s3cret", string.Join(' ', Read(["ps", "-efww"],
            "UID          PID    PPID  C STIME TTY          TIME CMD\n"
                + "root           9       1  0 06:00 ?        00:00:00 curl -u admin:s3cret http://ctl\n")
            .Processes.SelectMany(process => process.Argv)), StringComparison.Ordinal);

    [Fact]
    public void Console_shows_no_secret()
    {
        Cloud cloud = CloudReader.Read(new()
        {
            RecordOutputs = [new() { Collector = "console", Subject = "1", ExitStatus = 0,
                Argv = ["nova", "console-log", "1"], StandardOutput = Encoding.UTF8.GetBytes(
                    "udhcpc: started, v1.35.0\nudhcpc: broadcasting discover\nudhcpc: no lease, token=s3cret\n") }],
        });
        string[] lines = Assert.Single(cloud.Records.ConsoleLogs).Lines;
        Assert.NotEmpty(lines);
        Assert.DoesNotContain(lines, line => line.Contains("s3cret", StringComparison.Ordinal));
    }

    private static NodeState Read(string[] argv, string text) => CloudReader.Read(new()
    {
        Nodes = [new() { ComputerName = "n1" }],
        Outputs = [new() { ComputerName = "n1", Argv = argv, ExitStatus = 0,
            StandardOutput = Encoding.UTF8.GetBytes(text) }],
    }).Node("n1")!;
}
