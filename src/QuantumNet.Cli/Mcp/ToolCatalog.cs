using QuantumNet.Cli.Binding;

namespace QuantumNet.Cli.Mcp;

/// <summary>Which cmdlets are tools for a program that speaks the Model Context Protocol, and which of their parameters
/// it may set. The one who starts the server names the cloud; a program names no files of this machine, no inventory
/// (it names programs that ssh runs) and no password.</summary>
internal static class ToolCatalog
{
    /// <summary>Cmdlets that work on files of this machine, or on a session of PowerShell.</summary>
    private static readonly HashSet<string> s_local = new(StringComparer.OrdinalIgnoreCase)
    {
        "Compare-QuantumSnapshot", "Connect-Quantum", "Disconnect-Quantum", "Export-DhcpPathReport",
        "Export-QuantumTopology", "Get-DhcpPacket", "Get-QuantumCollector", "Get-QuantumConnection",
        "Get-QuantumSample", "Import-QuantumSnapshot", "New-QuantumInventory", "Save-QuantumSnapshot",
        "Test-QuantumInventory",
    };

    /// <summary>Parameters that name files, passwords or another cloud.</summary>
    private static readonly HashSet<string> s_withheld = new(StringComparer.OrdinalIgnoreCase)
    {
        "After", "Background", "Before", "Connection", "Credential", "Force", "IntervalSeconds", "Inventory",
        "LiteralPath", "Path", "SaveTo", "Snapshot", "Watch",
    };

    /// <summary>The tools.</summary>
    /// <param name="withChanges">Whether those that change a node are among them.</param>
    public static IEnumerable<CommandEntry> Of(bool withChanges) => CommandCatalog.All()
        .Where(command => !s_local.Contains(command.Name) && (withChanges || !ChangesNode(command)));

    /// <summary>Whether it is made to change something on a node. A test that sends packets once it is allowed to
    /// judges what the nodes hold where it is not.</summary>
    public static bool ChangesNode(CommandEntry command) =>
        command.SupportsShouldProcess && !command.Name.StartsWith("Test-", StringComparison.Ordinal);

    /// <summary>The parameters that a program may set.</summary>
    public static CommandParameter[] ParametersOf(CommandEntry command) =>
    [
        .. CommandParameter.Of(command.Type).Where(parameter => parameter is { IsBindable: true, IsCredential: false }
            && !s_withheld.Contains(parameter.Name)),
    ];
}
