using QuantumNet.Access.Collecting;
using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets the script that gathers a node from within, for Ansible, Salt, pdsh or a DaemonSet to run. What it
/// prints is one part of a snapshot, which Import-QuantumSnapshot joins with those of other nodes.</summary>
[Cmdlet(VerbsCommon.Get, "QuantumCollector")]
[OutputType(typeof(string))]
public sealed class GetQuantumCollectorCommand : QuantumCmdlet
{
    private const int DefaultTimeout = 600;

    /// <summary>What the node is; everything when left out.</summary>
    [Parameter(Position = 0)]
    public CollectorRole Role { get; set; } = CollectorRole.All;

    /// <summary>The collectors whose commands are run; those of the role when left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CollectorCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Collector { get; set; } = [];

    /// <summary>Networks whose namespaces and DHCP files are read, whole ids; all when left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Network")]
    [ArgumentCompleter(typeof(NetworkCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] NetworkId { get; set; } = [];

    /// <summary>Files on the controller that may set the client's OS_* variables, the first that there is; the usual
    /// ones when left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] EnvironmentFile { get; set; } = [];

    /// <summary>Runs what needs root through sudo.</summary>
    [Parameter]
    public SwitchParameter Sudo { get; set; }

    /// <summary>Seconds until the script ends whatever still runs on its node.</summary>
    [Parameter]
    [ValidateRange(10, 86400)]
    public int TimeoutSeconds { get; set; } = DefaultTimeout;

    private readonly HashSet<string> _networks = [];

    private protected override void Process()
    {
        foreach (string network in NetworkId)
            _networks.Add(Guid.TryParse(network, out Guid id) ? id.ToString()
                : throw Errors.NetworkIdNotWhole(network).ToException());
    }

    private protected override void End() => CommandHost.Object(CollectorScript.Write(new()
    {
        Role = Role,
        Collectors = Collector,
        NetworkIds = [.. _networks],
        EnvironmentFiles = EnvironmentFile,
        Sudo = IsOn(Sudo),
        TimeoutSeconds = TimeoutSeconds,
    }));
}
