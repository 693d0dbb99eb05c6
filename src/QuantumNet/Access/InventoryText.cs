using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace QuantumNet.Access;

/// <summary>Writes an inventory as a person would: with comments that tell what else may stand there.</summary>
internal static class InventoryText
{
    /// <summary>The text of an inventory.</summary>
    public static string Of(Inventory inventory, string path)
    {
        var text = new StringBuilder();
        text.Append($$"""
            // The nodes of a cloud, how to reach them, and where the control plane's records come from.
            // Everything but a node's name may be left out: it is left to ssh_config then.
            // Check it:   quantumnet init -Validate {{Path.GetFileName(path)}}
            // What may stand here:   quantumnet help about_QuantumNet_Inventory
            {
              // "address" is what ssh connects to, the name when left out. Besides: "port", "user", "identityFile",
              // "sudo": true (commands that need root go through sudo -n), "roles": ["compute"], ["network"] or
              // ["controller"], "transport": "ssh", "sshnet" or "local" (this machine),
              // "environment": { "OVS_RUNDIR": "/run/openvswitch" }
              "nodes": [

            """);
        text.AppendJoin(",\n", inventory.Nodes.Select(Node)).Append("\n  ],\n\n");
        AppendSsh(text, inventory.Ssh);
        AppendControlPlane(text, inventory.ControlPlane);
        return text.Append("}\n").ToString();
    }

    private static string Node(InventoryNode node)
    {
        List<string> parts = [$"\"name\": {Quoted(node.Name)}"];
        if (node.User.Length > 0)
            parts.Add($"\"user\": {Quoted(node.User)}");
        if (node.Roles.Length > 0)
            parts.Add($"\"roles\": [{string.Join(", ", node.Roles.Select(Quoted))}]");
        if (node.Transport != Inventory.Auto)
            parts.Add($"\"transport\": {Quoted(node.Transport)}");
        if (node.Sudo)
            parts.Add("\"sudo\": true");
        return $"    {{ {string.Join(", ", parts)} }}";
    }

    private static void AppendSsh(StringBuilder text, InventorySsh ssh)
    {
        text.Append("""
              // "knownHostsFile": a file in place of the user's; "strictHostKeyChecking": true, only known keys,
              // false, unknown ones are kept; "connectTimeoutSeconds": 10
              "ssh": {
            """);
        text.Append(ssh.ConfigFile is null ? "" : $" \"configFile\": {Quoted(ssh.ConfigFile)} ").Append("},\n\n");
    }

    private static void AppendControlPlane(StringBuilder text, InventoryControlPlane plane)
    {
        text.Append("""
              // "source": "client", the openstack client on a "node", with an "environmentFile" there that sets OS_*;
              // "api", Keystone by "cloud" (of clouds.yaml) or "authUrl"; "none", records are worked out from the
              // nodes. When left out, the OS_* variables are asked. Passwords never stand here.

            """);
        List<string> parts = [];
        foreach ((string name, string? value) in (ReadOnlySpan<(string, string?)>)[("source", plane.Source),
            ("node", plane.Node), ("environmentFile", plane.EnvironmentFile), ("cloud", plane.Cloud)])
        {
            if (!string.IsNullOrEmpty(value))
                parts.Add($"\"{name}\": {Quoted(value)}");
        }
        text.Append("  \"controlPlane\": {").Append(parts.Count == 0 ? "" : $" {string.Join(", ", parts)} ")
            .Append("}\n");
    }

    private static string Quoted(string text) =>
        $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
