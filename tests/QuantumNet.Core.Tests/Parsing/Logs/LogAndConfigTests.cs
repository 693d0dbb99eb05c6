using QuantumNet.Parsing.Logs;

namespace QuantumNet.Core.Tests.Parsing.Logs;

public class LogAndConfigTests
{
    private const string Node = "neutron-zed/hybrid+gre/netnode/";
    private readonly List<ParseIssue> _issues = [];

    [Fact]
    public void The_seeds_settings_are_read()
    {
        List<AgentConfig> settings = IniParser.ParseAll(Samples.Text("seed/dhcp_agent.ini"),
            Source("cat /etc/quantum/dhcp_agent.ini"));

        Assert.Equal(["interface_driver", "dhcp_driver"], settings.ConvertAll(setting => setting.Name));
        Assert.Equal("quantum.agent.linux.dhcp.Dnsmasq", settings[1].Value);
        Assert.All(settings,
            setting => Assert.Equal(("/etc/quantum/dhcp_agent.ini", "DEFAULT"), (setting.Path, setting.Section)));
        Assert.Empty(_issues);
    }

    [Theory]
    [InlineData("netnode/conf/dhcp_agent.ini", "DEFAULT", "interface_driver", "openvswitch")]
    [InlineData("netnode/conf/openvswitch_agent.ini", "ovs", "local_ip", "10.0.20.12")]
    [InlineData("controller/conf/neutron.conf", "DEFAULT", "transport_url", "***")]
    [InlineData("controller/conf/neutron.conf", "database", "connection", "***")]
    [InlineData("controller/conf/neutron.conf", "keystone_authtoken", "password", "***")]
    [InlineData("controller/conf/neutron.conf", "keystone_authtoken", "username", "neutron")]
    public void Real_files_leave_nothing_over_and_tell_no_secret(string file, string section, string name, string value)
    {
        List<AgentConfig> settings = IniParser.ParseAll(Samples.Text($"neutron-zed/hybrid+gre/{file}"),
            Source($"cat {file}"));

        Assert.Equal(value, settings.Find(setting => setting.Section == section && setting.Name == name)?.Value);
        Assert.DoesNotContain(settings, setting => setting.RawText.Contains("labpass", StringComparison.Ordinal));
        Assert.Empty(_issues);
    }

    [Fact]
    public void Values_may_span_lines_and_options_may_repeat()
    {
        List<AgentConfig> settings = IniParser.ParseAll("[a]\nx = 1,\n  2\n# c\n\nx: 3\nnonsense\n", Source("cat f"));

        Assert.Equal(["1,\n2", "3"], settings.ConvertAll(setting => setting.Value));
        Assert.Equal((7, "nonsense"), (Assert.Single(_issues).LineNumber, _issues[0].Text));
    }

    [Theory]
    [InlineData("log/neutron-dhcp-agent.head.log", "neutron.common.config", "Logging enabled!")]
    [InlineData("log/ovs-vswitchd.head.log", "vlog", "opened log file /var/log/openvswitch/ovs-vswitchd.log")]
    public void Every_line_of_a_real_log_is_an_entry(string path, string logger, string message)
    {
        List<AgentLog> entries = AgentLogParser.ParseAll(Samples.Text(Node + path), Source("tail"));

        Assert.Equal(60, entries.Count);
        Assert.Equal((logger, message, "INFO"), (entries[0].Logger, entries[0].Message, entries[0].Level));
        Assert.All(entries, entry => Assert.Equal(2026, entry.Time?.Year));
        Assert.Empty(_issues);
    }

    [Fact]
    public void A_traceback_belongs_to_its_entry()
    {
        List<AgentLog> entries = AgentLogParser.ParseAll(
            """
            cut off by tail
            2013-05-08 14:45:07    ERROR [quantum.agent.dhcp_agent] Unable to enable dhcp.
            Traceback (most recent call last):
              File "dhcp_agent.py", line 1, in call_driver
            2013-05-08 14:45:09     INFO [quantum.agent.dhcp_agent] Synchronizing state
            2026-11-22 06:05:24.699 172 ERROR neutron.agent.dhcp.agent [-] Unable to enable dhcp: RuntimeError
            2026-11-22 06:05:24.699 172 ERROR neutron.agent.dhcp.agent Traceback (most recent call last):
            2026-11-22 06:05:24.699 172 ERROR neutron.agent.dhcp.agent RuntimeError
            """, Source("tail"));

        Assert.Equal(["ERROR", "INFO", "ERROR"], entries.ConvertAll(entry => entry.Level));
        Assert.Contains("line 1, in call_driver", entries[0].Message, StringComparison.Ordinal);
        Assert.EndsWith("Traceback (most recent call last):\nRuntimeError", entries[2].Message,
            StringComparison.Ordinal);
        Assert.Equal(entries[..2],
            AgentLogParser.Within(entries, new(2013, 5, 8, 14, 45, 0), new(2013, 5, 8, 14, 46, 0)));
    }

    [Fact]
    public void A_text_that_is_no_log_is_reported()
    {
        Assert.Empty(AgentLogParser.ParseAll("no log\nat all\n", Source("tail")));
        Assert.Equal("No log line with a time", Assert.Single(_issues).Reason);
    }

    [Fact]
    public void Never_throws()
    {
        Mutations.NeverThrow(Samples.Text(Node + "conf/openvswitch_agent.ini"),
            text => IniParser.ParseAll(text, Source("cat")));
        Mutations.NeverThrow(Samples.Text(Node + "log/neutron-dhcp-agent.head.log"),
            text => AgentLogParser.ParseAll(text, Source("tail")));
        Mutations.NeverThrow(Samples.Text(Node + "log/ovs-vswitchd.head.log"),
            text => AgentLogParser.ParseAll(text, Source("tail")));
    }

    private TextSource Source(string command) => new("netnode", command, _issues);
}
