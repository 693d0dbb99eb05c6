using System.Net;
using QuantumNet.Access;
using QuantumNet.Access.Ssh;
using QuantumNet.Binding;
using QuantumNet.Pipeline;
using QuantumNet.Snapshots;

namespace QuantumNet.Commands;

/// <summary>Makes a connection to a cloud the default of this session. Nothing is asked yet, but with -Test:
/// each cmdlet opens what it needs.</summary>
[Cmdlet(VerbsCommunications.Connect, "Quantum", DefaultParameterSetName = InventorySet)]
[OutputType(typeof(QuantumConnection))]
public sealed class ConnectQuantumCommand : QuantumCmdlet
{
    private const string InventorySet = "Inventory";
    private const string SnapshotSet = "Snapshot";
    private const string NodeSet = "Node";

    /// <summary>An inventory file (JSON) that names the nodes and the control plane.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = InventorySet)]
    [ValidateNotNullOrEmpty]
    public string? Inventory { get; set; }

    /// <summary>A saved snapshot, folder or zip.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SnapshotSet)]
    [ValidateNotNullOrEmpty]
    public string? Snapshot { get; set; }

    /// <summary>The nodes, as ssh knows them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NodeSet, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Alias("Node", "Cn")]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [TextOnly]
    [ValidateNotNullOrEmpty]
    public string[] ComputerName { get; set; } = [];

    /// <summary>The node on which the openstack (or quantum, nova) client runs;
    /// without one, records are worked out from the nodes.</summary>
    [Parameter(ParameterSetName = NodeSet)]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ControllerName { get; set; }

    /// <summary>A file on the controller that sets the client's OS_* variables, such as /root/openrc.</summary>
    [Parameter(ParameterSetName = NodeSet)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [ValidateNotNullOrEmpty]
    public string? EnvironmentFile { get; set; }

    /// <summary>A cloud of clouds.yaml whose API gives the records.</summary>
    [Parameter(ParameterSetName = NodeSet)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Cloud { get; set; }

    /// <summary>The user on the nodes; left to ssh_config when left out.</summary>
    [Parameter(ParameterSetName = NodeSet)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [ValidateNotNullOrEmpty]
    public string? UserName { get; set; }

    /// <summary>A private key; left to ssh_config and the agent when left out.</summary>
    [Parameter(ParameterSetName = NodeSet)]
    [ValidateNotNullOrEmpty]
    public string? IdentityFile { get; set; }

    /// <summary>An ssh_config file, with ports and jump hosts; the user's when left out.</summary>
    [Parameter(ParameterSetName = NodeSet)]
    [ValidateNotNullOrEmpty]
    public string? SshConfigFile { get; set; }

    /// <summary>Commands that need root go through sudo.</summary>
    [Parameter(ParameterSetName = NodeSet)]
    public SwitchParameter Sudo { get; set; }

    /// <summary>What connects to the nodes: the ssh program, or the SSH.NET library.
    /// Auto, and nothing, is for each node what the inventory says, or else ssh where there is that program and it can
    /// be given what it needs.</summary>
    [Parameter(ParameterSetName = InventorySet)]
    [Parameter(ParameterSetName = NodeSet)]
    [ValidateSet("Auto", "Ssh", "SshNet")]
    public string? Transport { get; set; }

    /// <summary>User and password for the nodes, where ssh has no key for them.
    /// With transport SshNet the password may be the passphrase of a key.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>User and password for the OpenStack API; the environment and clouds.yaml are asked
    /// when left out.</summary>
    [Parameter]
    [Credential]
    public PSCredential? ApiCredential { get; set; }

    /// <summary>Also tests every node and the control plane, as Test-QuantumConnection does. What can be used in part
    /// is a warning, what cannot be used an error; the connection is made all the same.</summary>
    [Parameter]
    public SwitchParameter Test { get; set; }

    /// <summary>A name under which the connection is kept beside others, for -Connection of the cmdlets. Without one
    /// it is kept until the next, as the default.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    private readonly List<string> _nodes = [];

    private protected override void Process() => _nodes.AddRange(ComputerName);

    private protected override void End()
    {
        QuantumConnection connection = Open();
        if (Name is not null)
            CommandHost.Connections.Keep(connection = connection with { Name = Name });
        CommandHost.Connections.Default = connection;
        CommandHost.Object(connection);
        if (IsOn(Test))
            Pump((pipe, stop) => new ConnectionTest(connection, new PipelineObserver(pipe))
                .RunAsync(result => Tell(result, pipe), stop));
    }

    private static void Tell(QuantumConnectionResult result, PipelineWriter pipe)
    {
        if (result.Status == DhcpPathStatus.Ok)
            pipe.Verbose(result.Summary);
        else if (result.Status == DhcpPathStatus.Broken)
            pipe.Error(Errors.ConnectionBroken(result));
        else
            pipe.Warning($"{result.Summary} {result.Remedy}");
    }

    private QuantumConnection Open()
    {
        if (Snapshot is not null)
            return OpenSnapshot(CommandHost.ResolvePath(Snapshot));
        NetworkCredential? nodes = CommandHost.CredentialOf(nameof(Credential), Credential);
        NetworkCredential? api = CommandHost.CredentialOf(nameof(ApiCredential), ApiCredential);
        string? transport = Transport?.ToLowerInvariant() is { } named and not Access.Inventory.Auto ? named : null;
        return Inventory is not null ? OpenInventory(CommandHost.ResolvePath(Inventory), nodes, api, transport)
            : Sources.Open(FromParameters(), nodes, api, transport);
    }

    /// <summary>An inventory from which nothing can be asked is told now, not by the next cmdlet.</summary>
    private static QuantumConnection OpenInventory(
        string path, NetworkCredential? nodes, NetworkCredential? api, string? transport)
    {
        QuantumConnection connection = Sources.OpenInventory(path, nodes, api, transport);
        return connection.ComputerName.Length > 0 || connection.ControlPlane != "none" ? connection
            : throw AccessErrors.InventoryEmpty(path).ToException();
    }

    /// <summary>A folder that is not a snapshot is told now, not by the next cmdlet.</summary>
    private static QuantumConnection OpenSnapshot(string path)
    {
        QuantumConnection connection = Sources.OpenSnapshot(path);
        SnapshotReader.Check(path);
        return connection;
    }

    private Access.Inventory FromParameters()
    {
        if (EnvironmentFile is not null && ControllerName is null)
            throw Errors.ParameterAlone(nameof(EnvironmentFile), nameof(ControllerName)).ToException();
        Access.Inventory inventory = new InventoryParameters
        {
            ComputerName = [.. _nodes],
            ControllerName = ControllerName ?? "",
            EnvironmentFile = EnvironmentFile ?? "",
            UserName = UserName ?? "",
            IdentityFile = Checked(IdentityFile, nameof(IdentityFile)),
            SshConfigFile = Checked(SshConfigFile, nameof(SshConfigFile)),
            Sudo = IsOn(Sudo),
        }.ToInventory();
        return Cloud is null ? inventory : inventory with { ControlPlane = new() { Source = "api", Cloud = Cloud } };
    }

    /// <summary>The full path of a file that a parameter names; empty for none.</summary>
    private string Checked(string? path, string parameter)
    {
        if (path is null)
            return "";
        string full = path == "none" ? path : CommandHost.ResolvePath(path);
        return InventoryRules.ProblemOfFile(full) is { } problem
            ? throw Errors.ParameterFile(parameter, full, problem).ToException() : full;
    }
}
