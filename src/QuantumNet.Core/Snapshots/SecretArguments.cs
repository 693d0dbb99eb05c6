namespace QuantumNet.Snapshots;

/// <summary>Finds secrets among the arguments of programs that take them under short options: <c>mysql -psecret</c>
/// (mysql(1)), <c>sshpass -p secret</c> (sshpass(1)), <c>curl -u user:secret</c> (curl(1)), <c>openssl -passin
/// pass:secret</c>. In a line of <c>ps</c> or a log, and in an array of arguments.</summary>
internal static class SecretArguments
{
    private static readonly string[] s_clients = ["mysql", "mariadb", "sshpass", "curl", "wget", "openssl", "ipmitool"];

    /// <summary>Whether a line may hold such a program.</summary>
    public static bool MayBeIn(ReadOnlySpan<char> line)
    {
        foreach (string client in s_clients)
        {
            if (line.Contains(client, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    /// <summary>Finds them in a line.</summary>
    public static void Find(ReadOnlySpan<char> line, SecretSpans spans)
    {
        string program = "", option = "";
        int at = 0;
        while (at < line.Length)
        {
            int length = line[at..].IndexOfAny(" \t\r\n");
            int end = length < 0 ? line.Length : at + length;
            ReadOnlySpan<char> word = line[at..end];
            if (Start(program, option, word) is >= 0 and int start)
                spans.Add(at + start, end);
            program = NameOf(word) is { Length: > 0 } name ? name : program;
            if (!word.IsEmpty)
                option = word is ['-', _] or ['-', '-', ..] ? word.ToString() : "";
            at = end + 1;
        }
    }

    /// <summary>The arguments with masks.</summary>
    public static void Mask(string[] argv)
    {
        string program = "";
        for (int i = 0; i < argv.Length; i++)
        {
            if (Start(program, i > 0 ? argv[i - 1] : "", argv[i]) is >= 0 and int start && start < argv[i].Length)
                argv[i] = argv[i][..start] + Scrubber.Mask;
            program = NameOf(argv[i]) is { Length: > 0 } name ? name : program;
        }
    }

    /// <summary>Where the secret begins in an argument; -1 where there is none.</summary>
    private static int Start(string program, string option, ReadOnlySpan<char> word) => program switch
    {
        "" => -1,
        "mysql" or "mariadb" => word is ['-', 'p', _, ..] ? 2 : -1,
        "sshpass" => option == "-p" ? 0 : word is ['-', 'p', _, ..] ? 2 : -1,
        "ipmitool" => option == "-P" ? 0 : -1,
        "openssl" => word.StartsWith("pass:", StringComparison.Ordinal) ? "pass:".Length : -1,
        _ => option is "-u" or "--user" or "--proxy-user" or "-U" && word.IndexOf(':') is >= 0 and int colon
            ? colon + 1 : -1,
    };

    /// <summary>The program of the list that a word runs, by its path; <c>mysqldump</c> and its like are
    /// mysql.</summary>
    private static string NameOf(ReadOnlySpan<char> word)
    {
        ReadOnlySpan<char> name = word[(word.LastIndexOf('/') + 1)..];
        foreach (string client in s_clients)
        {
            if (name.StartsWith(client, StringComparison.Ordinal) && !name.Contains('='))
                return client;
        }
        return "";
    }
}
