using System.Management.Automation;
using QuantumNet.Cli;
using QuantumNet.Cli.Binding;
using QuantumNet.Tests.Lab;

namespace QuantumNet.Tests.Commands;

/// <summary>A node and a bridge are named in the same ways to every cmdlet: by name or by a wildcard.</summary>
public sealed class NodeArgumentTests : IDisposable
{
    private const string InPort = "in_port=1,udp,udp_src=68,udp_dst=67";
    private static readonly string s_cloud = Path.Combine(Repository.Root, "samples", "fleet-three-causes");

    /// <summary>They change a node, or say which nodes there are.</summary>
    private static readonly string[] s_namesAlone = ["Connect-Quantum", "Restart-QuantumAgent"];

    /// <summary>One chooses among the hosts of ssh_config, which no cloud has; the sample does not tell where its
    /// instances run.</summary>
    private static readonly string[] s_ofNoCloud = ["New-QuantumInventory", "Get-NovaInstance"];

    /// <summary>What takes its time, and what is known of other nodes where a wildcard has all of them read.</summary>
    private static readonly string[] s_differing = ["DurationSeconds", "RemoteComputerName"];

    private readonly string _folder = Directory.CreateTempSubdirectory("quantumnet-nodes-").FullName;

    public static TheoryData<string, string> Parameters
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (CommandEntry entry in CommandCatalog.All().Where(entry => !s_namesAlone.Contains(entry.Name)))
            {
                foreach (string name in CommandParameter.Of(entry.Type).Select(parameter => parameter.Name)
                    .Where(name => name is "ComputerName" or "Bridge"))
                    data.Add(entry.Name, name);
            }
            return data;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void There_are_many_such_parameters() => Assert.True(Parameters.Count > 25, $"only {Parameters.Count}");

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Wildcard_stands_for_what_it_fits(string cmdlet, string parameter)
    {
        Assert.Contains(CommandCatalog.Find(cmdlet)!.Type.GetProperty(parameter)!.GetCustomAttributesData(),
            one => one.AttributeType == typeof(SupportsWildcardsAttribute));
        if (s_ofNoCloud.Contains(cmdlet))
            return;
        (string name, string pattern) = cmdlet.Contains("Dhcp", StringComparison.Ordinal) ? ("netnode", "N?tn*[dE]")
            : parameter == "ComputerName" ? ("compute1", "C?mp*1")
            : cmdlet == "Get-LinuxBridge" ? ("qbr23e342ce-52", "qbr23e3*") : ("br-tun", "*-t[ur]n");
        Assert.Equal(Run(cmdlet, parameter, name), Run(cmdlet, parameter, pattern));
    }

    [Theory]
    [InlineData("Export-QuantumTopology", "NodeNotInSnapshot")]
    [InlineData("Save-QuantumSnapshot", "NodeNotInSnapshot")]
    [InlineData("Trace-OvsFlow", "NodeNotFound")]
    public void Wildcard_that_fits_no_node_is_an_error(string cmdlet, string id)
    {
        using var error = new StringWriter();
        Assert.Equal(1, Run(cmdlet, "ComputerName", "nobody*", TextWriter.Null, error));
        Assert.Contains(id, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder, "*.mmd"));
    }

    private string Run(string cmdlet, string parameter, string value)
    {
        using StringWriter output = new(), error = new();
        int status = Run(cmdlet, parameter, value, output, error);
        Assert.NotEqual(1, status);
        string files = string.Concat(Directory.GetFiles(_folder, "*.mmd").Select(File.ReadAllText));
        Array.ForEach(Directory.GetFiles(_folder), File.Delete);
        return files + string.Join('\n', $"{output}".Split('\n')
            .Where(line => !s_differing.Any(name => line.StartsWith(name, StringComparison.Ordinal))));
    }

    private int Run(string cmdlet, string parameter, string value, TextWriter output, TextWriter error)
    {
        string[] more = cmdlet switch
        {
            "Export-QuantumTopology" => ["-Path", Path.Combine(_folder, "cloud.mmd")],
            "Save-QuantumSnapshot" => ["-Path", Path.Combine(_folder, "kept.zip")],
            "Trace-OvsFlow" when parameter == "Bridge" => ["-ComputerName", "compute1", "-Packet", InPort],
            "Trace-OvsFlow" => ["-Bridge", "br-int", "-Packet", InPort],
            _ => [],
        };
        return Application.Run([cmdlet, $"-{parameter}", value, .. more, "-Snapshot", s_cloud, "-As", "List"],
            new CliTerminal { Output = output, Error = error, Variable = _ => null }, CancellationToken.None);
    }
}
