namespace QuantumNet.Access.Ssh.Config;

/// <summary>Reads ssh_config files for one host (ssh_config(5)):
/// the first value that is found counts, keys and certificates add up. What it does not know is passed over:
/// most of what files say tunes what transport sshnet has no use for.</summary>
internal sealed class SshConfig
{
    private const int MaximumDepth = 16;

    private readonly SshConfigQuery _query;
    private readonly Dictionary<string, SshConfigLine> _first = [];
    private readonly Dictionary<string, List<SshConfigLine>> _lists =
        new() { ["identityfile"] = [], ["certificatefile"] = [] };
    private bool _isFinal, _wantsFinal;

    private static readonly string[] s_heeded = ["hostname", "port", "user", "identitiesonly", "identityagent",
        "userknownhostsfile", "globalknownhostsfile", "hostkeyalias", "stricthostkeychecking", "proxyjump",
        "proxycommand", "pkcs11provider", "revokedhostkeys"];

    private SshConfig(SshConfigQuery query) => _query = query;

    /// <summary>What the files say of a host.</summary>
    /// <param name="file">The file in place of the user's and this machine's;
    /// <c>none</c> for no file, null for those.</param>
    /// <param name="query">The host.</param>
    /// <exception cref="QuantumException">A file cannot be read, or is wrong.</exception>
    public static SshHostSettings Read(string? file, SshConfigQuery query)
    {
        SshConfig config = new(query);
        config.ReadAll(file);
        if (config._wantsFinal)
        {
            config._isFinal = true;
            config.ReadAll(file);
        }
        return config.Settle();
    }

    private void ReadAll(string? file)
    {
        foreach ((string path, bool isNamed, bool isOfUser) in SshConfigFiles.Of(file, _query.Home))
        {
            if (isNamed || File.Exists(path))
                ReadFile(path, isOfUser, 0);
        }
    }

    private void ReadFile(string path, bool isOfUser, int depth)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SshConfigErrors.NotRead(path, e).ToException();
        }
        bool applies = true;
        int number = 0;
        foreach (ReadOnlySpan<char> one in text.AsSpan().EnumerateLines())
        {
            number++;
            if (!SshConfigLine.TryParse(one, path, number, out SshConfigLine? line))
                continue;
            if (line.Keyword == "host")
                applies = SshPattern.MatchesAny(line.Arguments, _query.Host);
            else if (line.Keyword == "match")
                applies = Matches(line);
            else if (applies && line.Keyword == "include")
                Include(line, isOfUser, depth);
            else if (applies)
                Take(line);
        }
    }

    private void Include(SshConfigLine line, bool isOfUser, int depth)
    {
        if (depth == MaximumDepth)
            throw SshConfigErrors.TooDeep(line).ToException();
        foreach (string pattern in line.Arguments)
        {
            foreach (string file in SshConfigFiles.Included(pattern, _query.Home, isOfUser))
                ReadFile(file, isOfUser, depth + 1);
        }
    }

    private void Take(SshConfigLine line)
    {
        if (_lists.TryGetValue(line.Keyword, out List<SshConfigLine>? list))
        {
            // A second reading, for Match final, meets the same lines again.
            if (!list.Exists(one => one.File == line.File && one.Number == line.Number))
                list.Add(line);
            return;
        }
        if (Array.IndexOf(s_heeded, line.Keyword) < 0)
            return;
        if (line.Arguments.Count == 0)
            throw SshConfigErrors.Invalid(line, $"{line.Keyword} has no value").ToException();
        // Whichever of the two stands first switches the other off; a ProxyJump of none leaves ProxyCommand alone.
        if ((line.Keyword == "proxyjump" && _first.ContainsKey("proxycommand"))
            || (line.Keyword == "proxycommand" && Text("proxyjump") is not ("" or "none")))
            return;
        _first.TryAdd(line.Keyword, line);
    }

    private bool Matches(SshConfigLine line)
    {
        bool all = true;
        for (int i = 0; i < line.Arguments.Count; i++)
        {
            string word = line.Arguments[i].ToLowerInvariant();
            bool negates = word.StartsWith('!');
            word = negates ? word[1..] : word;
            bool holds;
            if (word is "all" or "canonical" or "final")
            {
                _wantsFinal |= word == "final";
                holds = word == "all" || (word == "final" && _isFinal);
            }
            else
            {
                if (i + 1 == line.Arguments.Count)
                    throw SshConfigErrors.Invalid(line, $"Match {word} has no value").ToException();
                holds = Holds(line, word, line.Arguments[++i]);
            }
            all &= holds != negates;
        }
        return all && line.Arguments.Count > 0;
    }

    private bool Holds(SshConfigLine line, string word, string patterns) => word switch
    {
        "host" => SshPattern.MatchesAny(patterns.Split(','), HostName),
        "originalhost" => SshPattern.MatchesAny(patterns.Split(','), _query.Host),
        "user" => SshPattern.MatchesAny(patterns.Split(','), User),
        "localuser" => SshPattern.MatchesAny(patterns.Split(','), _query.LocalUser),
        _ => throw SshConfigErrors.Unsupported(_query.Host, line, $"Match {word}",
            "Use Match with host, originalhost, user, localuser, all or final, or transport ssh.").ToException(),
    };

    private string Text(string keyword) =>
        _first.TryGetValue(keyword, out SshConfigLine? line) ? line.Arguments[0] : "";

    private string User =>
        _query.User.Length > 0 ? _query.User : Text("user") is { Length: > 0 } user ? user : _query.LocalUser;

    private string HostName => _first.TryGetValue("hostname", out SshConfigLine? line)
        ? Expand(line, () => _query.NameOf(line.Arguments[0])) : _query.Host;

    private SshHostSettings Settle()
    {
        int? port = _query.Port;
        if (port is null && _first.TryGetValue("port", out SshConfigLine? at))
        {
            port = int.TryParse(at.Arguments[0], out int number) && number is > 0 and < 65536 ? number
                : throw SshConfigErrors.Invalid(at, $"port '{at.Arguments[0]}' is not from 1 to 65535").ToException();
        }
        string host = HostName, user = User, alias = Text("hostkeyalias");
        string Path(SshConfigLine line, string text) =>
            Expand(line, () => _query.Path(text, host, port ?? KnownHosts.DefaultPort, user, alias));
        string[] Paths(string keyword) => _first.TryGetValue(keyword, out SshConfigLine? line)
            ? [.. line.Arguments.Select(text => Path(line, text))] : [];
        string[] Files(string keyword) => [.. _lists[keyword].Where(line => line.Arguments.Count > 0)
            .Select(line => Path(line, line.Arguments[0])).Distinct()];
        SshSetting Whole(string keyword) =>
            _first.TryGetValue(keyword, out SshConfigLine? line) ? new(line.Whole, line) : default;
        return new()
        {
            HostName = host,
            Port = port,
            User = user,
            IdentityFiles = Files("identityfile"),
            CertificateFiles = Files("certificatefile"),
            IdentitiesOnly = Text("identitiesonly").Equals("yes", StringComparison.OrdinalIgnoreCase),
            IdentityAgent = Paths("identityagent").FirstOrDefault() ?? "",
            UserKnownHostsFiles = Paths("userknownhostsfile"),
            GlobalKnownHostsFiles = Paths("globalknownhostsfile"),
            HostKeyAlias = alias,
            StrictHostKeyChecking = Text("stricthostkeychecking").ToLowerInvariant(),
            ProxyJump = Whole("proxyjump"),
            ProxyCommand = Whole("proxycommand"),
            Pkcs11Provider = Whole("pkcs11provider"),
            RevokedHostKeys = Whole("revokedhostkeys"),
        };
    }

    private static string Expand(SshConfigLine line, Func<string> expand)
    {
        try
        {
            return expand();
        }
        catch (FormatException e)
        {
            throw SshConfigErrors.Invalid(line, $"{line.Keyword}: {e.Message}").ToException();
        }
    }
}
