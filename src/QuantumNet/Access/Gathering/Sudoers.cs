using System.Text;
using QuantumNet.Snapshots;

namespace QuantumNet.Access.Gathering;

/// <summary>Prints what the collectors run with root as rules of sudoers(5), arguments as regular expressions
/// (sudo 1.9.10 and later): wildcards of older sudoers match spaces too, so that <c>exec qdhcp-*</c> would
/// allow a shell.</summary>
internal static class Sudoers
{
    // No option can stand before the container's name.
    private const string Container = "(docker|podman) exec [a-zA-Z0-9][a-zA-Z0-9_.-]* ";

    private const string InNamespace =
        "/usr/bin/timeout ^--foreground -k 2 [0-9]+ ip netns exec q(dhcp|router)-[0-9a-f-]+ ";
    private const string Address = "[0-9.]+";

    public static string Write(string user, IEnumerable<ICollector> collectors)
    {
        SortedSet<string> commands = new(StringComparer.Ordinal);
        foreach (CommandTemplate template in collectors.SelectMany(collector => collector.Commands)
            .Concat(FlowCounters.Settle))
        {
            if (AllowList.NeedsRoot(template.Argv))
                Add(commands, template);
        }
        commands.Add($"/usr/bin/timeout ^--foreground -k 2 10 ({Container})?ovs-vsctl list-br$");
        commands.Add("/usr/bin/timeout ^--foreground -k 2 10 nft list chains$");
        commands.Add("/usr/bin/timeout ^--foreground -k 2 10 (docker|podman) ps --format \\{\\{\\.Names\\}\\}$");
        commands.Add($"/usr/bin/timeout ^--foreground -k 2 10 {Container}ls -1 /var/lib/neutron/dhcp$");
        // -generate, which sends the packet, would be another word.
        commands.Add($"/usr/bin/timeout ^--foreground -k 2 20 ({Container})?ovs-appctl ofproto/trace "
            + "[a-zA-Z0-9_.][a-zA-Z0-9_.-]* [a-z0-9][^[:space:]]*$");
        // A filter holds no dash, so that no option can stand behind it.
        commands.Add("/usr/bin/timeout ^--foreground -k 2 [0-9]+ (ip netns exec qdhcp-[0-9a-f-]+ )?tcpdump (-p )?-l -n "
            + "-tt -e -xx -s [0-9]+ -c [0-9]+ -i [a-zA-Z0-9_.-]+ \\([^-]+$");
        // A few packets to one instance, from its network's DHCP namespace or its router's
        // (Test-InstanceReachability), whose devices are looked at for that.
        commands.Add("/usr/bin/timeout ^--foreground -k 2 20 ip netns exec qrouter-[0-9a-f-]+ ip address$");
        commands.Add($"{InNamespace}ping -n -c [0-9]+ -W 1 {Address}$");
        commands.Add($"{InNamespace}ip neigh show to {Address} dev [a-zA-Z0-9_.-]+$");
        commands.Add($"{InNamespace}nc -z -v -n -w 3 {Address} [0-9]+$");
        commands.Add($"{InNamespace}curl -sv --connect-timeout 3 -m 4 telnet://{Address}:[0-9]+$");
        // What a cut connection left is ended: a tcpdump with the mark of a trace, and nothing else.
        commands.Add("/usr/bin/pkill ^-KILL -f \\^tcpdump \\.\\*less [0-9]+$");
        foreach (string folder in ServicePlaces.DhcpFolders.Concat(
            collectors.SelectMany(collector => collector.Commands).SelectMany(ListedFolders)))
            commands.Add("/bin/ls -1 " + folder);
        StringBuilder text = new();
        text.Append("# What QuantumNet runs with root on a node. It only reads, and ends its own tcpdumps. "
            + "Needs sudo 1.9.10. Check with: visudo -cf FILE\n");
        text.Append(
            $"Defaults:{Name(user)} secure_path=\"/usr/sbin:/usr/bin:/sbin:/bin\", env_keep += \"OVS_RUNDIR\"\n");
        foreach (string command in commands)
            text.Append($"{Name(user)} ALL=(root) NOPASSWD: {command}\n");
        return text.ToString();
    }

    /// <summary>Folders whose files are looked for by a pattern, and which root alone may be able to list.</summary>
    private static IEnumerable<string> ListedFolders(CommandTemplate template) => template.FilePatterns
        .Select(pattern => pattern[..pattern.LastIndexOf('/')])
        .Where(folder => folder.AsSpan().IndexOfAny('*', '?', '[') < 0);

    private static void Add(SortedSet<string> commands, CommandTemplate template)
    {
        IEnumerable<string[]> forms = template.Scope == CommandScope.File
            ? template.FilePatterns.Select(pattern => Array.ConvertAll(template.Argv,
                argument => argument == "{file}" ? FilePattern(pattern) : Argument(argument)))
            : [Array.ConvertAll(template.Argv, Argument)];
        foreach (string[] form in forms)
            commands.Add($"/usr/bin/timeout ^--foreground -k 2 {template.TimeoutSeconds} "
                + $"{(MayBeInside(template) ? $"({Container})?" : "")}{string.Join(' ', form)}$");
    }

    // Open vSwitch's tools and a DHCP agent's files may be in a container (kolla, TripleO).
    private static bool MayBeInside(CommandTemplate template) =>
        template.Argv[0].StartsWith("ovs-", StringComparison.Ordinal) || template.Scope == CommandScope.DhcpNetwork;

    /// <summary>A regular expression of one argument. A place-holder takes nothing that could be a second argument
    /// or another folder.</summary>
    private static string Argument(string argument) => Literal(argument)
        .Replace("\\{folder\\}", $"({string.Join('|', ServicePlaces.DhcpFolders)})/[0-9a-f-]+",
            StringComparison.Ordinal)
        .Replace("\\{namespace\\}", "qdhcp-[0-9a-f-]+", StringComparison.Ordinal)
        .Replace("\\{network\\}", "[0-9a-f-]+", StringComparison.Ordinal)
        .Replace("\\{pid\\}", "[0-9]+", StringComparison.Ordinal)
        .Replace("\\{family\\}", "[a-z0-9]+", StringComparison.Ordinal)
        .Replace("\\{table\\}", "[a-zA-Z0-9_.][a-zA-Z0-9_.-]*", StringComparison.Ordinal)
        .Replace("\\{bridge\\}", "[a-zA-Z0-9_.][a-zA-Z0-9_.-]*", StringComparison.Ordinal);

    private static string FilePattern(string pattern) => Literal(pattern)
        .Replace("\\*", "[a-zA-Z0-9_.-]*", StringComparison.Ordinal)
        .Replace("\\?", "[a-zA-Z0-9_.-]", StringComparison.Ordinal)
        .Replace("\\[", "[", StringComparison.Ordinal).Replace("\\]", "]", StringComparison.Ordinal);

    /// <summary>What an extended regular expression, or sudoers itself, takes for something else stands in brackets
    /// or behind a backslash.</summary>
    private static string Literal(string text)
    {
        StringBuilder literal = new();
        foreach (char c in text)
        {
            if (c is '.' or '*' or '?' or '[' or ']' or '(' or ')' or '{' or '}' or '|' or '^'
                or '$' or '+' or '\\' or '#')
                literal.Append('\\');
            literal.Append(c);
        }
        return literal.ToString();
    }

    private static string Name(string user) =>
        user.Length > 0 && user.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') && user[0] != '-'
            ? user
            : throw AccessErrors.UserNameUnsafe(user).ToException();
}
