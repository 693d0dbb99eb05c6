namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>All that dnsmasq's arguments and files tell of how it answers (dnsmasq(8); option.c).</summary>
internal sealed class DnsmasqConfiguration
{
    private readonly DnsmasqVersion _version;
    private readonly List<DnsmasqRange> _ranges = [];
    private readonly List<DnsmasqHost> _hosts = [];
    private readonly List<DnsmasqOption> _options = [];
    private readonly List<ClassTag> _classes = [];
    private readonly List<DnsmasqOption> _matches = [];
    private readonly List<TagRule> _tagRules = [];
    private readonly List<string> _missing = [];
    private readonly List<string> _missingFiles = [];
    private readonly List<string> _notRead = [];
    private readonly HashSet<uint> _addressesOfHosts = [];
    private readonly Dictionary<string, List<string>> _values = [];
    private readonly Dictionary<(string Name, string Value), string> _lines = [];
    private readonly Func<string, IReadOnlyList<string>?> _linesOf;
    private readonly Lazy<DnsmasqHosts> _index;

    private DnsmasqConfiguration(DnsmasqVersion version, Func<string, IReadOnlyList<string>?> linesOf)
    {
        (_version, _linesOf) = (version, linesOf);
        _index = new(() => new DnsmasqHosts(Hosts));
    }

    /// <summary>Ranges for IPv4, in the order of the arguments.</summary>
    public IReadOnlyList<DnsmasqRange> Ranges => _ranges;
    /// <summary>Hosts, the last one first, as dnsmasq looks through them.</summary>
    public IReadOnlyList<DnsmasqHost> Hosts => _hosts;
    /// <summary>The hosts by what they are looked for by.</summary>
    public DnsmasqHosts HostIndex => _index.Value;
    /// <summary>Options for IPv4, the last one first, as dnsmasq sends them.</summary>
    public IReadOnlyList<DnsmasqOption> Options => _options;
    /// <summary><c>--dhcp-vendorclass</c>, <c>--dhcp-userclass</c> and <c>--dhcp-mac</c>.</summary>
    public IReadOnlyList<ClassTag> Classes => _classes;
    /// <summary><c>--dhcp-match</c>.</summary>
    public IReadOnlyList<DnsmasqOption> Matches => _matches;
    /// <summary><c>--tag-if</c>, in order.</summary>
    public IReadOnlyList<TagRule> TagRules => _tagRules;
    /// <summary>What it is told and is not modelled, or was not collected: each makes the answer unknown.</summary>
    public IReadOnlyList<string> Missing => _missing;
    /// <summary>Configuration files among what is missing.</summary>
    public IReadOnlyList<string> MissingFiles => _missingFiles;
    /// <summary>Files that were not collected and that it reads without being told to, where it was told to read none
    /// (<c>--conf-file=</c>, LP#1896945). What they may add is not known; packages fill them with comments.</summary>
    public IReadOnlyList<string> NotRead => _notRead;
    /// <summary>The default file, where it was told to read none, and reads it all the same; empty otherwise.</summary>
    public string UnaskedFile { get; private set; } = "";
    /// <summary>Which release's ways it has.</summary>
    public DnsmasqVersion Version => _version;

    /// <summary>Whether an option was given.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>All values of an option, in order.</summary>
    public IReadOnlyList<string> Values(string name) => _values.GetValueOrDefault(name) ?? [];

    /// <summary>The line of a configuration file that gives an option that value; null when none does.</summary>
    public string? LineOf(string name, string value) => _lines.GetValueOrDefault((name, value));

    /// <summary>The last value of an option; empty when it was not given.</summary>
    public string Value(string name) => Values(name) is [.., var last] ? last : "";

    /// <summary>Whether it answers DNS, which gives the addresses of its hosts files names;
    /// port 0 turns it off.</summary>
    public bool AnswersNames => Value("port") is not "0";

    /// <summary>The files of names and addresses that it reads besides (<c>--addn-hosts</c>, /etc/hosts).</summary>
    public IEnumerable<string> NameFiles => !AnswersNames ? []
        : [.. Has("no-hosts") ? [] : (string[])["/etc/hosts"], .. Values("addn-hosts"), .. Values("hostsdir")];

    /// <summary>Reads arguments and the files they name.</summary>
    /// <param name="argv">Its arguments, the program's name first.</param>
    /// <param name="linesOf">The lines of a file by its path; null when it was not collected.</param>
    /// <param name="version">The release; empty for a recent one.</param>
    public static DnsmasqConfiguration Read(
        IReadOnlyList<string> argv, Func<string, IReadOnlyList<string>?> linesOf, string version = "")
    {
        var configuration = new DnsmasqConfiguration(DnsmasqVersion.Parse(version), linesOf);
        foreach ((string name, string value) in new Parsing.Dhcp.DnsmasqArguments(argv).All)
            configuration.Add(DnsmasqSettings.LongName(name), value);
        configuration.ReadFiles();
        return configuration;
    }

    private void ReadFiles()
    {
        ReadSettings();
        foreach (string file in Values("dhcp-hostsfile"))
            EachLine(file, line => AddHost(line, line));
        foreach (string file in Values("dhcp-optsfile"))
            EachLine(file, line => AddOption(DnsmasqOption.Parse(line)));
        _hosts.Reverse();
    }

    // Of several arguments the last one counts. An empty one meant no file; since 2.73 it means the default one.
    private void ReadSettings()
    {
        const string byDefault = "/etc/dnsmasq.conf";
        if (Value("conf-file") is { Length: > 0 } file)
            ReadSettings(file);
        else if (!Has("conf-file"))
            ReadSettings(byDefault);
        else if (_version.ReadsDefaultFile && _linesOf(byDefault) is null)
            _notRead.Add(byDefault);
        else if (_version.ReadsDefaultFile)
        {
            UnaskedFile = byDefault;
            ReadSettings(byDefault);
        }
    }

    private void ReadSettings(string file, int depth = 0)
    {
        const int deepest = 16;
        if (file == "/dev/null" || depth == deepest)
            return;
        bool isCollected = EachLine(file, line =>
        {
            (string name, string value) = Setting(line);
            _lines.TryAdd((DnsmasqSettings.LongName(name), value), line);
            if (name == "conf-file")
                ReadSettings(value, depth + 1);
            else
                Add(name, value);
        });
        if (!isCollected)
            _missingFiles.Add(file);
    }

    /// <summary>Reads the lines of a file that say something; whether it was collected.</summary>
    private bool EachLine(string file, Action<string> read)
    {
        if (_linesOf(file) is not { } lines)
        {
            _missing.Add($"{file} was not collected");
            return false;
        }
        foreach (string line in lines.Select(DnsmasqText.Line).Where(line => line.Length > 0))
            read(line);
        return true;
    }

    // A line of the configuration file is an argument without its dashes.
    private static (string Name, string Value) Setting(string line)
    {
        int equals = line.IndexOf('=');
        return equals < 0 ? (line, "") : (line[..equals].TrimEnd(), line[(equals + 1)..].TrimStart());
    }

    private void Add(string name, string value)
    {
        if (!_values.TryGetValue(name, out List<string>? values))
            _values[name] = values = [];
        values.Add(value);
        switch (name)
        {
            case "dhcp-range":
                AddRange(value);
                break;
            case "dhcp-host":
                AddHost(value, $"--dhcp-host={value}");
                break;
            case "dhcp-option" or "dhcp-option-force":
                AddOption(DnsmasqOption.Parse(value, isForced: name == "dhcp-option-force"));
                break;
            case "dhcp-match" when DnsmasqOption.Parse(value, isMatch: true) is { Tags.Count: 1, Wrapping: "" } match:
                _matches.Insert(0, match);
                break;
            case "dhcp-vendorclass" or "dhcp-userclass" or "dhcp-mac" when ClassTag.Parse(name, value) is { } tag:
                _classes.Insert(0, tag);
                break;
            case "tag-if" when DnsmasqSettings.TagRule(value) is { } rule:
                _tagRules.Add(rule);
                break;
            default:
                if (!DnsmasqSettings.IsFollowed(name, value))
                    _missing.Add($"--{name}{(value.Length > 0 ? "=" + value : "")} is not modelled");
                break;
        }
    }

    private void AddRange(string value)
    {
        if (DnsmasqRange.Parse(value) is { } range)
            _ranges.Add(range);
        else if (!value.Contains(':') || value.Split(',').All(field => !System.Net.IPAddress.TryParse(field, out _)))
            _missing.Add($"--dhcp-range={value} is not understood");
    }

    // Two hosts with one address: the second is rejected, since 2.63.
    private void AddHost(string value, string text)
    {
        if (DnsmasqHost.Parse(value, _version.TakesHostTags) is not { } host)
            return;
        if (host.Address is { } address && !_addressesOfHosts.Add(address) && _version.RejectsSecondHost)
            return;
        _hosts.Add(host with { Text = text });
    }

    private void AddOption(DnsmasqOption? option)
    {
        if (option is { IsIpv6: false })
            _options.Insert(0, option);
    }
}

/// <summary>What changed between 2.59 and 2.90 in how dnsmasq answers.</summary>
/// <param name="Minor">The number after the dot; a high one when unknown.</param>
internal sealed record DnsmasqVersion(int Minor)
{
    /// <summary>Whether a <c>dhcp-host</c> may ask for tags (CHANGELOG, 2.81).</summary>
    public bool TakesHostTags => Minor >= 81;
    /// <summary>Whether a second host with the same address is rejected (option.c of 2.63).</summary>
    public bool RejectsSecondHost => Minor >= 63;
    /// <summary>Whether <c>--conf-file=</c> without a name means /etc/dnsmasq.conf, and not none
    /// (option.c, read_opts(), of 2.73).</summary>
    public bool ReadsDefaultFile => Minor >= 73;
    /// <summary>Whether the tag <c>known-othernet</c> is set (CHANGELOG, 2.77).</summary>
    public bool KnowsOtherNetworks => Minor >= 77;

    /// <summary>Reads <c>2.85</c> or <c>Dnsmasq version 2.85</c>.</summary>
    public static DnsmasqVersion Parse(string version)
    {
        int dot = version.IndexOf("2.", StringComparison.Ordinal);
        return new(dot < 0 ? int.MaxValue : DnsmasqText.Number(version[(dot + 2)..]));
    }
}
