namespace QuantumNet.Parsing.Dhcp;

/// <summary>Reads dnsmasq's arguments (dnsmasq(8)) as the Quantum and Neutron DHCP agents give them:
/// <code>dnsmasq --no-hosts ... --dhcp-hostsfile=/var/lib/neutron/dhcp/UUID/host
/// --dhcp-range=set:tag0,10.0.0.0,static,120s</code>
/// The network's id is read from the names of its files, wherever they lie.</summary>
public static class DnsmasqArgumentsParser
{
    /// <summary>Reads <c>/proc/PID/cmdline</c> (arguments end in NUL), its lines, or lines of <c>ps</c>
    /// and <c>pgrep -a</c>.</summary>
    public static List<DhcpServer> ParseAll(string text, TextSource source)
    {
        var servers = new List<DhcpServer>();
        if (text.Contains('\0'))
        {
            Add(text.Split('\0', StringSplitOptions.RemoveEmptyEntries), text, 1, source, servers);
            return servers;
        }
        if (OneArgumentPerLine(text, out string[] lines))
        {
            Add(lines, text, 1, source, servers);
            return servers;
        }
        for (int i = 0; i < lines.Length; i++)
        {
            string[] words = lines[i].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            int program = Array.FindIndex(words, IsDnsmasq);
            if (program >= 0 && Array.FindIndex(words, word => word is "grep" or "sudo") < 0)
                Add(words[program..], lines[i], i + 1, source, servers);
            else if (words.Length > 0 && !IsProcessLine(words))
                source.Report(i + 1, 1, "Not a dnsmasq process", lines[i]);
        }
        return servers;
    }

    /// <summary>Makes a server of its arguments; null when the program is not dnsmasq.</summary>
    public static DhcpServer? FromArgv(IReadOnlyList<string> argv)
    {
        if (argv.Count == 0 || !IsDnsmasq(argv[0]))
            return null;
        var arguments = new DnsmasqArguments(argv);
        string leaseFile = arguments.Value("dhcp-leasefile", "l");
        string hostsFile = arguments.Value("dhcp-hostsfile");
        string optionsFile = arguments.Value("dhcp-optsfile");
        string pidFile = arguments.Value("pid-file", "x");
        string networkId = NetworkIdOf(pidFile, hostsFile, optionsFile, leaseFile);
        string[] ranges = arguments.Values("dhcp-range", "F");
        return new()
        {
            NetworkId = networkId,
            Namespace = networkId.Length > 0 ? $"qdhcp-{networkId}" : "",
            Device = arguments.Value("interface", "i"),
            HostsFile = hostsFile,
            OptionsFile = optionsFile,
            LeaseFile = arguments.Has("leasefile-ro", "9") ? "" : leaseFile,
            PidFile = pidFile,
            Ranges = ranges,
            LeaseSeconds = ranges.Length > 0 ? LeaseSeconds(ranges[0]) : null,
            IsAuthoritative = arguments.Has("dhcp-authoritative", "K"),
            Argv = [.. argv],
            RawText = string.Join(' ', argv),
        };
    }

    /// <summary>Makes servers of a node's processes: a dnsmasq whose parent is a dnsmasq is that one's child
    /// (the lease script's helper of old), every other one is a server of its own.</summary>
    public static List<DhcpServer> FromProcesses(IReadOnlyList<NodeProcess> processes)
    {
        var byId = new Dictionary<int, NodeProcess>();
        foreach (NodeProcess process in processes)
        {
            if (process.Argv.Length > 0 && IsDnsmasq(process.Argv[0]))
                byId[process.ProcessId] = process;
        }
        var servers = new List<DhcpServer>();
        foreach (NodeProcess process in byId.Values)
        {
            if (!IsChild(process, byId) && FromArgv(process.Argv) is { } server)
                servers.Add(Describe(server, process, ChildrenOf(process, byId.Values)));
        }
        return servers;
    }

    /// <summary>Whether a process is dnsmasq, by its first argument.</summary>
    public static bool IsDnsmasq(string program) => Path.GetFileName(program) == "dnsmasq";

    private static DhcpServer Describe(DhcpServer server, NodeProcess process, int[] children) => server with
    {
        ComputerName = process.ComputerName,
        Command = process.Command,
        LineNumber = process.LineNumber,
        RawText = process.RawText,
        ProcessId = process.ProcessId,
        ChildProcessIds = children,
        User = process.User,
    };

    /// <summary>Where the listing tells no parents, the older of two with the same arguments is taken for the other's:
    /// two servers of one network could not both bind its port.</summary>
    private static bool IsChild(NodeProcess process, Dictionary<int, NodeProcess> byId) =>
        process.ParentProcessId >= 0
            ? byId.ContainsKey(process.ParentProcessId) : byId.Values.Any(other => IsTwin(other, process));

    private static bool IsTwin(NodeProcess parent, NodeProcess child) =>
        child.ParentProcessId < 0 && parent.ProcessId < child.ProcessId
        && parent.Argv.AsSpan().SequenceEqual(child.Argv);

    private static int[] ChildrenOf(NodeProcess parent, IEnumerable<NodeProcess> processes)
    {
        var children = new List<int>();
        foreach (NodeProcess process in processes)
        {
            if (process.ParentProcessId == parent.ProcessId || IsTwin(parent, process))
                children.Add(process.ProcessId);
        }
        return [.. children];
    }

    private static void Add(string[] argv, string rawText, int lineNumber, TextSource source, List<DhcpServer> into)
    {
        if (FromArgv(argv) is { } server)
            into.Add(server with
            {
                ComputerName = source.ComputerName,
                Command = source.Command,
                LineNumber = lineNumber,
                RawText = rawText.Replace('\0', ' ').Trim(),
            });
        else
            source.Report(lineNumber, 1, "Not a dnsmasq process", rawText);
    }

    private static bool OneArgumentPerLine(string text, out string[] lines)
    {
        lines = text.Split('\n', StringSplitOptions.TrimEntries);
        return lines.Length > 2 && IsDnsmasq(lines[0]) && lines[1].StartsWith('-')
            && (lines = Array.FindAll(lines, line => line.Length > 0)).Length > 0;
    }

    /// <summary>Lines of other processes tell a process id in the first two columns, or are ps's head.</summary>
    private static bool IsProcessLine(string[] words) =>
        words.Length > 1 && (int.TryParse(words[0], out _) || int.TryParse(words[1], out _) || words[1] == "PID");

    private static string NetworkIdOf(params ReadOnlySpan<string> files)
    {
        foreach (string file in files)
        {
            if (Uuid.FindLast(file) is { Length: > 0 } id)
                return id;
        }
        return "";
    }

    private static long? LeaseSeconds(string range)
    {
        int comma = range.LastIndexOf(',');
        ReadOnlySpan<char> last = range.AsSpan(comma + 1);
        bool isPrefixLength = range.Contains("::", StringComparison.Ordinal) && last.Length <= 3
            && last.IndexOfAnyExceptInRange('0', '9') < 0;
        return !isPrefixLength && LeaseTime.TryParse(last, out long? seconds) ? seconds : null;
    }
}
