using QuantumNet.Cli;
using QuantumNet.Cli.Binding;
using QuantumNet.Snapshots;
using QuantumNet.Tests.Lab;

namespace QuantumNet.Tests.Commands;

/// <summary>A port is named in the same ways to every cmdlet with -PortId, and each names the same one.</summary>
public sealed class PortArgumentTests : IDisposable
{
    private const string Port = "23e342ce-52bd-450c-866b-cca758ba7aeb";

    private static readonly string s_cloud = Path.Combine(Repository.Root, "samples", "fleet-three-causes");

    /// <summary>What else a cmdlet needs. It must emit something for the port.</summary>
    private static readonly Dictionary<string, string[]> s_cmdlets = new()
    {
        ["Compare-QuantumSnapshot"] = [Path.Combine(Repository.Root, "samples", "healthy-neutron-vxlan"), s_cloud],
        ["Export-DhcpPathReport"] = ["report.md", "-Snapshot", s_cloud],
        ["Get-IptablesRule"] = ["-Snapshot", s_cloud],
        ["Get-OvsPort"] = ["-Snapshot", s_cloud],
        ["Get-QuantumPort"] = ["-Snapshot", s_cloud],
        ["Measure-DhcpCounter"] = ["-Before", s_cloud, "-After", s_cloud],
        ["Test-DhcpPath"] = ["-Snapshot", s_cloud],
        ["Test-InstanceReachability"] = ["-Snapshot", s_cloud],
        ["Test-OvsTunnel"] = ["-Snapshot", s_cloud],
        ["Trace-OvsFlow"] = ["-Snapshot", s_cloud],
    };

    /// <summary>Those whose answer needs live nodes, or is the whole of a snapshot.</summary>
    private static readonly string[] s_others = ["Save-QuantumSnapshot", "Send-DhcpProbe", "Trace-DhcpPacket"];

    private static readonly string[] s_names =
    [
        "23e342ce", "23E342CE-52BD", "tap23e342ce-52", "web2", "WEB2", "we[bx]?", "192.168.138.50", "23e342ce*",
        "a95a98da-b8e9-4cbc-baec-dffdbfcb0438", "@mac", "@MAC",
    ];

    private static readonly string[] s_times = ["DurationSeconds", "QuantumNet 0", "QuantumNet 1"];

    private readonly string _folder = Directory.CreateTempSubdirectory("quantumnet-ports-").FullName;

    public static TheoryData<string> Cmdlets => [.. s_cmdlets.Keys];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Whatever_names_the_port_names_the_same_one(string cmdlet)
    {
        string expected = Run(cmdlet, Port), mac = MacOf(Port);
        Assert.True(expected.Length > 10, $"{cmdlet} says nothing of {Port}.");
        Assert.All(s_names, name => Assert.Equal(expected, Run(cmdlet, name switch
        {
            "@mac" => mac,
            "@MAC" => mac.Replace(':', '-').ToUpperInvariant(),
            _ => name,
        })));
    }

    [Fact]
    public void Every_cmdlet_with_a_port_is_tried() => Assert.Equal(
        s_cmdlets.Keys.Concat(s_others).Order(StringComparer.Ordinal),
        CommandCatalog.All().Where(command => CommandParameter.Of(command.Type).Any(one => one.Name == "PortId"))
            .Select(command => command.Name).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Get-QuantumPort")]
    [InlineData("Get-OvsPort")]
    [InlineData("Get-IptablesRule")]
    public void Nothing_by_that_name_is_an_error(string cmdlet) =>
        Assert.Contains("PortNotFound", Run(cmdlet, "nosuch"), StringComparison.Ordinal);

    private static string MacOf(string port) => CloudReader.Read(SnapshotReader.Load(s_cloud, _ => { }))
        .Records.Ports.Single(one => one.PortId == port).Mac;

    private string Run(string cmdlet, string port)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] needed = Array.ConvertAll(s_cmdlets[cmdlet],
            word => word == "report.md" ? Path.Combine(_folder, word) : word);
        Application.Run([cmdlet, .. needed, "-PortId", port, "-As", "Json"],
            new CliTerminal { Output = output, Error = error }, CancellationToken.None);
        string report = Path.Combine(_folder, "report.md");
        string said = File.Exists(report) ? File.ReadAllText(report) : output.ToString();
        return string.Join('\n', said.Split('\n').Where(line => !Array.Exists(s_times, line.Contains))) + error;
    }
}
