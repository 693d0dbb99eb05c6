using System.Text;
using QuantumNet.Snapshots;

namespace QuantumNet.Access.Gathering;

/// <summary>Prints what the collectors run with root as rules of sudoers(5), arguments as regular expressions
/// (sudo 1.9.10 and later): wildcards of older sudoers match spaces too, so that <c>exec qdhcp-*</c> would
/// allow a shell.</summary>
/// <remarks>sudo joins the arguments by blanks before it compares them: whoever runs it may part and join them at any
/// blank. Each program has its full name, for <c>cat /var/x</c> as one argument would be a file below the folder
/// <c>cat </c> of whoever made that.</remarks>
internal static class Sudoers
{
    // No option can stand before the container's name. Packages in images keep their programs in /usr/bin.
    private const string Container = "(/usr)?/s?bin/(docker|podman) exec [a-zA-Z0-9][a-zA-Z0-9_.-]* ";
    private const string Network = "[0-9a-f-]+";
    private const string Address = "[0-9.]{7,15}";
    private const string Device = "[a-zA-Z0-9_.][a-zA-Z0-9_.-]{0,14}";
    private const string Until = "--foreground -k 2 ";

    public static string Write(string user, IReadOnlyList<ICollector> collectors)
    {
        SortedSet<string> commands = new(StringComparer.Ordinal);
        foreach (CommandTemplate template in collectors.SelectMany(collector => collector.Commands)
            .Concat(FlowCounters.Settle))
        {
            if (AllowList.NeedsRoot(template.Argv) && !FileReading.Reads(template.Argv))
                commands.Add($"{Until}{template.TimeoutSeconds} {Form(template.Argv)}");
        }
        commands.UnionWith(Lookups());
        commands.UnionWith(SudoersFiles.Rules(collectors, Container));
        commands.UnionWith(SudoersCapture.Rules(InNamespace("qdhcp")));
        commands.UnionWith(Questions());
        StringBuilder text = new();
        text.Append("# What QuantumNet runs with root on a node. It only reads, and ends its own tcpdumps.\n"
            + "# Needs sudo 1.9.10: an older one takes these expressions for words and allows nothing.\n"
            + "# Check with: visudo -cf FILE\n");
        text.Append($"Defaults:{Name(user)} env_reset, always_set_home, !setenv, !requiretty\n");
        text.Append($"Defaults:{Name(user)} secure_path=\"/usr/sbin:/usr/bin:/sbin:/bin\"\n");
        foreach (string command in commands)
            text.Append($"{Name(user)} ALL=(root) NOPASSWD: /usr/bin/timeout ^{command}$\n");
        // What a cut connection left is ended: a tcpdump with the mark of a trace, and nothing else.
        text.Append($"{Name(user)} ALL=(root) NOPASSWD: /usr/bin/pkill "
            + "^-KILL -f \\^\\[a-z/\\]\\*tcpdump \\.\\*less [12][0-9]{9}$\n");
        return text.ToString();
    }

    /// <summary>What the script itself asks before it knows what to read.</summary>
    private static IEnumerable<string> Lookups()
    {
        yield return $"{Until}10 {Form(["ovs-vsctl", "list-br"])}";
        yield return $"{Until}10 {Form(["nft", "list", "chains"])}";
        yield return $"{Until}10 (/usr)?/s?bin/(docker|podman) ps --format \\{{\\{{\\.Names\\}}\\}}";
        // -generate, which sends the packet, would be another word.
        yield return $"{Until}20 {Either("ovs-appctl")} ofproto/trace {Device} [a-z0-9][^[:space:]]*";
    }

    /// <summary>A few packets to one instance, from its network's DHCP namespace or its router's
    /// (Test-InstanceReachability), whose devices are looked at for that.</summary>
    private static IEnumerable<string> Questions()
    {
        string inside = Until + "[0-9]{1,5} " + InNamespace("q(dhcp|router)");
        yield return $"{Until}20 {InNamespace("qrouter")}{Program("ip")} address";
        yield return $"{inside}{Program("ping")} -n -c [0-9]{{1,3}} -W 1 {Address}";
        yield return $"{inside}{Program("ip")} neigh show to {Address} dev {Device}";
        yield return $"{inside}{Program("nc")} -z -v -n -w 3 {Address} [0-9]{{1,5}}";
        yield return $"{inside}{Program("curl")} -sv --connect-timeout 3 -m 4 telnet://{Address}:[0-9]{{1,5}}";
    }

    /// <summary>A program by its full name, whichever of the system's folders has it.</summary>
    public static string Program(string name) => "(/usr)?/s?bin/" + Literal(name);

    private static string InNamespace(string kind) => $"{Program("ip")} netns exec {kind}-{Network} ";

    // Open vSwitch's tools may be in a container (kolla, TripleO).
    private static string Either(string tool) => $"({Container}/usr/bin|(/usr)?/s?bin)/{Literal(tool)}";

    private static string Form(string[] argv)
    {
        if (argv is ["ip", "netns", "exec", _, var program, .. var rest])
            return InNamespace("qdhcp") + string.Join(' ', [Program(program), .. rest.Select(Argument)]);
        string first = argv[0].StartsWith("ovs-", StringComparison.Ordinal) ? Either(argv[0]) : Program(argv[0]);
        return string.Join(' ', [first, .. argv[1..].Select(Argument)]);
    }

    /// <summary>A regular expression of one argument. A place-holder takes nothing that could be a second argument
    /// or another folder.</summary>
    private static string Argument(string argument) => Literal(argument)
        .Replace("\\{family\\}", "[a-z0-9]+", StringComparison.Ordinal)
        .Replace("\\{table\\}", "[a-zA-Z0-9_.][a-zA-Z0-9_.-]*", StringComparison.Ordinal)
        .Replace("\\{bridge\\}", Device, StringComparison.Ordinal);

    /// <summary>What an extended regular expression, or sudoers itself, takes for something else stands in brackets
    /// or behind a backslash.</summary>
    public static string Literal(string text)
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
