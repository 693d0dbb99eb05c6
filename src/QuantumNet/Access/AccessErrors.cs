namespace QuantumNet.Access;

/// <summary>What can go wrong on the way to a node, and what to do.</summary>
internal static class AccessErrors
{
    public const string NodeUnreachableId = "NodeUnreachable";
    private const int MostNamed = 6;

    public static QuantumError NodeUnreachable(string node, string said, string? typed = null,
        string? configFile = null) => Create(NodeUnreachableId, QuantumErrorCategory.ConnectionError, node,
        $"Cannot reach node '{node}': {said}.",
        said.Contains("refused", StringComparison.OrdinalIgnoreCase)
        ? $"Check that sshd runs on {node} and listens on this port."
        : said.Contains("resolve", StringComparison.OrdinalIgnoreCase)
        ? $"Give {node} an address: {{ \"name\": \"{node}\", \"address\": \"ADDRESS\" }} in the inventory, "
            + $"or 'Host {node}' with a HostName in {configFile ?? "~/.ssh/config"}."
        : $"Check that '{typed ?? $"ssh {node}"} true' works without a prompt, and the route to it.");

    public static QuantumError AuthenticationFailed(string node, string said) =>
        Create("AuthenticationFailed", QuantumErrorCategory.AuthenticationError, node,
            $"Node '{node}' refuses the login: {said}.",
            "Load the key into ssh-agent, name it by \"identityFile\", or pass -Credential.");

    public static QuantumError SshMissing(string program, Exception cause) =>
        Create("SshMissing", QuantumErrorCategory.NotInstalled, program,
            $"The program '{program}' cannot be started: {cause.Message}",
            "Install the OpenSSH client (package openssh-client), or use transport sshnet.", cause);

    public static QuantumError SshConfigInvalid(string node, string said, string? configFile) =>
        Create("SshConfigInvalid", QuantumErrorCategory.InvalidData, node,
            $"ssh does not accept its configuration for '{node}': {said}.",
            configFile is null ? $"Correct the ssh_config file; 'ssh -G {node}' shows what it reads."
                : $"Correct {configFile}; 'ssh -F {configFile} -G {node}' shows what it reads.");

    public static QuantumError ShellFailed(string node, string said, string? typed = null) =>
        Create("NodeShellFailed", QuantumErrorCategory.ConnectionError, node,
            $"Node '{node}' let us in but ran nothing: {said}.",
            $"Check that '{typed ?? $"ssh {node}"} sh -c true' works for this user.");

    public static QuantumError ConnectionLost(string node, int done, int total, string said) =>
        Create("ConnectionLost", QuantumErrorCategory.ConnectionError, node,
            $"The connection to node '{node}' ended after {done} of {total} "
                + $"commands{(said.Length > 0 ? ": " + said : "")}.",
            "What arrived is kept; run the command again, or raise -TimeoutSeconds when the node is slow.");

    public static QuantumError NodeTimedOut(string node, int seconds, int done, int total) =>
        Create("NodeTimedOut", QuantumErrorCategory.OperationTimeout, node,
            $"Node '{node}' was not done after {seconds} s ({done} of {total} commands).",
            "What arrived is kept; raise -TimeoutSeconds, or look why the node is slow.");

    public static QuantumError LoginTimedOut(string node, int seconds, string typed) =>
        Create("NodeTimedOut", QuantumErrorCategory.OperationTimeout, node,
            $"Node '{node}' ran nothing within {seconds} s of the login.",
            $"Its login is slow or hangs: try '{typed} true', and look at sshd's UseDNS and PAM and at the user's "
                + "start-up files; or raise -TimeoutSeconds.");

    public static QuantumError CommandNotAllowed(IEnumerable<string> argv) =>
        Create("CommandNotAllowed", QuantumErrorCategory.SecurityError, string.Join(' ', argv),
            $"The command '{string.Join(' ', argv)}' is not on the list of those that only read.",
            "Nothing was run. A collector must keep to AllowList; report this.");

    public static QuantumError CollectorUnknown(string name, IEnumerable<string> known) =>
        Create("CollectorUnknown", QuantumErrorCategory.InvalidArgument, name,
            $"Nothing collects '{name}'.", $"Name one of: {string.Join(", ", known)}.");

    public static QuantumError NameUnsafe(string name) =>
        Create("NodeNameInvalid", QuantumErrorCategory.InvalidArgument, name,
            $"'{name}' cannot be the name or address of a node.",
            "A name has letters, digits, '.', '-', '_' or ':' and does not begin with '-'.");

    public static QuantumError UserNameUnsafe(string name) =>
        Create("UserNameInvalid", QuantumErrorCategory.InvalidArgument, name,
            $"'{name}' cannot be a user's name.",
            "A name has letters, digits, '.', '-' or '_' and does not begin with '-'.");

    public static QuantumError NodeNotInInventory(string node, Inventory inventory)
    {
        string[] known = Array.ConvertAll(inventory.Nodes, one => one.Name);
        string add = inventory.Path.Length > 0
            ? $"Add {{ \"name\": \"{node}\" }} to \"nodes\" of {inventory.Path}."
            : $"Add it: Connect-Quantum -ComputerName {string.Join(", ", known.Take(MostNamed).Append(node))}"
                + $"{(known.Length > MostNamed ? ", ..." : "")}.";
        return Create("NodeNotInInventory", QuantumErrorCategory.ObjectNotFound, node,
            $"Node '{node}' is not in the inventory.",
            $"{Suggestion.Choice("It names:", node, known)} {add}".TrimStart());
    }

    /// <summary>A node that the inventory does not name was tried as ssh knows it, in vain:
    /// most likely a typing error.</summary>
    public static QuantumError StrangerUnreachable(QuantumError unreachable, IReadOnlyCollection<string> known) =>
        unreachable with
        {
            Message = $"{unreachable.Message} The inventory has no such node.",
            Advice = $"{Suggestion.Choice("It names:", unreachable.Target, known)} If the name is right: "
                + $"{unreachable.Advice}",
        };

    public static QuantumError NodeNotInSnapshot(string node, QuantumSnapshot snapshot) =>
        Create("NodeNotInSnapshot", QuantumErrorCategory.ObjectNotFound, node,
            $"Node '{node}' is not in the snapshot.", Suggestion.Choice("It holds:", node,
                    [.. snapshot.Nodes.Select(held => held.ComputerName)]) is { Length: > 0 } choice
                ? choice : "It holds no node, only records.");

    public static QuantumError TransportUnknown(string node, string transport) =>
        Create("TransportUnknown", QuantumErrorCategory.NotInstalled, node,
            $"Transport '{transport}' of node '{node}' is not known.", "Use transport ssh, sshnet or local.");

    public static QuantumError CredentialNotSupported(string node) =>
        Create("CredentialNotSupported", QuantumErrorCategory.NotInstalled, node,
            $"The ssh program takes no password for '{node}' on this system.",
            "Use a key with ssh-agent, or transport sshnet.");

    public static QuantumError NothingToAsk() => Create("NothingToAsk", QuantumErrorCategory.InvalidArgument, "",
        "No node and no control plane is known.", "Connect-Quantum with -Inventory, or with -ComputerName.");

    public static QuantumError InventoryNotRead(string path, string why) =>
        Create("InventoryNotRead", QuantumErrorCategory.ReadError, path,
            $"The inventory '{path}' cannot be read: {why}.", "Check the path and its permissions.");

    public static QuantumError InventoryMissing(string path) =>
        Create("InventoryNotFound", QuantumErrorCategory.ObjectNotFound, path, $"There is no inventory '{path}'.",
            $"New-QuantumInventory '{path}' -ComputerName NODE,... writes one; a saved snapshot is passed by "
                + "-Snapshot.");

    public static QuantumError InventoryIsSnapshot(string path, string what) =>
        Create("InventoryIsSnapshot", QuantumErrorCategory.InvalidArgument, path,
            $"'{path}' {what}, not an inventory file.", $"If it is a saved snapshot, use -Snapshot '{path}'.");

    public static QuantumError InventoryEmpty(string path) =>
        Create("InventoryEmpty", QuantumErrorCategory.InvalidData, path,
            $"The inventory '{path}' names no nodes and no control plane.",
            "Add a node: \"nodes\": [ { \"name\": \"compute1\" } ], or \"controlPlane\".");

    public static QuantumError InventoryInvalid(string path, IReadOnlyList<InventoryProblem> problems)
    {
        string more = problems.Count > 1 ? $" ({problems.Count - 1} more)" : "";
        string end = problems[0].Message.EndsWith('?') && more.Length == 0 ? "" : ".";
        return Create("InventoryInvalid", QuantumErrorCategory.InvalidData, path,
            $"{path}:{problems[0]}{more}{end}",
            $"Test-QuantumInventory '{path}' shows all that is wrong; about_QuantumNet_Inventory tells what may "
                + "stand there.");
    }

    public static QuantumError InventorySecret(string path, int line, int column, string name) =>
        Create("InventorySecret", QuantumErrorCategory.SecurityError, path,
            $"{path}:{line}:{column}: a secret ('{name}') stands in the inventory.",
            "Take it out: passwords come from OS_PASSWORD, clouds.yaml, -Credential or a SecretManagement vault.");

    private static QuantumError Create(string id, QuantumErrorCategory category, string target, string message,
        string advice, Exception? cause = null) =>
            new() { Id = id, Category = category, Target = target, Message = message, Advice = advice, Cause = cause };
}
