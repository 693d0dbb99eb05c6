namespace QuantumNet.Snapshots;

/// <summary>What a command prints, in one spelling, whatever its options, their order and what
/// stands before it.</summary>
/// <param name="Words">The question: <c>ip addr</c>, <c>ovs-flows br-int</c>.
/// Commands that answer the same have the same words.</param>
internal sealed record CommandForm(params string[] Words)
{
    /// <summary>The network namespace; empty for the node's own.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Which part of the answer it prints (a device, a table); parts add to one another,
    /// of the same part the best is read.</summary>
    public string Part { get; init; } = "";

    /// <summary>Whether nothing is left out: only then does a thing that is not in it not exist.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>How much it tells, beside others of the same words: the higher one is read first.</summary>
    public int Rank { get; init; }

    /// <summary>The form of a command.</summary>
    public static CommandForm Of(string[] argv)
    {
        BareCommand bare = CommandPrefix.Strip(argv);
        if (bare.Argv.Length == 0)
            return new();
        CommandForm form = Known(bare.Argv) ?? new(bare.Argv);
        return form with { Namespace = bare.Namespace, IsWhole = form.IsWhole && !bare.IsFiltered,
            Rank = bare.IsFiltered ? form.Rank - 20 : form.Rank };
    }

    private static CommandForm? Known(string[] argv) => argv[0] switch
    {
        "ip" => LinkForms.Ip(argv),
        "bridge" => LinkForms.Bridge(argv),
        "brctl" => LinkForms.Brctl(argv),
        "ls" => LinkForms.List(argv),
        "ps" or "pgrep" => ProcessForms.Ps(argv),
        "ss" or "netstat" => ProcessForms.Sockets(argv),
        "sysctl" => ProcessForms.Sysctl(argv),
        "journalctl" => ProcessForms.Journal(argv),
        "dmesg" => argv is [_, "-n" or "-c" or "-C", ..] ? null : new("dmesg"),
        "ovs-ofctl" => OvsForms.Ofctl(argv),
        "ovs-appctl" => OvsForms.Appctl(argv),
        "ovs-vsctl" => OvsForms.Vsctl(argv),
        "ovsdb-client" => OvsForms.OvsdbClient(argv),
        "nft" => NftForms.Of(argv),
        "ipset" => IptablesForms.IpSet(argv),
        string program when program.StartsWith("iptables", StringComparison.Ordinal)
            || program.StartsWith("ip6tables", StringComparison.Ordinal)
            || program.StartsWith("xtables", StringComparison.Ordinal) => IptablesForms.Of(argv),
        _ => null,
    };

    /// <summary>The words that are not options and no options' values, in order.</summary>
    /// <param name="argv">The command.</param>
    /// <param name="valued">Options that take the next word.</param>
    internal static List<string> Plain(string[] argv, params ReadOnlySpan<string> valued)
    {
        List<string> plain = [];
        for (int i = 1; i < argv.Length; i++)
        {
            if (valued.Contains(argv[i]))
                i++;
            else if (argv[i].Length == 0 || argv[i][0] != '-')
                plain.Add(argv[i]);
        }
        return plain;
    }

    /// <summary>The letters of the options that are told by one letter:
    /// <c>-nvL</c> and <c>-n -v -L</c> are the same.</summary>
    internal static string Letters(string[] argv)
    {
        string letters = "";
        foreach (string word in argv.AsSpan(1))
        {
            if (word.Length > 1 && word[0] == '-' && word[1] != '-')
                letters += word[1..];
        }
        return letters;
    }
}
