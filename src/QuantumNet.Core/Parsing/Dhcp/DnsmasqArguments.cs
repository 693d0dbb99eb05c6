namespace QuantumNet.Parsing.Dhcp;

/// <summary>dnsmasq's options by name: <c>--name=value</c>, <c>--name value</c>, <c>-n value</c>,
/// <c>-nvalue</c>, switches.</summary>
internal sealed class DnsmasqArguments
{
    private static readonly HashSet<string> s_takeValue =
        ["interface", "i", "pid-file", "x", "dhcp-leasefile", "l", "dhcp-hostsfile", "dhcp-optsfile", "dhcp-range", "F",
         "conf-file", "C", "domain", "s", "user", "u", "group", "g", "dhcp-option", "O", "listen-address", "a",
         "except-interface", "I", "no-dhcp-interface", "2", "dhcp-host", "G",
         "dhcp-option-force", "dhcp-lease-max", "X", "dhcp-match", "dhcp-ignore", "J", "dhcp-vendorclass", "U",
         "dhcp-userclass", "j", "dhcp-mac", "4", "tag-if", "dhcp-boot", "M", "dhcp-script", "6", "addn-hosts", "H",
         "port", "p", "server", "S", "conf-dir", "7"];

    private readonly List<(string Name, string Value)> _options = [];

    /// <summary>Reads what follows the program's name.</summary>
    public DnsmasqArguments(IReadOnlyList<string> argv)
    {
        for (int i = 1; i < argv.Count; i++)
        {
            string argument = argv[i];
            if (argument.StartsWith("--", StringComparison.Ordinal))
            {
                int equals = argument.IndexOf('=');
                string name = equals < 0 ? argument[2..] : argument[2..equals];
                bool valueFollows = equals < 0 && s_takeValue.Contains(name) && i + 1 < argv.Count
                    && !argv[i + 1].StartsWith('-');
                _options.Add((name, equals >= 0 ? argument[(equals + 1)..] : valueFollows ? argv[++i] : ""));
            }
            else if (argument.Length >= 2 && argument[0] == '-')
            {
                string name = argument[1..2];
                bool valueFollows = argument.Length == 2 && s_takeValue.Contains(name) && i + 1 < argv.Count;
                _options.Add((name, valueFollows ? argv[++i] : argument[2..]));
            }
        }
    }

    /// <summary>All options by the names that were used, in order.</summary>
    public IReadOnlyList<(string Name, string Value)> All => _options;

    /// <summary>Whether an option was given, by any of its names.</summary>
    public bool Has(params ReadOnlySpan<string> names)
    {
        foreach ((string name, _) in _options)
        {
            if (names.Contains(name))
                return true;
        }
        return false;
    }

    /// <summary>The first value of an option; empty when it was not given.</summary>
    public string Value(params ReadOnlySpan<string> names)
    {
        foreach ((string name, string value) in _options)
        {
            if (names.Contains(name))
                return value;
        }
        return "";
    }

    /// <summary>All values of an option.</summary>
    public string[] Values(params ReadOnlySpan<string> names)
    {
        var values = new List<string>();
        foreach ((string name, string value) in _options)
        {
            if (names.Contains(name))
                values.Add(value);
        }
        return [.. values];
    }
}
