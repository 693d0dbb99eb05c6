namespace QuantumNet.Snapshots;

/// <summary>Forms of <c>ip</c>, <c>bridge</c> and <c>brctl</c> (ip(8), bridge(8), brctl(8)): objects may be cut short,
/// options stand in any order.</summary>
internal static class LinkForms
{
    private static readonly string[] s_show = ["show", "list", "lst", "ls", "sh", "s", "sho", "lis"];

    /// <summary><c>ip -s -d l</c>, <c>ip -4 -o addr show dev eth0</c>, <c>ip netns list</c>;
    /// null for other objects.</summary>
    public static CommandForm? Ip(string[] argv)
    {
        int at = ObjectAt(argv);
        if (at == argv.Length)
            return null;
        string[] options = argv[1..at], rest = argv[(at + 1)..];
        string word = argv[at];
        if (word.Length > 2 && "netns".StartsWith(word, StringComparison.Ordinal))
            return rest.Length == 0 || (rest.Length == 1 && Array.IndexOf(s_show, rest[0]) >= 0)
                ? new("ip", "netns") : null;
        bool isLink = "link".StartsWith(word, StringComparison.Ordinal), isAddress = "address".StartsWith(word,
            StringComparison.Ordinal);
        if ((!isLink && !isAddress) || (rest.Length > 0 && Array.IndexOf(s_show, rest[0]) < 0))
            return null;
        string[] wanted = rest.Length > 0 ? rest[1..] : [];
        // Of addresses, one family's or one line for each leave out the devices that have none.
        bool leavesOut = isAddress && Array.Exists(options, IsNarrowing)
            && !Array.Exists(options, option => option is "-br" or "-brief" && !Array.Exists(options, IsFamily));
        return new("ip", isLink ? "link" : "addr")
        {
            Part = string.Join(' ', [.. leavesOut ? options : [], .. wanted]),
            IsWhole = wanted.Length == 0 && !leavesOut,
            Rank = options.Count(option => option is "-s" or "-d" or "-statistics" or "-stats" or "-details")
                - (Array.Exists(options, option => option is "-br" or "-brief") ? 3 : 0),
        };
    }

    /// <summary><c>bridge -s -d link show</c>, <c>bridge fdb show br qbr1</c>; null for other objects.</summary>
    public static CommandForm? Bridge(string[] argv)
    {
        int at = ObjectAt(argv);
        if (at == argv.Length)
            return null;
        string? about = Array.Find((string[])["link", "fdb"],
            one => one.StartsWith(argv[at], StringComparison.Ordinal));
        if (about is null)
            return null;
        string[] rest = argv[(at + 1)..];
        if (rest.Length > 0 && Array.IndexOf(s_show, rest[0]) < 0)
            return null;
        string wanted = string.Join(' ', rest.Skip(1));
        return new("bridge", about) { Part = wanted, IsWhole = wanted.Length == 0 };
    }

    /// <summary><c>brctl show</c>, of all bridges or some.</summary>
    public static CommandForm? Brctl(string[] argv)
    {
        string wanted = string.Join(' ', argv.Skip(2));
        return argv.Length > 1 && argv[1] == "show"
            ? new("brctl", "show") { Part = wanted, IsWhole = wanted.Length == 0 } : null;
    }

    /// <summary>A namespace made by <c>ip netns add</c> is a file in /run/netns.</summary>
    public static CommandForm? List(string[] argv) =>
        argv.Length < 2 || argv[^1].TrimEnd('/') is not ("/run/netns" or "/var/run/netns")
            || Array.Exists(argv, word => word.StartsWith('-') && word != "-1") ? null
        : new("ip", "netns") { Rank = -1 };

    private static int ObjectAt(string[] argv)
    {
        int at = 1;
        while (at < argv.Length && argv[at].StartsWith('-'))
            at += argv[at] is "-f" or "-family" or "-l" or "-loops" or "-rc" or "-rcvbuf" ? 2 : 1;
        return Math.Min(at, argv.Length);
    }

    private static bool IsNarrowing(string option) => option is "-o" or "-oneline" || IsFamily(option);

    private static bool IsFamily(string option) => option is "-4" or "-6" or "-B" or "-M" or "-0" or "-f" or "-family";
}
