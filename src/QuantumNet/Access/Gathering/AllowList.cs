using QuantumNet.Snapshots;

namespace QuantumNet.Access.Gathering;

/// <summary>Everything that may run on a node, as patterns of argv. All of it only reads.
/// What is not here does not run.</summary>
/// <remarks>A pattern is words: a word must be equal; <c>a|b</c> is one of them; <c>x?</c> may be left out;
/// <c>x*</c> may come any number of times; <c>-O:</c> among alternatives takes the next argument with it;
/// <c>&lt;name&gt;</c> is any argument of that sort (<see cref="ArgumentSort"/>).</remarks>
internal static class AllowList
{
    private const string OvsOptions =
        "-O:|--timeout=<word>|-t:|--no-names|--names|--no-stats|-m|--format=json|--format=list|--format=table|-f:|-d:|"
        + "--data=<word>|--columns=<word>|--no-headings|--oneline|--if-exists|--bare*";

    private static readonly CommandPattern[] s_patterns = Array.ConvertAll((string[])
    [
        "ip -d|-s|-j|-o|-4|-6|-br|-details|-statistics|-json|-oneline* "
            + "link|l|address|addr|a|route|r|rule|neigh|neighbour|n",
        "ip -d|-s|-j|-o|-4|-6|-br|-details|-statistics|-json|-oneline* "
            + "link|l|address|addr|a|route|r|rule|neigh|neighbour|n show|list|ls <word>*",
        "ip -j|-json* netns list|list-id|ls|show?",
        "brctl show|showmacs|showstp <word>?",
        "bridge -d|-s|-j|-details|-statistics|-json* link|fdb|vlan|mdb",
        "bridge -d|-s|-j|-details|-statistics|-json* link|fdb|vlan|mdb show <word>*",
        "iptables-save|ip6tables-save|iptables-legacy-save|ip6tables-legacy-save|iptables-nft-save|ip6tables-nft-save "
            + "-c|--counters|-t:*",
        "iptables|ip6tables|iptables-legacy|iptables-nft -n|-v|-x|-w|-t:* -S|-L <word>? -n|-v|-x|--line-numbers*",
        "ebtables -t:* -L --Lc|--Ln*", "ebtables-save -c?", "nft -a|-j|-n* list ruleset|tables|chains",
        "nft -a|-j|-n* list table <word> <word>",
        "ipset save", "ipset list <word>?",
        "conntrack -L <word>*", $"ovs-vsctl {OvsOptions} show|list-br", $"ovs-vsctl {OvsOptions} "
            + "list-ports|list-ifaces|iface-to-br|port-to-br|br-exists|get-controller|get-fail-mode <word>",
        $"ovs-vsctl {OvsOptions} list|find <word> <word>*", $"ovs-vsctl {OvsOptions} get <word> <word> <word>*",
        $"ovs-ofctl {OvsOptions} show|dump-flows|dump-aggregate|dump-ports|dump-ports-desc|dump-tables|dump-groups|"
            + "dump-group-stats|dump-meters|dump-desc|get-frags <word> <word>?",
        $"ovs-appctl {OvsOptions} fdb/show|fdb/stats-show|revalidator/wait|mdb/show|dpif/show|dpif/dump-flows|"
            + "dpctl/show|dpctl/dump-flows|dpctl/dump-conntrack|bond/show|bond/list|lacp/show|stp/show|rstp/show|"
            + "bfd/show|cfm/show|coverage/show|upcall/show|vlog/list|version|tnl/arp/show|tnl/neigh/show|"
            + "tnl/ports/show|ovs/route/show|cluster/status|qos/show -m|-s|-v|--names|--no-names|more|<word>*",
        $"ovs-appctl {OvsOptions} ofproto/trace --names|--no-names|--ct-next:* <word> <word>",
        "ovs-dpctl -m|-s|--names* show|dump-flows <word>?",
        "ps -e|-f|-ef|-eo|-o|-A|-ww|-w|-C|-p|aux|auxww|-efww|-eww|-ewwo|-eLf|<word>*",
        "pgrep -a|-f|-x|-l|-u:* <word>", "pidof <word>",
        "ss -l|-u|-n|-p|-a|-t|-w|-i|-m|-o|-e|-4|-6|-H|-lunp|-lnup|-ulnp|-anup|-lnp|-tlnp|-ltnp|-tnp|-tulpn|-lntup|"
            + "-lunpt|-tunlp|-anp|-uanp|-uap|-nap|-lunpw|-x*",
        "netstat -pan|-panu|-lunp|-lnup|-anup|-anp|-tulpn|-s|-l|-u|-n|-p|-a|-t*",
        "zcat <file>", "cat <file> <file>*", "sed -E <blot> <file>", "head|tail -n:|-c:* <file>",
        "grep|zgrep -h|-H|-i|-n|-E|-F|-a|-s|-m:|-e:|-A:|-B:* <word> <file>",
        "grep -h|-H|-i|-n|-E|-F|-a|-s|-m:|-e:* <file>", "ls -l|-a|-1|-d|-la|-lR* <file>*",
        "stat -c:|-L|--format=<word>* <file>", "readlink -f? <file>", "test -e|-f|-d|-r <file>",
        "journalctl --no-pager|--utc|-q|-a|-b|-r|--no-hostname|-u:|-t:|-n:|-o:|-p:|-S:|-U:|--since:|--until:|"
            + "--since=<word>|--until=<word>|--unit=<word>|--identifier=<word>|--lines=<word>|--output=<word>|-k|-g:|"
            + "--grep=<word>*",
        "dmesg -T?", "sysctl -a|-n|-e* <setting>*",
        "systemctl --no-pager|--plain|--no-legend|-a|--all|-l|--full|-n:|-t:|--type=<word>|--state=<word>* "
            + "status|is-active|is-enabled|is-failed|show|list-units -p:|--property=<word>|--no-pager|--all|-a|<word>*",
        "service <word> status", "initctl list|status <word>?",
        "ethtool -i|-k|-S|-a|-g|-c? <word>", "uname -a|-r|-n|-s|-m*", "hostname -f|-s|-I?",
        "date -u|--utc|-Is|-Ins|-R|<clock>*", "uptime -s|-p?", "lsmod", "lsb_release -a", "id -u|-un?",
        "timedatectl show|status?", "ovs-vsctl|ovs-ofctl|ovs-appctl|ovs-vswitchd|dnsmasq|brctl|tcpdump|nft --version",
        "ip|iptables|ip6tables|bridge -V", "iptables|ip6tables --version",
        "docker|podman ps --format {{.Names}}",
        "dpkg-query -W <word>*", "rpm -q <word>*",
        "tcpdump -p|-l|-n|-tt|-e|-xx|-s:|-c:|-i:* <filter>",
        "ping|ping6 -c:|-W:|-w:|-i:|-n|-q|-4|-6|-I:|-M:|-s:* <word>", "arping -c:|-w:|-I:|-q|-b|-D* <word>",
        "nc -z|-v|-n|-u|-w:* <word> <word>", "curl -sv --connect-timeout:|-m:* <telnet>",
    ], CommandPattern.Parse);

    /// <summary>The programs that run a command in a container.</summary>
    internal static readonly string[] Runtimes = ["docker", "podman"];

    /// <summary>Whether a command may run. <c>docker exec NAME</c> and <c>ip netns exec NAME</c> may come first,
    /// once each in this order.</summary>
    public static bool Allows(IReadOnlyList<string> argv)
    {
        if (argv.Count > 3 && Array.IndexOf(Runtimes, argv[0]) >= 0 && argv[1] == "exec")
            return ArgumentSort.IsContainer(argv[2]) && AllowsOnNode([.. argv.Skip(3)]);
        return AllowsOnNode(argv);
    }

    private static bool AllowsOnNode(IReadOnlyList<string> argv)
    {
        if (argv.Count > 4 && argv[0] == "ip" && argv[1] == "netns" && argv[2] == "exec")
            return ArgumentSort.IsNamespace(argv[3]) && AllowsPlain([.. argv.Skip(4)]);
        return AllowsPlain(argv);
    }

    /// <summary>Refuses a collector's command that may not run.</summary>
    /// <exception cref="QuantumException">It is not on the list.</exception>
    public static void Demand(CommandTemplate template)
    {
        bool isAllowed = Allows(template.Argv) && Array.TrueForAll(template.FilePatterns, ArgumentSort.IsFilePattern)
            && template is { TimeoutSeconds: > 0, MaximumBytes: > 0 };
        if (!isAllowed)
            throw AccessErrors.CommandNotAllowed(template.Argv).ToException();
    }

    /// <summary>Refuses a command that may not run.</summary>
    /// <exception cref="QuantumException">It is not on the list.</exception>
    public static void Demand(IReadOnlyList<string> argv)
    {
        if (!Allows(argv))
            throw AccessErrors.CommandNotAllowed(argv).ToException();
    }

    /// <summary>Whether a command needs root on a usual node.</summary>
    public static bool NeedsRoot(IReadOnlyList<string> argv)
    {
        if (ChangeList.Allows(argv))
            return true;
        if (argv is [_, "--version" or "-V"] or ["cat", "/etc/os-release"])
            return false;
        string program = argv.Count > 0 ? argv[0] : "";
        return program switch
        {
            "ip" => argv.Count > 2 && argv[1] == "netns" && argv[2] == "exec",
            "cat" or "head" or "tail" or "grep" or "ls" or "stat" or "sed" =>
                argv[^1].StartsWith("/var/", StringComparison.Ordinal)
                || argv[^1].StartsWith("/etc/", StringComparison.Ordinal) || argv[^1].StartsWith('{'),
            "ss" or "netstat" or "journalctl" or "conntrack" or "nft" or "ipset" or "ethtool" or "dmesg" or "tcpdump"
                => true,
            _ => program.StartsWith("ovs-", StringComparison.Ordinal)
                || program.StartsWith("iptables", StringComparison.Ordinal)
                || program.StartsWith("ip6tables", StringComparison.Ordinal)
                || program.StartsWith("ebtables", StringComparison.Ordinal),
        };
    }

    /// <summary>A sudoers fragment (sudoers(5)) that lets a user run what the collectors need,
    /// and nothing else.</summary>
    public static string ToSudoers(string user) => Sudoers.Write(user, Collectors.All);

    private static bool AllowsPlain(IReadOnlyList<string> argv) => argv is ["ovs-vsctl", ..] && argv.Contains("--")
        ? Commands(argv).TrueForAll(AllowsPlain)
        : Array.Exists(s_patterns, pattern => pattern.Matches(argv));

    /// <summary>ovs-vsctl takes several commands, with <c>--</c> between them: each must be allowed.</summary>
    private static List<IReadOnlyList<string>> Commands(IReadOnlyList<string> argv)
    {
        List<IReadOnlyList<string>> commands = [];
        List<string> command = [];
        foreach (string argument in argv.Append("--"))
        {
            if (argument != "--")
            {
                command.Add(argument);
                continue;
            }
            commands.Add([.. command]);
            command = ["ovs-vsctl"];
        }
        return commands;
    }
}
