using QuantumNet.Snapshots;

namespace QuantumNet.Access;

/// <summary>What an inventory must hold to beyond names and kinds of values. A path as an inventory means it is made
/// before.</summary>
internal static class InventoryRules
{
    private static readonly string[] s_transports = [Inventory.Auto, Inventory.OpenSsh, Inventory.SshNet, "local"];
    private static readonly string[] s_sources = ["", "api", "client", "file", "none"];
    private static readonly string[] s_roles = ["compute", "network", "controller"];

    /// <summary>What is wrong, each with the path of its value.</summary>
    public static IEnumerable<(string Path, string Message)> Check(Inventory inventory)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        for (int index = 0; index < inventory.Nodes.Length; index++)
        {
            foreach ((string name, string message) in Check(inventory.Nodes[index], names))
                yield return ($"nodes[{index}]{name}", message);
        }
        if (inventory.Ssh.ConnectTimeoutSeconds is < 1 or > 3600)
            yield return ("ssh.connectTimeoutSeconds", "ssh.connectTimeoutSeconds is not from 1 to 3600");
        foreach ((string path, string message) in CheckControlPlane(inventory).Concat(CheckFiles(inventory)))
            yield return (path, message);
    }

    private static IEnumerable<(string Path, string Message)> CheckControlPlane(Inventory inventory)
    {
        InventoryControlPlane plane = inventory.ControlPlane;
        if (Array.IndexOf(s_sources, plane.Source) < 0)
            yield return ("controlPlane.source",
                $"controlPlane.source is '{plane.Source}', not api, client, file or none");
        if (plane.Node is { Length: > 0 } controller && !HostName.IsSafe(controller))
            yield return ("controlPlane.node", $"'{controller}' cannot be the name of a node");
        bool hasController = !string.IsNullOrEmpty(plane.Node) || Array.Exists(inventory.Nodes,
            node => node.Roles.Contains("controller", StringComparer.OrdinalIgnoreCase));
        if (plane.Source == "client" && !hasController)
            yield return ("controlPlane.source", "records are to come from a client, but no node has the role "
                + "controller, and controlPlane.node names none");
        if (plane.AuthUrl is { Length: > 0 } url && (!Uri.TryCreate(url, UriKind.Absolute, out Uri? keystone)
            || keystone.Scheme is not ("http" or "https")))
            yield return ("controlPlane.authUrl",
                $"'{url}' is not an address of Keystone, such as http://controller:5000/v3");
    }

    private static IEnumerable<(string Name, string Message)> Check(InventoryNode node, HashSet<string> names)
    {
        if (string.IsNullOrWhiteSpace(node.Name))
        {
            yield return (".name", "a node has no name");
            yield break;
        }
        if (!HostName.IsSafe(node.Name))
            yield return (".name", $"'{node.Name}' cannot be the name of a node");
        if (node.Address.Length > 0 && !HostName.IsSafe(node.Address))
            yield return (".address", $"'{node.Address}' cannot be the address of a node");
        if (!names.Add(node.Name))
            yield return (".name", $"node '{node.Name}' stands there twice");
        if (Array.IndexOf(s_transports, node.Transport) < 0)
            yield return (".transport", $"transport of '{node.Name}' is '{node.Transport}', "
                + "not auto, ssh, sshnet or local");
        if (node.Port is < 1 or > 65535)
            yield return (".port", $"port of '{node.Name}' is not from 1 to 65535");
        for (int index = 0; index < node.Roles.Length; index++)
        {
            if (!s_roles.Contains(node.Roles[index], StringComparer.OrdinalIgnoreCase))
                yield return ($".roles[{index}]", $"role of '{node.Name}' is '{node.Roles[index]}', "
                    + $"not compute, network or controller{Suggestion.Sentence(node.Roles[index], s_roles)}");
        }
        foreach (string name in node.Environment.Keys.Where(name => !NodeEnvironment.IsAllowed(name)))
            yield return ($".environment.{name}",
                $"environment of '{node.Name}' sets '{name}', which is not allowed");
    }

    private static IEnumerable<(string Path, string Message)> CheckFiles(Inventory inventory)
    {
        for (int index = 0; index < inventory.Nodes.Length; index++)
        {
            if (ProblemOfFile(inventory.Nodes[index].IdentityFile) is { } problem)
                yield return ($"nodes[{index}].identityFile", problem);
        }
        if (ProblemOfFile(inventory.Ssh.ConfigFile) is { } config)
            yield return ("ssh.configFile", config);
        if (inventory.ControlPlane.Path is { Length: > 0 } answers
            && !Path.Exists(SnapshotReader.Meant(answers)))
            yield return ("controlPlane.path", $"there is nothing at '{answers}'");
    }

    /// <summary>Why a file that is named cannot be read; null where it can, or none is named.</summary>
    public static string? ProblemOfFile(string? path) => string.IsNullOrEmpty(path) || path == "none" ? null
        : Directory.Exists(path) ? $"'{path}' is a folder, not a file"
        : File.Exists(path) || !Path.IsPathFullyQualified(path) ? null : $"there is no file '{path}'";
}

/// <summary>Which variables an inventory may set on a node.</summary>
internal static class NodeEnvironment
{
    private static readonly string[] s_refused = ["PATH", "IFS", "ENV", "BASH_ENV", "SHELLOPTS", "PS4", "HOME",
        "LC_ALL", "LANG", "QUANTUMNET_RUN"];

    /// <summary>A shell name that changes no meaning of the script and loads no code.</summary>
    public static bool IsAllowed(string name) => name.Length > 1 && !char.IsAsciiDigit(name[0])
        && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_')
        && !name.StartsWith("LD_", StringComparison.Ordinal) && Array.IndexOf(s_refused, name) < 0;
}
