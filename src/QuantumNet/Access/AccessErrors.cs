using System.Text.Json.Serialization.Metadata;

namespace QuantumNet.Access;

/// <summary>What can go wrong on the way to a node, and what to do.</summary>
internal static class AccessErrors
{
    public const string NodeUnreachableId = "NodeUnreachable";

    public static QuantumError NodeUnreachable(string node, string said) => Create(NodeUnreachableId,
        QuantumErrorCategory.ConnectionError, node,
        $"Cannot reach node '{node}': {said}.",
        said.Contains("refused", StringComparison.OrdinalIgnoreCase)
        ? $"Check that sshd runs on {node} and listens on this port."
        : said.Contains("resolve", StringComparison.OrdinalIgnoreCase)
        ? $"Give {node} an \"address\" in the inventory, or a HostName in ssh_config."
        : $"Check that 'ssh {node} true' works without a prompt, and the route to it.");

    public static QuantumError AuthenticationFailed(string node, string said) =>
        Create("AuthenticationFailed", QuantumErrorCategory.AuthenticationError, node,
            $"Node '{node}' refuses the login: {said}.",
            "Load the key into ssh-agent, name it by \"identityFile\", or pass -Credential.");

    public static QuantumError SshMissing(string program, Exception cause) =>
        Create("SshMissing", QuantumErrorCategory.NotInstalled, program,
            $"The program '{program}' cannot be started: {cause.Message}",
            "Install the OpenSSH client (package openssh-client), or use transport sshnet.", cause);

    public static QuantumError SshConfigInvalid(string node, string said) =>
        Create("SshConfigInvalid", QuantumErrorCategory.InvalidData, node,
            $"ssh does not accept its configuration for '{node}': {said}.",
            "Mend the ssh_config file; 'ssh -G HOST' shows what it reads.");

    public static QuantumError ShellFailed(string node, string said) =>
        Create("NodeShellFailed", QuantumErrorCategory.ConnectionError, node,
            $"Node '{node}' let us in but ran nothing: {said}.",
            $"Check that 'ssh {node} sh -c true' works for this user.");

    public static QuantumError ConnectionLost(string node, int done, int total, string said) =>
        Create("ConnectionLost", QuantumErrorCategory.ConnectionError, node,
            $"The connection to node '{node}' ended after {done} of {total} "
                + $"commands{(said.Length > 0 ? ": " + said : "")}.",
            "What arrived is kept; run the command again, or raise -TimeoutSeconds when the node is slow.");

    public static QuantumError NodeTimedOut(string node, int seconds, int done, int total) =>
        Create("NodeTimedOut", QuantumErrorCategory.OperationTimeout, node,
            $"Node '{node}' was not done after {seconds} s ({done} of {total} commands).",
            "What arrived is kept; raise -TimeoutSeconds, or look why the node is slow.");

    public static QuantumError LoginTimedOut(string node, int seconds) =>
        Create("NodeTimedOut", QuantumErrorCategory.OperationTimeout, node,
            $"Node '{node}' ran nothing within {seconds} s of the login.",
            $"Its login is slow or hangs: try 'ssh {node} true', and look at sshd's UseDNS and PAM and at the user's "
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

    public static QuantumError NodeNotInInventory(string node, IReadOnlyCollection<string> known) =>
        Create("NodeNotInInventory", QuantumErrorCategory.ObjectNotFound, node,
            $"Node '{node}' is not in the inventory.",
            (Suggestion.Choice("It names:", node, known)
                + $" A further node is added as {{ \"name\": \"{node}\" }}, or by -ComputerName of Connect-Quantum.")
                .TrimStart());

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

    public static QuantumError InventoryNotRead(string path, Exception cause) =>
        Create("InventoryNotRead", QuantumErrorCategory.ReadError, path,
            $"The inventory '{path}' cannot be read: {cause.Message}", "Check the path and its permissions.", cause);

    public static QuantumError InventoryInvalid(string path, long line, long column, string what, Exception? cause) =>
        Create("InventoryInvalid", QuantumErrorCategory.InvalidData, path,
            line > 0 ? $"{path}:{line}:{column}: {what}." : $"{path}: {what}.",
            $"Known are nodes[] ({Names(InventoryJson.Default.InventoryNode)}), "
                + $"ssh ({Names(InventoryJson.Default.InventorySsh)}) and " +
            $"controlPlane ({Names(InventoryJson.Default.InventoryControlPlane)}); see about_QuantumNet_Inventory.",
            cause);

    public static QuantumError InventorySecret(string path, int line, int column, string name) =>
        Create("InventorySecret", QuantumErrorCategory.SecurityError, path,
            $"{path}:{line}:{column}: a secret ('{name}') stands in the inventory.",
            "Take it out: passwords come from OS_PASSWORD, clouds.yaml, -Credential or a SecretManagement vault.");

    private static string Names(JsonTypeInfo place) =>
        string.Join(", ", place.Properties.Select(property => property.Name));

    private static QuantumError Create(string id, QuantumErrorCategory category, string target, string message,
        string advice, Exception? cause = null) =>
            new() { Id = id, Category = category, Target = target, Message = message, Advice = advice, Cause = cause };
}
