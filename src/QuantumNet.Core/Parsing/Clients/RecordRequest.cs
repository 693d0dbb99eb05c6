namespace QuantumNet.Parsing.Clients;

/// <summary>What a REST request or client command asked for, told from its argv alone.</summary>
internal sealed record RecordRequest
{
    /// <summary>Kind of what was asked, as in <see cref="CloudRecords.CollectedKinds"/>;
    /// <c>security-group</c> and <c>none</c> besides.</summary>
    public string Kind { get; init; } = "";
    /// <summary>Id or name that was asked about; empty for a list.</summary>
    public string Subject { get; init; } = "";
    /// <summary>API or client.</summary>
    public RecordSource Source { get; init; }
    /// <summary>Filters that hold for every record of the answer, by the record's field name.</summary>
    public IReadOnlyDictionary<string, string> Filters { get; init; } = new Dictionary<string, string>();

    /// <summary>A request whose answer holds no record (versions, tokens, extensions).</summary>
    public const string None = "none";

    /// <summary>Reads an argv; null when it is not a known request.</summary>
    public static RecordRequest? Of(string[] argv)
    {
        if (argv.Length >= 2 && argv[0] is "GET" or "POST")
            return RestRequest.Of(argv);
        for (int i = 0; i < argv.Length; i++)
        {
            if (Path.GetFileName(argv[i]) is "openstack" or "neutron" or "quantum" or "nova")
                return ClientRequest.Of(Path.GetFileName(argv[i]), argv.AsSpan(i + 1));
        }
        return null;
    }
}

/// <summary>Reads what a URL of Neutron v2.0 or Nova v2 asks for: the last collection of its path
/// tells the kind.</summary>
internal static class RestRequest
{
    /// <summary>Reads <c>GET url</c> or <c>POST url action</c>.</summary>
    public static RecordRequest? Of(string[] argv)
    {
        string path = PathOf(argv[1]);
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (argv[0] == "POST")
            return OfPost(argv, parts);
        for (int i = parts.Length - 1; i >= 0; i--)
        {
            string kind = KindOf(parts[i]);
            if (kind.Length == 0)
                continue;
            string subject = i + 1 < parts.Length ? parts[i + 1] : "";
            if (kind == "dhcp-agent")
                subject = i > 0 ? parts[i - 1] : "";
            return new() { Kind = kind, Subject = subject == "detail" ? "" : subject, Source = RecordSource.Api };
        }
        return IsSilent(parts) ? new() { Kind = RecordRequest.None } : null;
    }

    private static RecordRequest? OfPost(string[] argv, string[] parts)
    {
        int servers = Array.LastIndexOf(parts, "servers");
        bool isConsole = argv.Length > 2 && argv[2].Contains("os-getConsoleOutput", StringComparison.Ordinal);
        if (isConsole && servers >= 0 && servers + 1 < parts.Length)
            return new() { Kind = "console", Subject = parts[servers + 1], Source = RecordSource.Api };
        return parts.Length > 0 && parts[^1] == "tokens" ? new() { Kind = RecordRequest.None } : null;
    }

    private static string PathOf(string url)
    {
        int scheme = url.IndexOf("://", StringComparison.Ordinal);
        int start = scheme < 0 ? 0 : url.IndexOf('/', scheme + 3);
        if (start < 0)
            return "";
        int end = url.IndexOfAny(['?', '#'], start);
        string path = end < 0 ? url[start..] : url[start..end];
        return path.EndsWith(".json", StringComparison.Ordinal) ? path[..^".json".Length] : path;
    }

    private static string KindOf(string collection) => collection switch
    {
        "networks" => "network",
        "subnets" => "subnet",
        "ports" => "port",
        "agents" => "agent",
        "dhcp-agents" => "dhcp-agent",
        "security-group-rules" => "security-group-rule",
        "security-groups" => "security-group",
        "servers" => "instance",
        _ => "",
    };

    private static bool IsSilent(string[] parts) =>
        parts.Length == 0 || parts[^1] is "extensions" or "tokens" || (parts.Length <= 2 && parts[^1].StartsWith('v'));
}

/// <summary>Reads what a client's command line asks for: <c>openstack network agent list --network N</c>,
/// <c>quantum port-show ID</c>.</summary>
internal static class ClientRequest
{
    private static readonly Dictionary<string, string> s_kinds = new()
    {
        ["network"] = "network", ["net"] = "network",
        ["subnet"] = "subnet",
        ["port"] = "port",
        ["network agent"] = "agent", ["agent"] = "agent",
        ["security group rule"] = "security-group-rule", ["security-group-rule"] = "security-group-rule",
        ["security group"] = "security-group", ["security-group"] = "security-group",
        ["server"] = "instance", ["nova"] = "instance",
        ["console log"] = "console", ["console-log"] = "console",
        ["dhcp-agent-list-hosting-net"] = "dhcp-agent",
    };

    private static readonly HashSet<string> s_switches =
        ["--long", "-h", "--all-projects", "--all-tenants", "--insecure", "--debug", "-v",
         "--verbose", "-D", "--show-details", "--fit-width", "--print-empty", "--noindent", "-q", "--quiet",
         "--no-name-lookup", "-n", "--ingress", "--egress", "--external", "--internal", "--share", "--no-share",
         "--enable", "--disable", "--dhcp", "--no-dhcp", "--all", "--deleted"];

    /// <summary>Reads the words and options that follow a client's name.</summary>
    public static RecordRequest? Of(string client, ReadOnlySpan<string> arguments)
    {
        var words = new List<string>();
        var options = new Dictionary<string, string>();
        for (int i = 0; i < arguments.Length; i++)
        {
            string argument = arguments[i];
            if (!argument.StartsWith('-') || argument.Length < 2)
                words.Add(argument);
            else if (argument.Contains('='))
                options[Option(argument[..argument.IndexOf('=')])] = argument[(argument.IndexOf('=') + 1)..];
            else if (argument != "--" && !s_switches.Contains(argument) && i + 1 < arguments.Length)
                options[Option(argument)] = arguments[++i];
        }
        return client == "openstack" ? OfWords(words, options) : OfCommand(client, words, options);
    }

    private static RecordRequest? OfWords(List<string> words, Dictionary<string, string> options)
    {
        int verb = words.FindIndex(word => word is "list" or "show");
        if (verb <= 0)
            return IsSilent(words, options) ? new() { Kind = RecordRequest.None } : null;
        string what = string.Join(' ', words.GetRange(0, verb));
        if (!s_kinds.TryGetValue(what, out string? kind))
            return what is "catalog" or "extension" or "endpoint" or "service"
                ? new() { Kind = RecordRequest.None } : null;
        string subject = verb + 1 < words.Count ? words[verb + 1] : "";
        if (kind == "agent" && options.TryGetValue("network", out string? network))
            return Make("dhcp-agent", network, []);
        if (kind == "security-group-rule" && words[verb] == "list" && Uuid.Is(subject))
            return Make(kind, "", [])
                with { Filters = new Dictionary<string, string> { ["security_group_id"] = subject } };
        return Make(kind, subject, words[verb] == "list" ? options : []);
    }

    private static bool IsSilent(List<string> words, Dictionary<string, string> options) =>
        (words.Count == 0 && options.Count == 0) || words is ["token", "issue"];

    private static RecordRequest? OfCommand(string client, List<string> words, Dictionary<string, string> options)
    {
        if (words.Count == 0)
            return options.Count == 0 ? new() { Kind = RecordRequest.None } : null;
        string command = words[0];
        string subject = words.Count > 1 ? words[1] : "";
        if (s_kinds.TryGetValue(command, out string? direct) && direct is "console" or "dhcp-agent")
            return Make(direct, subject, []);
        if (client == "nova")
            return command is "list" or "show" ? Make("instance", subject, []) : null;
        int dash = command.LastIndexOf('-');
        if (dash <= 0 || command[(dash + 1)..] is not ("list" or "show")
            || !s_kinds.TryGetValue(command[..dash], out string? kind))
            return command is "ext-list" ? new() { Kind = RecordRequest.None } : null;
        return command.EndsWith("list", StringComparison.Ordinal) ? Make(kind, "", options) : Make(kind, subject, []);
    }

    private static RecordRequest Make(string kind, string subject, Dictionary<string, string> options) => new()
    {
        Kind = kind,
        Subject = subject,
        Source = RecordSource.Client,
        Filters = FiltersOf(kind, options),
    };

    private static Dictionary<string, string> FiltersOf(string kind, Dictionary<string, string> options)
    {
        var filters = new Dictionary<string, string>();
        foreach ((string name, string value) in options)
        {
            string field = (kind, name) switch
            {
                ("port", "device_id") or ("port", "server") => "device_id",
                ("port", "device_owner") => "device_owner",
                ("port", "network") or ("port", "network_id") or ("subnet", "network") or ("subnet", "network_id") =>
                    "network_id",
                ("port", "host") or ("port", "binding:host_id") => "binding_host_id",
                _ => "",
            };
            if (field.Length > 0
                && (!field.EndsWith("_id", StringComparison.Ordinal) || field == "binding_host_id" || Uuid.Is(value)))
                filters[field] = value;
        }
        return filters;
    }

    private static string Option(string argument) => argument.TrimStart('-').Replace('-', '_');
}
