using System.Net;
using QuantumNet.Access.Gathering;
using QuantumNet.Access.Ssh;
using QuantumNet.Snapshots;

namespace QuantumNet.Access.ControlPlane;

/// <summary>Chooses the control plane that an inventory means.</summary>
public static class ControlPlaneChoice
{
    /// <summary>The control plane; null when there is none to ask. Without a source in the inventory it is what
    /// the inventory gives most of: Keystone or a cloud, a folder, a controller; then the <c>OS_*</c> variables;
    /// then a node with the role of controller.</summary>
    /// <param name="inventory">The inventory.</param>
    /// <param name="apiCredential">User and password for the API;
    /// null for those of the environment or clouds.yaml.</param>
    /// <param name="sshCredential">User and password for ssh to the controller; null for keys.</param>
    /// <param name="variable">Reads an environment variable; this process's when null.</param>
    public static IControlPlane? Of(
        Inventory inventory, NetworkCredential? apiCredential = null, NetworkCredential? sshCredential = null,
        Func<string, string?>? variable = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        InventoryControlPlane plane = inventory.ControlPlane;
        return SourceOf(inventory, variable) switch
        {
            "api" => new ApiControlPlane(CloudCredentialsReader.Read(plane.Cloud ?? "", plane.AuthUrl ?? "",
                apiCredential, variable)),
            "client" => Client(inventory, sshCredential),
            "file" => new FileControlPlane(plane.Path ?? ""),
            "none" => null,
            string other => throw Unknown(other).ToException(),
        };
    }

    private static string SourceOf(Inventory inventory, Func<string, string?> variable)
    {
        InventoryControlPlane plane = inventory.ControlPlane;
        if (plane.Source.Length > 0)
            return plane.Source;
        if (!string.IsNullOrEmpty(plane.AuthUrl) || !string.IsNullOrEmpty(plane.Cloud))
            return "api";
        if (!string.IsNullOrEmpty(plane.Path))
            return "file";
        if (!string.IsNullOrEmpty(plane.Node))
            return "client";
        bool hasVariables = !string.IsNullOrEmpty(variable("OS_CLOUD"))
            || !string.IsNullOrEmpty(variable("OS_AUTH_URL"));
        return hasVariables ? "api" : Controller(inventory) is null ? "none" : "client";
    }

    private static InventoryNode? Controller(Inventory inventory) => Array.Find(inventory.Nodes, node =>
        string.IsNullOrEmpty(inventory.ControlPlane.Node)
            ? node.Roles.Contains("controller", StringComparer.OrdinalIgnoreCase)
            : node.Name.Equals(inventory.ControlPlane.Node, StringComparison.OrdinalIgnoreCase));

    private static ClientControlPlane Client(Inventory inventory, NetworkCredential? credential)
    {
        InventoryNode? node = Controller(inventory)
            ?? (string.IsNullOrEmpty(inventory.ControlPlane.Node) ? null
                : inventory.Unlisted(inventory.ControlPlane.Node));
        if (node is null)
            throw NoController().ToException();
        INodeTransport transport = LiveSource.TransportOf(inventory, credential, node);
        return new ClientControlPlane(new ClientRunner(node, transport, new Silent()),
            inventory.ControlPlane.EnvironmentFile ?? "");
    }

    private static QuantumError Unknown(string source) => new()
    {
        Id = "ControlPlaneSourceUnknown",
        Category = QuantumErrorCategory.InvalidArgument,
        Target = source,
        Message = $"'{source}' is not a source of records.",
        Advice = "'controlPlane.source' in the inventory is api, client, file or none.",
    };

    private static QuantumError NoController() => new()
    {
        Id = "ControllerMissing",
        Category = QuantumErrorCategory.InvalidArgument,
        Message = "Records are to come from a controller's client, but the inventory names no controller.",
        Advice = "Give a node the role 'controller', or name it in 'controlPlane.node'.",
    };

    /// <summary>The client's answers are told one by one by who asks, not by who runs.</summary>
    private sealed class Silent : IGatherObserver
    {
        public void CommandFinished(CommandOutput output)
        {
        }

        public void Failed(QuantumError error)
        {
        }
    }
}
