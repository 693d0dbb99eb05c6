namespace QuantumNet.Snapshots;

/// <summary>A command without what only leads to it.</summary>
/// <param name="Argv">Program and arguments, the program without its folder.</param>
/// <param name="Namespace">The network namespace it ran in; empty for the node's own.</param>
/// <param name="IsFiltered">Whether a pipe left out lines of what it printed.</param>
internal sealed record BareCommand(string[] Argv, string Namespace, bool IsFiltered);

/// <summary>Takes off what stands before a command and changes nothing of what it prints:
/// <c>sudo</c>, <c>timeout</c>, <c>env</c>, <c>docker exec</c> and its like, a plain <c>sh -c</c>;
/// and what only tells where it ran: <c>ip netns exec</c>, <c>ip -n</c>, <c>nsenter</c>.</summary>
internal static class CommandPrefix
{
    private const int MaximumDepth = 12;

    private static readonly string[] s_sudoValued =
        ["-u", "-g", "-h", "-p", "-C", "-r", "-t", "-T", "-D", "-R", "--user", "--group", "--host"];
    private static readonly string[] s_timeoutValued = ["-k", "-s", "--kill-after", "--signal"];
    private static readonly string[] s_niceValued = ["-n", "-c", "-p", "-i", "-o", "-e", "-u"];

    private static readonly string[] s_containerValued =
    [
        "-u", "--user", "-e", "--env", "--env-file", "-w", "--workdir", "--detach-keys", "-H", "--host", "--context",
        "--log-level", "-r", "--runtime-endpoint", "-n", "--namespace", "-c", "--container", "--kubeconfig",
        "--cluster", "-s", "--server", "--cwd", "--project",
    ];

    /// <summary>The program's name without its folder.</summary>
    public static string Program(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>The command itself.</summary>
    public static BareCommand Strip(string[] argv)
    {
        BareCommand bare = new(argv, "", false);
        for (int depth = 0; depth < MaximumDepth && bare.Argv.Length > 0; depth++)
        {
            BareCommand next = Step(bare);
            if (ReferenceEquals(next, bare))
                break;
            bare = next;
        }
        return bare.Argv.Length == 0 ? bare : bare with { Argv = [Program(bare.Argv[0]), .. bare.Argv[1..]] };
    }

    private static BareCommand Step(BareCommand bare)
    {
        string[] argv = bare.Argv;
        switch (Program(argv[0]))
        {
            case "ip":
                return Ip(bare);
            case "nsenter":
                return Nsenter(bare);
            case "sh" or "bash" or "dash" or "ash" when argv is [_, "-c" or "-lc" or "-ec", string text, ..]:
                return ShellWords.Split(text, out bool isFiltered) is { Length: > 0 } words
                    ? bare with { Argv = words, IsFiltered = bare.IsFiltered || isFiltered } : bare;
        }
        int skip = Leading(argv);
        return skip <= 0 ? bare : bare with { Argv = skip < argv.Length ? argv[skip..] : [] };
    }

    /// <summary>How many words stand before the command that a program runs; none where it runs no other.</summary>
    private static int Leading(string[] argv) => Program(argv[0]) switch
    {
        "sudo" or "doas" => AfterOptions(argv, 1, s_sudoValued),
        "env" => AfterOptions(argv, 1, ["-u", "--unset", "-C", "--chdir"]),
        "timeout" => AfterOptions(argv, 1, s_timeoutValued) + 1,
        "nice" or "ionice" or "stdbuf" or "time" or "nohup" => AfterOptions(argv, 1, s_niceValued),
        "neutron-rootwrap" or "quantum-rootwrap" or "nova-rootwrap" => 2,
        "docker" or "podman" or "nerdctl" or "crictl" or "kubectl" or "oc" or "lxc" or "incus" => AfterContainer(argv),
        "lxc-attach" => AfterOptions(argv, 1, ["-n", "--name"]),
        _ => IsAssignment(argv[0]) ? 1 : 0,
    };

    private static int AfterContainer(string[] argv)
    {
        int verb = AfterOptions(argv, 1, s_containerValued);
        if (verb >= argv.Length || argv[verb] is not ("exec" or "rsh"))
            return 0;
        int container = AfterOptions(argv, verb + 1, s_containerValued);
        return AfterOptions(argv, container + 1, s_containerValued);
    }

    /// <summary>The first word that is not an option, no option's value and no assignment to a variable.</summary>
    private static int AfterOptions(string[] argv, int at, string[] valued)
    {
        while (at < argv.Length)
        {
            string word = argv[at];
            if (word == "--")
                return at + 1;
            if (Array.IndexOf(valued, word) >= 0)
                at += 2;
            else if ((word.Length > 1 && word[0] == '-') || IsAssignment(word))
                at++;
            else
                break;
        }
        return at;
    }

    private static bool IsAssignment(string word)
    {
        int equals = word.IndexOf('=');
        if (equals <= 0)
            return false;
        foreach (char c in word.AsSpan(0, equals))
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
                return false;
        }
        return !char.IsAsciiDigit(word[0]);
    }

    /// <summary><c>ip netns exec NAME COMMAND</c> and <c>ip -n NAME OBJECT</c> run in a namespace.</summary>
    private static BareCommand Ip(BareCommand bare)
    {
        string[] argv = bare.Argv;
        int at = 1;
        while (at < argv.Length && argv[at].StartsWith('-'))
        {
            if (argv[at] is "-n" or "-netns" or "--netns" && at + 1 < argv.Length)
                return bare with { Argv = [.. argv[..at], .. argv[(at + 2)..]], Namespace = argv[at + 1] };
            at++;
        }
        return argv.Length > at + 3 && argv[at] == "netns" && argv[at + 1] is "exec" or "e" or "ex" or "exe"
            ? bare with { Argv = argv[(at + 3)..], Namespace = argv[at + 2] } : bare;
    }

    /// <summary><c>nsenter --net=/run/netns/NAME COMMAND</c>; where only a process is named, the namespace is
    /// called after it.</summary>
    private static BareCommand Nsenter(BareCommand bare)
    {
        string[] argv = bare.Argv;
        string target = "", name = bare.Namespace;
        bool enters = false;
        int at = 1;
        for (; at < argv.Length && argv[at].StartsWith('-'); at++)
        {
            string word = argv[at];
            if (word == "--")
            {
                at++;
                break;
            }
            if (word is "-t" or "--target" && at + 1 < argv.Length)
                target = argv[++at];
            else if (word.StartsWith("--target=", StringComparison.Ordinal))
                target = word["--target=".Length..];
            else if (word.StartsWith("--net=", StringComparison.Ordinal)
                || (word.StartsWith("-n", StringComparison.Ordinal) && word.Length > 2))
                name = word[(word.LastIndexOf('/') + 1)..];
            else
                enters |= word is "-n" or "--net" or "-a" or "--all";
        }
        bool isOther = enters && target.Length > 0 && target != "1";
        return bare with { Argv = at < argv.Length ? argv[at..] : [], Namespace = isOther ? "pid-" + target : name };
    }
}
