using QuantumNet.Access.Ssh.Config;
using QuantumNet.Access;
using QuantumNet.Binding;
using QuantumNet.Pipeline;
using QuantumNet.Snapshots;

namespace QuantumNet.Commands;

/// <summary>Writes an inventory with comments, from nodes that are named or from the hosts of ssh_config.</summary>
[Cmdlet(VerbsCommon.New, "QuantumInventory", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(QuantumInventoryResult))]
public sealed class NewQuantumInventoryCommand : QuantumCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralSet = "LiteralPath";

    private readonly List<string> _nodes = [];

    /// <summary>The file to write; cloud.json in the current folder when left out.</summary>
    [Parameter(Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string Path { get; set; } = "cloud.json";

    /// <summary>The file to write, as it is named: no character is a wildcard.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralSet)]
    [ValidateNotNullOrEmpty]
    public string? LiteralPath { get; set; }

    /// <summary>The nodes, as ssh knows them; wildcards choose among the hosts of ssh_config. All of those when left
    /// out.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Node", "Cn")]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] ComputerName { get; set; } = [];

    /// <summary>The node on which the openstack (or quantum, nova) client runs.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ControllerName { get; set; }

    /// <summary>A file on the controller that sets the client's OS_* variables, such as /root/openrc.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [ValidateNotNullOrEmpty]
    public string? EnvironmentFile { get; set; }

    /// <summary>A cloud of clouds.yaml whose API gives the records.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Cloud { get; set; }

    /// <summary>The user on the nodes; left to ssh_config when left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [ValidateNotNullOrEmpty]
    public string? UserName { get; set; }

    /// <summary>An ssh_config file; the user's when left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SshConfigFile { get; set; }

    /// <summary>Commands that need root go through sudo.</summary>
    [Parameter]
    public SwitchParameter Sudo { get; set; }

    /// <summary>Replaces a read-only file, too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Never replaces a file, not even with -Force.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    private protected override void Process() => _nodes.AddRange(ComputerName);

    private protected override void End()
    {
        string path = WrittenPath.Of(CommandHost, Path, LiteralPath);
        var rule = new Replacing(IsOn(NoClobber), IsOn(Force));
        if (EnvironmentFile is not null && ControllerName is null)
            throw Errors.ParameterAlone(nameof(EnvironmentFile), nameof(ControllerName)).ToException();
        Access.Inventory inventory = new InventoryParameters
        {
            ComputerName = [.. Names()],
            ControllerName = ControllerName ?? "",
            EnvironmentFile = EnvironmentFile ?? "",
            UserName = UserName ?? "",
            SshConfigFile = SshConfig() ?? "",
            Sudo = IsOn(Sudo),
        }.ToInventory();
        if (Cloud is not null)
            inventory = inventory with { ControlPlane = new() { Source = "api", Cloud = Cloud } };
        if (!CommandHost.ShouldProcess(path, "Write inventory"))
            return;
        ExportedFile.Check(path, rule);
        ExportedFile.Write(path, InventoryText.Of(inventory, path), rule);
        CommandHost.Object(InventoryFile.Judge(path));
    }

    /// <summary>The nodes that are meant, each once.</summary>
    private IEnumerable<string> Names()
    {
        if (_nodes.Count > 0 && !_nodes.Exists(Wildcard.IsPattern))
            return _nodes;
        IReadOnlyList<string> hosts = SshConfigHosts.Of(SshConfig());
        string[] wanted = _nodes.Count > 0 ? [.. _nodes] : ["*"];
        List<string> names = [];
        foreach (string one in wanted)
            names.AddRange(Wildcard.IsPattern(one) ? hosts.Where(host => new Wildcard(one).Matches(host)) : [one]);
        return names.Count > 0 || ControllerName is not null ? names
            : throw Errors.NoHosts(SshConfig() ?? "~/.ssh/config", string.Join(", ", wanted)).ToException();
    }

    private string? SshConfig()
    {
        if (SshConfigFile is null)
            return null;
        string full = CommandHost.ResolvePath(SshConfigFile);
        return InventoryRules.ProblemOfFile(full) is { } problem
            ? throw Errors.ParameterFile(nameof(SshConfigFile), full, problem).ToException() : full;
    }
}
