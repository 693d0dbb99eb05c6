namespace QuantumNet.Snapshots;

/// <summary>Forms of <c>ps</c>, <c>ss</c>, <c>netstat</c>, <c>sysctl</c> and <c>journalctl</c>.</summary>
internal static class ProcessForms
{
    private const string BridgeNetfilter = "/proc/sys/net/bridge/bridge-nf-call-iptables";

    /// <summary><c>ps -ef</c>, <c>ps auxww</c>, <c>ps -eo pid,args</c>, <c>pgrep -a dnsmasq</c>:
    /// what one does not tell of a process, another may.</summary>
    public static CommandForm? Ps(string[] argv)
    {
        string part = string.Join(' ', argv);
        if (argv[0] == "pgrep")
            return Array.Exists(argv, word => word is "-a" or "-af" or "-fa" or "-la" or "-al" or "--list-full")
                ? new("ps") { Part = part, IsWhole = false, Rank = -5 } : null;
        bool isAll = false, isChosen = false;
        foreach (string word in argv.AsSpan(1))
        {
            if (word.StartsWith("--", StringComparison.Ordinal))
                isChosen |= word.StartsWith("--pid", StringComparison.Ordinal)
                    || word.StartsWith("--ppid", StringComparison.Ordinal);
            else if (word.StartsWith('-'))
            {
                isAll |= word.AsSpan().IndexOfAny('e', 'A') > 0;
                isChosen |= word is "-C" or "-p" or "-u" or "-U" or "-q";
            }
            else
                isAll |= !word.Contains(',') && word.Contains('a') && word.Contains('x');
        }
        return new("ps") { Part = part, IsWhole = isAll && !isChosen, Rank =
            part.Contains("ef", StringComparison.Ordinal) || part.Contains("-el", StringComparison.Ordinal) ? 1 : 0 };
    }

    /// <summary><c>ss -lunp</c>, <c>netstat -pan</c>: the listing holds the UDP listeners unless other protocols were
    /// asked for only.</summary>
    public static CommandForm? Sockets(string[] argv)
    {
        string letters = CommandForm.Letters(argv);
        string[] words = argv[1..];
        if (argv[0] == "netstat" && letters.Any("srig".Contains))
            return null;
        if (argv[0] == "ss" && letters.Contains('s'))
            return null;
        bool names = letters.Any("tuwxSd0".Contains) || words.Contains("--tcp") || words.Contains("--udp")
            || words.Contains("--raw") || words.Contains("--unix");
        bool hasUdp = !names || letters.Contains('u') || words.Contains("--udp");
        bool hasListeners = letters.AsSpan().IndexOfAny('l', 'a') >= 0 || words.Contains("--listening")
            || words.Contains("--all");
        bool isFiltered = argv[0] == "ss" && Array.Exists(words, word => !word.StartsWith('-'));
        bool isWhole = hasUdp && hasListeners && !isFiltered;
        return new(argv[0]) { Part = isWhole ? "" : string.Join(' ', words), IsWhole = isWhole,
            Rank = letters.Contains('p') || words.Contains("--processes") ? 1 : 0 };
    }

    /// <summary><c>sysctl -a</c> and <c>sysctl net.bridge.bridge-nf-call-iptables</c> tell what the file
    /// in /proc/sys does.</summary>
    public static CommandForm? Sysctl(string[] argv) =>
        Array.Exists(argv,
                    word => word is "-a" or "-A" or "--all" || word.StartsWith("net.bridge", StringComparison.Ordinal))
            && !argv.Contains("-w")
            ? new("cat", BridgeNetfilter) { Rank = -1 } : null;

    /// <summary><c>journalctl</c>: dnsmasq's lines, the agents', or both.</summary>
    public static CommandForm? Journal(string[] argv)
    {
        bool asksDnsmasq = false, asksAgents = false, asksSome = false;
        for (int i = 1; i < argv.Length; i++)
        {
            string word = argv[i];
            if (word is "--disk-usage" or "--list-boots" or "--vacuum-time" or "--header")
                return null;
            if (word is "-k" or "--dmesg")
                return new("journalctl", "kernel") { Part = string.Join(' ', argv.Skip(1)), IsWhole = true };
            string? value =
                word is "-u" or "-t" or "--unit" or "--identifier" or "--user-unit" && i + 1 < argv.Length ? argv[++i]
                : word.StartsWith("--unit=", StringComparison.Ordinal)
                    || word.StartsWith("--identifier=", StringComparison.Ordinal) ? word[(word.IndexOf('=') + 1)..]
                : word.StartsWith("-u", StringComparison.Ordinal) && word.Length > 2 ? word[2..] : null;
            if (value is null)
                continue;
            asksSome = true;
            asksDnsmasq |= value.StartsWith("dnsmasq", StringComparison.Ordinal)
                || value.Contains("dhcp-agent", StringComparison.Ordinal)
                || value.Contains("dhcp_agent", StringComparison.Ordinal);
            asksAgents |= value.Contains("neutron", StringComparison.Ordinal)
                || value.Contains("quantum", StringComparison.Ordinal)
                || value.Contains("openvswitch", StringComparison.Ordinal)
                || value.Contains("ovs", StringComparison.Ordinal);
        }
        string topic = !asksSome || (asksDnsmasq && asksAgents) ? "all" : asksDnsmasq ? "dnsmasq"
            : asksAgents ? "agents" : "other";
        return new("journalctl", topic) { Part = string.Join(' ', argv.Skip(1)), IsWhole = true };
    }
}
