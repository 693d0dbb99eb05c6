using QuantumNet.Parsing.Links;

namespace QuantumNet.Snapshots;

/// <summary>What several commands tell about one namespace, joined.</summary>
internal static class NamespaceRecords
{
    /// <summary>Adds a namespace that <c>ip netns</c> lists; keeps what is known of its use.</summary>
    public static void Put(NetworkNamespace listed, NodeState into)
    {
        int known = IndexOf(listed.Namespace, into);
        if (known < 0)
            into.Namespaces.Add(listed);
        else
            into.Namespaces[known] = listed with { IsUsable = into.Namespaces[known].IsUsable };
    }

    /// <summary>Learns from a command in a namespace whether one can be entered.</summary>
    public static void NoteUse(CommandOutput output, NodeState into)
    {
        string name = CommandNamespace.Of(output);
        bool? isUsable = output.ExitStatus == 0 ? true
            : output.StandardError.Contains("Invalid argument", StringComparison.Ordinal) ? false : null;
        if (name.Length == 0 || isUsable == null)
            return;

        int known = IndexOf(name, into);
        if (known >= 0)
            into.Namespaces[known] = into.Namespaces[known] with { IsUsable = isUsable };
        else
            into.Namespaces.Add(new NetworkNamespace
            {
                ComputerName = output.ComputerName, Command = output.Command, RawText = output.StandardError.Trim(),
                Namespace = name, NetworkId = IpNetnsParser.NetworkIdOf(name), IsUsable = isUsable,
            });
    }

    private static int IndexOf(string name, NodeState node) =>
        node.Namespaces.FindIndex(known => known.Namespace == name);
}
