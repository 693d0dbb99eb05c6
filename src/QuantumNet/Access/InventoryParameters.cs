namespace QuantumNet.Access;

/// <summary>An inventory as parameters give it.</summary>
public sealed record InventoryParameters
{
    /// <summary>Nodes.</summary>
    public string[] ComputerName { get; init; } = [];
    /// <summary>The controller with the client; empty for none.</summary>
    public string ControllerName { get; init; } = "";
    /// <summary>File on the controller that sets the client's environment; empty for none.</summary>
    public string EnvironmentFile { get; init; } = "";
    /// <summary>User on all nodes; empty to leave it to ssh_config.</summary>
    public string UserName { get; init; } = "";
    /// <summary>Private key; empty to leave it to ssh_config.</summary>
    public string IdentityFile { get; init; } = "";
    /// <summary>Port of the nodes' sshd; null to leave it to ssh_config.</summary>
    public int? SshPort { get; init; }
    /// <summary>Whether commands that need root go through sudo.</summary>
    public bool Sudo { get; init; }
    /// <summary>ssh_config file (jump hosts stand there); empty for the user's.</summary>
    public string SshConfigFile { get; init; } = "";

    /// <summary>The inventory. <c>localhost</c> and <c>.</c> are this machine, without ssh.</summary>
    /// <exception cref="QuantumException">A name cannot be a host's.</exception>
    public Inventory ToInventory()
    {
        List<InventoryNode> nodes = [];
        foreach (string name in ComputerName.Append(ControllerName).Where(name => name.Length > 0))
        {
            if (!HostName.IsSafe(name))
                throw AccessErrors.NameUnsafe(name).ToException();
            if (!nodes.Exists(node => node.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
                nodes.Add(Node(name));
        }
        return new()
        {
            Nodes = [.. nodes],
            Ssh = new() { ConfigFile = SshConfigFile.Length > 0 ? SshConfigFile : null },
            ControlPlane = ControllerName.Length > 0
                ? new() { Source = "client", Node = ControllerName, EnvironmentFile = EnvironmentFile } : new(),
        };
    }

    private InventoryNode Node(string name)
    {
        bool isLocal = name is "." or "localhost";
        return new()
        {
            Name = isLocal ? Environment.MachineName : name,
            User = UserName,
            IdentityFile = IdentityFile,
            Port = SshPort,
            Sudo = Sudo,
            Transport = isLocal ? "local" : Inventory.Auto,
            Roles = name == ControllerName ? ["controller"] : [],
        };
    }
}
