namespace QuantumNet.Snapshots;

/// <summary>Forms of Open vSwitch's tools (ovs-ofctl(8), ovs-appctl(8), ovs-vsctl(8), ovsdb-client(1)).</summary>
internal static class OvsForms
{
    private static readonly string[] s_tables = ["Bridge", "Port", "Interface"];

    private static readonly string[] s_others =
        ["Controller", "Open_vSwitch", "Manager", "Mirror", "NetFlow", "sFlow", "IPFIX", "QoS", "Queue", "SSL",
            "Flow_Table", "Flow_Sample_Collector_Set", "AutoAttach", "Datapath", "CT_Zone", "CT_Timeout_Policy"];

    /// <summary><c>dump-flows</c> with any options; <c>show</c> and <c>dump-ports-desc</c> both
    /// list the ports; <c>dump-groups</c> of all groups or one.</summary>
    public static CommandForm? Ofctl(string[] argv)
    {
        List<string> plain = CommandForm.Plain(argv, "-O", "-t", "-T", "-F", "-P", "-v", "--protocols",
            "--timeout", "--sort", "--rsort");
        if (plain.Count < 2)
            return null;
        string bridge = BridgeOf(plain[1]), rest = string.Join(' ', plain.Skip(2));
        return plain[0] switch
        {
            "dump-flows" => new("ovs-flows", bridge) { Part = rest, IsWhole = rest.Length == 0,
                Rank = argv.Contains("--no-stats") ? -10 : argv.Contains("-O") ? 5 : 10 },
            "show" or "dump-ports-desc" =>
                new("ovs-ports", bridge) { Part = rest, IsWhole = rest.Length == 0, Rank = plain[0] == "show" ? 2 : 1 },
            "dump-groups" => new("ovs-groups", bridge) { Part = rest, IsWhole = rest.Length == 0 },
            _ => null,
        };
    }

    /// <summary><c>fdb/show</c>, and <c>bridge/dump-flows</c>, which shows hidden flows too and no cookies.</summary>
    public static CommandForm? Appctl(string[] argv)
    {
        int target = Array.IndexOf(argv, "-t");
        if (target > 0 && target + 1 < argv.Length
            && CommandPrefix.Program(argv[target + 1]).Split('.')[0] != "ovs-vswitchd")
            return null;
        List<string> plain = CommandForm.Plain(argv, "-t", "-T", "--timeout", "--target", "-f", "--format");
        if (plain.Count < 2)
            return null;
        return plain[0] switch
        {
            "fdb/show" => new("ovs-fdb", plain[1]),
            "bridge/dump-flows" => new("ovs-flows", plain[1]) { Rank = -3 },
            _ => null,
        };
    }

    /// <summary><c>show</c>, and <c>list</c> or <c>find</c> of tables, several with <c>--</c> between them.</summary>
    public static CommandForm? Vsctl(string[] argv)
    {
        if (argv.Contains("--bare") || argv.Contains("--no-headings") || argv.Contains("--oneline")
            || Format(argv) is "csv" or "html")
            return null;
        List<string> tables = [];
        bool isCut = Array.Exists(argv, word => word.StartsWith("--columns", StringComparison.Ordinal));
        foreach (string[] command in Commands(argv))
        {
            List<string> plain = CommandForm.Plain(["", .. command], "-t", "-f", "-d", "--timeout", "--format",
                "--data", "--columns", "--db");
            if (plain is ["show"] && tables.Count == 0)
                return new("ovs-vsctl", "show");
            if (plain.Count < 2 || plain[0] is not ("list" or "find") || TableOf(plain[1]) is not { } table)
                return null;
            tables.Add(string.Join(' ', [table, .. plain.Skip(2)]));
        }
        return Tables(tables, isCut);
    }

    /// <summary><c>ovsdb-client dump [SERVER] [Open_vSwitch] [TABLE]</c>.</summary>
    public static CommandForm? OvsdbClient(string[] argv)
    {
        List<string> plain = CommandForm.Plain(argv, "-f", "-d", "-t", "--format", "--data",
            "--timeout", "-p", "-c", "-C");
        if (plain.Count == 0 || plain[0] != "dump" || argv.Contains("--no-headings") || Format(argv) is "csv" or "html")
            return null;
        List<string> rest = [.. plain.Skip(1).Where(word => !word.Contains(':'))];
        bool isNamed = rest.Count > 0 && rest[0] == "Open_vSwitch";
        if (isNamed)
            rest.RemoveAt(0);
        if (rest.Count == 0)
            return new("ovsdb") { Rank = 1 };
        return TableOf(rest[0]) is { } table ? Tables([table], rest.Count > 1) : null;
    }

    /// <summary>The tables that must be known to tell every bridge with its ports.</summary>
    internal static bool HoldsAll(IEnumerable<string> tables) => s_tables.All(tables.Contains);

    private static CommandForm? Tables(List<string> tables, bool isCut)
    {
        if (tables.Count == 0)
            return null;
        bool isWhole = !isCut && HoldsAll(tables);
        return new("ovsdb") { Part = isWhole ? "" : string.Join(',', tables) + (isCut ? " cut" : ""),
            IsWhole = isWhole };
    }

    /// <summary>A table's name; ovs-vsctl takes any case and any beginning that fits one only.</summary>
    private static string? TableOf(string word)
    {
        string name = word.Replace('-', '_');
        string[] all = [.. s_tables, .. s_others];
        return Array.Find(all, table => table.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? (Array.FindAll(all, table => table.StartsWith(name, StringComparison.OrdinalIgnoreCase)) is [string one]
                ? one : null);
    }

    private static string Format(string[] argv)
    {
        for (int i = 1; i < argv.Length; i++)
        {
            if (argv[i] is "-f" or "--format" && i + 1 < argv.Length)
                return argv[i + 1];
            if (argv[i].StartsWith("--format=", StringComparison.Ordinal))
                return argv[i]["--format=".Length..];
        }
        return "";
    }

    private static List<string[]> Commands(string[] argv)
    {
        List<string[]> commands = [];
        List<string> command = [];
        foreach (string word in argv.Skip(1).Append("--"))
        {
            if (word != "--")
                command.Add(word);
            else if (command.Count > 0)
            {
                commands.Add([.. command]);
                command.Clear();
            }
        }
        return commands;
    }

    /// <summary>A bridge may be named by its management socket: <c>unix:/run/openvswitch/br-int.mgmt</c>.</summary>
    private static string BridgeOf(string word)
    {
        if (!word.Contains('/') || !word.EndsWith(".mgmt", StringComparison.Ordinal))
            return word;
        return word[(word.LastIndexOf('/') + 1)..^".mgmt".Length];
    }
}
