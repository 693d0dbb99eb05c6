using System.Text;
using QuantumNet.Snapshots;

namespace QuantumNet.Access.Gathering;

/// <summary>Prints what the collectors run with root as rules of sudoers(5).</summary>
internal static class Sudoers
{
    private static readonly string[] s_prefixes = ["timeout --foreground -k 2", "timeout -k 2"];

    public static string Write(string user, IEnumerable<ICollector> collectors)
    {
        SortedSet<string> commands = new(StringComparer.Ordinal);
        foreach (ICollector collector in collectors)
        {
            foreach (CommandTemplate template in collector.Commands)
            {
                if (AllowList.NeedsRoot(template.Argv))
                    Add(commands, template);
            }
        }
        commands.Add("/usr/bin/timeout --foreground -k 2 10 ovs-vsctl list-br");
        commands.Add("/bin/ls -1 /var/lib/neutron/dhcp");
        commands.Add("/bin/ls -1 /var/lib/quantum/dhcp");

        StringBuilder text = new();
        text.Append("# What QuantumNet runs with root on a node. It only reads. Check with: visudo -cf FILE\n");
        text.Append($"Defaults:{Name(user)} secure_path=\"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\", env_keep += \"OVS_RUNDIR OVS_DBDIR\"\n");
        foreach (string command in commands)
            text.Append($"{Name(user)} ALL=(root) NOPASSWD: {command}\n");
        return text.ToString();
    }

    private static void Add(SortedSet<string> commands, CommandTemplate template)
    {
        IEnumerable<string[]> forms = template.Scope == CommandScope.File
            ? template.FilePatterns.Select(pattern => Array.ConvertAll(template.Argv, argument => argument == "{file}" ? pattern : argument))
            : [template.Argv];
        foreach (string[] form in forms)
            commands.Add($"/usr/bin/{s_prefixes[0]} {template.TimeoutSeconds} {string.Join(' ', form.Select(Argument))}");
    }

    /// <summary>A place-holder becomes the narrowest pattern that its values fit; what sudoers treats specially is escaped.</summary>
    private static string Argument(string argument)
    {
        if (argument.Length == 0)
            return "\"\"";
        StringBuilder text = new();
        foreach (char c in argument.Replace("{folder}", "/var/lib/[nq]*/dhcp/[0-9a-f]*", StringComparison.Ordinal))
            text.Append(c is ',' or ':' or '=' or '\\' or ' ' or '#' ? $"\\{c}" : c.ToString());
        return text.ToString()
            .Replace("{namespace}", "qdhcp-[0-9a-f]*", StringComparison.Ordinal)
            .Replace("{network}", "[0-9a-f]*", StringComparison.Ordinal)
            .Replace("{pid}", "[0-9]*", StringComparison.Ordinal)
            .Replace("{bridge}", "[a-zA-Z0-9]*", StringComparison.Ordinal);
    }

    private static string Name(string user) => user.Length > 0 && user.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') && user[0] != '-'
        ? user
        : throw AccessErrors.UserNameUnsafe(user).ToException();
}
