namespace QuantumNet.Snapshots;

/// <summary>Commands that print the same, written one way: full paths and options that change no meaning taken off.</summary>
internal static class CommandForm
{
    private static readonly string[] s_ovsValued = ["-O", "-t", "--protocols", "--target"];
    private static readonly string[] s_ovsFlags = ["--no-names", "--names", "-m", "--no-stats"];

    /// <summary>The program's name without its folder.</summary>
    public static string Program(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>The plain form of a command.</summary>
    public static string[] Plain(string[] argv)
    {
        if (argv.Length == 0)
            return argv;
        string program = Program(argv[0]);
        List<string> plain = [program];
        bool isFlowTool = program is "ovs-ofctl" or "ovs-vsctl" or "ovs-appctl";
        for (int i = 1; i < argv.Length; i++)
        {
            if (isFlowTool && Array.IndexOf(s_ovsValued, argv[i]) >= 0)
                i++;
            else if (!isFlowTool || !IsNoise(argv[i]))
                plain.Add(argv[i]);
        }
        return program switch
        {
            "ip" => PlainIp(plain),
            // ww only keeps ps from cutting its lines.
            "ps" => [.. plain.Select(argument => argument == "-efww" ? "-ef" : argument)],
            _ => [.. plain],
        };
    }

    private static bool IsNoise(string argument) => Array.IndexOf(s_ovsFlags, argument) >= 0
        || argument.StartsWith("--timeout=", StringComparison.Ordinal)
        || argument.StartsWith("--protocols=", StringComparison.Ordinal)
        || argument.StartsWith("--columns=", StringComparison.Ordinal);

    /// <summary><c>ip address show</c>, <c>ip addr</c> and <c>ip a</c> are one command; so are <c>ip netns</c> and <c>ip netns list</c>.</summary>
    private static string[] PlainIp(List<string> plain)
    {
        int word = plain.FindIndex(1, argument => !argument.StartsWith('-'));
        if (word < 0)
            return [.. plain];
        if (plain[word] == "netns" && word + 3 < plain.Count && plain[word + 1] == "exec")
            return [.. plain[..(word + 3)], .. Plain([.. plain[(word + 3)..]])];
        plain[word] = plain[word] switch
        {
            "a" or "addr" or "address" => "addr",
            "l" or "link" => "link",
            "r" or "route" => "route",
            "n" or "neigh" or "neighbour" or "neighbor" => "neigh",
            string other => other,
        };
        if (plain.Count == word + 2 && plain[word + 1] is "show" or "list" or "ls" or "sh")
            plain.RemoveAt(word + 1);
        return [.. plain];
    }
}
