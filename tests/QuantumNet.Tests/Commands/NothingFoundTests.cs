using System.Text;
using System.Xml.Linq;
using QuantumNet.Access;
using QuantumNet.Cli;
using QuantumNet.Commands;
using QuantumNet.Tests.Lab;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Commands;

/// <summary>What found or tested nothing never looks like success.</summary>
public sealed class NothingFoundTests
{
    private static readonly string s_sample = Path.Combine(Repository.Root, "samples", "healthy-neutron-vxlan");

    [Theory]
    [InlineData("PortNotFound", "Get-QuantumPort", "nope")]
    [InlineData("MacAddressNotFound", "Get-QuantumPort", "-Mac", "fa:16:3e:00:00:00")]
    [InlineData("AddressNotFound", "Get-QuantumPort", "-IpAddress", "192.0.2.77")]
    [InlineData("BridgeNotFound", "Get-OvsFlow", "-Bridge", "br-nope")]
    [InlineData("BridgeNotFound", "Get-OvsPort", "-Bridge", "br-nope")]
    [InlineData("BridgeNotFound", "Get-OvsBridge", "-Bridge", "br-nope")]
    [InlineData("DeviceNotFound", "Get-NodeLink", "-Device", "eth77")]
    [InlineData("NamespaceNotFound", "Get-NodeLink", "-Namespace", "qdhcp-nope")]
    [InlineData("TableNotFound", "Get-IptablesRule", "-Table", "filer")]
    [InlineData("ChainNotFound", "Get-IptablesRule", "-Chain", "FORWRD")]
    [InlineData("LevelNotFound", "Get-AgentLog", "-Level", "ERORR")]
    [InlineData("EventTypeNotFound", "Get-DhcpEvent", "-Type", "DHCPOFER")]
    [InlineData("LayerNotFound", "Get-QuantumCheck", "-Layer", "Tunel")]
    [InlineData("NetworkNotFound", "Get-QuantumNetwork", "nope")]
    [InlineData("NodeNotFound", "Get-QuantumAgent", "compute77")]
    [InlineData("InstanceNameNotFound", "Get-NovaInstance", "-Name", "nope")]
    [InlineData("NetworkNotFound", "Test-DhcpServer", "nope")]
    [InlineData("NetworkNotFound", "Test-OvsTunnel", "-NetworkId", "nope")]
    [InlineData("PortNotFound", "Test-OvsTunnel", "-PortId", "nope")]
    [InlineData("NodeNotFound", "Test-OvsTunnel", "compute77")]
    [InlineData("NeedsLiveNodes", "Test-OvsTunnel", "-Live")]
    [InlineData("NoConnectionTested", "Test-QuantumConnection", "compute77")]
    [InlineData("NoServerTested", "Test-DhcpServer", "-ComputerName", "compute1")]
    [InlineData("MacInvalid", "Test-DhcpServer", "-Answer", "fa:16:3e")]
    [InlineData("NeedsLiveNodes", "Test-DhcpServer", "-SampleSeconds", "1")]
    [InlineData("OptionNotFound", "Get-AgentConfig", "-Name", "local_pi")]
    public void Literal_without_a_hit_is_an_error(string id, params string[] arguments)
    {
        (int status, _, string error) = Run(null, OnSample(arguments));
        Assert.Equal(ExitStatus.CouldNotRun, status);
        Assert.Contains($"({id})", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-OvsFlow", "-Bridge", "br-innt", "Did you mean br-int?")]
    [InlineData("Get-AgentLog", "-Level", "ERORR", "Did you mean ERROR")]
    [InlineData("Get-IptablesRule", "-Table", "filer", "Did you mean filter?")]
    public void Misspelt_literal_gets_the_nearest_name(string cmdlet, string parameter, string value, string advice) =>
        Assert.Contains(advice, Run(null, OnSample(cmdlet, parameter, value)).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("Get-QuantumPort", "nope*")]
    [InlineData("Get-OvsFlow", "-Bridge", "br-nope*")]
    [InlineData("Get-AgentLog", "-Level", "CRITICAL")]
    [InlineData("Get-IptablesRule", "-Table", "security")]
    public void Wildcard_or_known_word_without_a_hit_is_silent(params string[] arguments)
    {
        (int status, string output, string error) = Run(null, OnSample([.. arguments, "-As", "Json"]));
        Assert.Equal((ExitStatus.Fine, "[]", ""), (status, output.Trim(), error));
    }

    [Fact]
    public void Bridge_without_flows_is_a_bridge_all_the_same()
    {
        Cloud cloud = RecordCmdletTests.CloudOf();
        cloud.Nodes["n1"].OvsBridges.Add(new OvsBridge { ComputerName = "n1", Bridge = "br-new" });
        TestHost host = new TestHost()
            .Run(new GetOvsFlowCommand { Connection = TestHost.ConnectionTo(cloud), Bridge = ["br-new"] });
        Assert.Empty(host.Objects);
        Assert.Empty(host.Errors);
    }

    [Fact]
    public void Piped_network_without_hosts_is_silent()
    {
        TestHost host = new TestHost()
            .Run(new GetDhcpServerCommand { Connection = TestHost.ConnectionTo(RecordCmdletTests.CloudOf()) },
                cmdlet => cmdlet.NetworkId = ["net-without-a-server"]);
        Assert.DoesNotContain(host.Errors, error => error.Id == "NetworkNotFound");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[{\"PortId\":\"\"}]")]
    public void Empty_pipeline_tests_nothing_and_says_so(string piped)
    {
        (int status, _, string error) = Run(piped, OnSample("Test-DhcpPath"));
        Assert.Equal(ExitStatus.CouldNotRun, status);
        Assert.Contains("(NothingTested)", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_argument_tests_nothing_and_says_so()
    {
        var cmdlet = new TestDhcpPathCommand { Connection = TestHost.ConnectionTo(RecordCmdletTests.CloudOf()),
            PortId = [] };
        QuantumException e = Assert.Throws<QuantumException>(() => new TestHost().Run(cmdlet));
        Assert.Equal("NothingTested", e.Error.Id);
    }

    [Fact]
    public void Ports_of_the_network_alone_test_nothing_and_say_so()
    {
        Cloud cloud = RecordCmdletTests.CloudOf();
        QuantumPort dhcp = cloud.Records.Ports.Single(port => port.IsDhcp);
        QuantumException e = Assert.Throws<QuantumException>(() => new TestHost().Run(
            new TestDhcpPathCommand { Connection = TestHost.ConnectionTo(cloud) },
            cmdlet => cmdlet.InputObject = [dhcp]));
        Assert.Equal("NothingTested", e.Error.Id);
    }

    [Fact]
    public void Cloud_without_ports_is_not_healthy()
    {
        QuantumException e = Assert.Throws<QuantumException>(() => new TestHost().Run(
            new TestDhcpPathCommand { Connection = TestHost.ConnectionTo(new Cloud()) }));
        Assert.Equal("NothingTested", e.Error.Id);
    }

    [Fact]
    public void Run_that_tests_nothing_is_an_error_in_JUnit()
    {
        (int status, string output, _) = Run("[]", OnSample("Test-DhcpPath", "-As", "JUnit"));
        XElement suite = XDocument.Parse(output).Root!.Element("testsuite")!;
        Assert.Equal((ExitStatus.CouldNotRun, "1", "1"),
            (status, (string)suite.Attribute("tests")!, (string)suite.Attribute("errors")!));
        Assert.Equal("NothingTested", (string)suite.Element("testcase")!.Element("error")!.Attribute("type")!);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Snapshot_of_nothing_is_not_written_and_replaces_none(bool isThere)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("qn").FullName, "incident.zip");
        if (isThere)
            File.WriteAllText(path, "the good one");
        var cmdlet = new SaveQuantumSnapshotCommand { Connection = TestHost.ConnectionTo(new Cloud()), Path = path };
        cmdlet.SetSwitch("Force", true);
        QuantumException e = Assert.Throws<QuantumException>(() => new TestHost().Run(cmdlet));
        Assert.Equal("NothingGathered", e.Error.Id);
        Assert.Equal(isThere ? "the good one" : "", File.Exists(path) ? File.ReadAllText(path) : "");
    }

    [Fact]
    public void Report_of_nothing_is_not_written()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("qn").FullName, "report.html");
        (int status, _, string error) = Run("[]", "Export-DhcpPathReport", path);
        Assert.Equal(ExitStatus.CouldNotRun, status);
        Assert.Contains("(NothingToReport)", error, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    private static string[] OnSample(params string[] arguments) =>
        arguments[0] == "Get-QuantumCheck" ? arguments : [.. arguments, "-Snapshot", s_sample];

    private static (int Status, string Output, string Error) Run(string? piped, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using MemoryStream? input = piped is null ? null : new MemoryStream(Encoding.UTF8.GetBytes(piped));
        int status = Application.Run(arguments,
            new CliTerminal { Output = output, Error = error, Piped = input }, CancellationToken.None);
        return (status, output.ToString(), error.ToString());
    }
}
