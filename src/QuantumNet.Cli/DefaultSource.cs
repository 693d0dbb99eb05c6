using System.Net;
using QuantumNet.Cli.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Cli;

/// <summary>The cloud that the environment names, for command lines that name none. A file of the current folder is
/// never taken unasked: an inventory names programs that ssh runs, and the folder may hold somebody else's.</summary>
internal sealed class DefaultSource(ICommandHost host, Func<string, string?> variable)
{
    /// <summary>Names an inventory file.</summary>
    public const string Inventory = "QUANTUMNET_INVENTORY";
    /// <summary>Names a snapshot.</summary>
    public const string Snapshot = "QUANTUMNET_SNAPSHOT";

    /// <summary>What to do where there is none.</summary>
    public const string Advice = $"Pass -Inventory or -Snapshot, or set {Inventory} or {Snapshot}.";

    /// <summary>Opens it; null where the environment names none.</summary>
    /// <exception cref="QuantumException">It names two, or one that cannot be opened.</exception>
    public QuantumConnection? Open()
    {
        (string? inventory, string? snapshot) = (ValueOf(Inventory), ValueOf(Snapshot));
        if (inventory is not null && snapshot is not null)
            throw UsageErrors.AmbiguousDefault(Inventory, Snapshot);
        if (snapshot is not null)
            return Open(Snapshot, snapshot, path => Sources.OpenSnapshot(path, keeps: false));
        if (inventory is null)
            return null;
        NetworkCredential? nodes = host.CredentialOf(nameof(SourceCmdlet.Credential), given: null);
        return Open(Inventory, inventory, path => Sources.OpenInventory(path, nodes, api: null));
    }

    private QuantumConnection Open(string name, string value, Func<string, QuantumConnection> open)
    {
        string path = host.ResolvePath(value);
        host.Verbose($"The cloud is that of {name}: {path}");
        try
        {
            return open(path);
        }
        catch (QuantumException e)
        {
            throw (e.Error with { Advice = $"{e.Error.Advice} {name} names it." }).ToException();
        }
    }

    private string? ValueOf(string name) => variable(name) is { Length: > 0 } value ? value : null;
}
