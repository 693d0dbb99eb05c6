namespace QuantumNet.Simulation.Iptables;

/// <summary>Targets that change the packet and go on, or rewrite its addresses (iptables-extensions(8), TARGET
/// EXTENSIONS).</summary>
internal static class IptablesTargets
{
    private static readonly HashSet<string> s_passing =
    [
        "", "LOG", "NFLOG", "ULOG", "MARK", "CONNMARK", "CONNSECMARK", "SECMARK", "CT", "NOTRACK", "TRACE", "CHECKSUM",
        "SET", "TOS", "DSCP", "TCPMSS", "CLASSIFY", "AUDIT", "TTL", "IDLETIMER", "RATEEST", "TCPOPTSTRIP", "ECN", "LED",
        "HL", "TEE", "HMARK",
    ];

    /// <summary>Whether the next rule is asked after the target.</summary>
    public static bool IsPassing(string target) => s_passing.Contains(target);

    /// <summary>The packet after such a target. The first rule of raw that gives it a template, or leaves it
    /// untracked, is the one that counts (xt_CT.c).</summary>
    public static FilteredPacket Passed(IptablesRule rule, FilteredPacket packet) => rule.Target switch
    {
        "NOTRACK" or "CT" when packet.IsTemplated || packet.State == ConntrackState.Untracked => packet,
        "NOTRACK" => packet with { State = ConntrackState.Untracked },
        "CT" when rule.TargetOptions.Contains("--notrack", StringComparison.Ordinal) =>
            packet with { State = ConntrackState.Untracked },
        "CT" => packet with { IsTemplated = true },
        "MARK" => packet with { Mark = Changed(rule.TargetOptions, packet.Mark) },
        "CONNMARK" => ConnectionMark(rule.TargetOptions, packet),
        _ => packet,
    };

    /// <summary>The packet after nat.</summary>
    public static FilteredPacket Rewritten(IptablesRule rule, FilteredPacket packet)
    {
        (HostAddress? address, int? port) = Told(rule.TargetOptions,
            rule.Target == "SNAT" ? "--to-source" : "--to-destination");
        FilteredPacket after = packet with { IsTranslated = true };
        return rule.Target switch
        {
            "MASQUERADE" => after with { Source = null, SourcePort = null },
            "SNAT" => after with { Source = address, SourcePort = port ?? packet.SourcePort },
            "DNAT" => after with { Destination = address, DestinationPort = port ?? packet.DestinationPort },
            "REDIRECT" => after with { Destination = null, DestinationPort = null },
            _ => after with { Source = null, Destination = null },
        };
    }

    // 10.0.0.5:54, [fd00::5]:54; a range of addresses is chosen from by the kernel.
    private static (HostAddress? Address, int? Port) Told(string options, string name)
    {
        string[] words = options.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int at = Array.IndexOf(words, name);
        if (at < 0 || at + 1 >= words.Length)
            return (null, null);
        string told = words[at + 1];
        int bracket = told.IndexOf(']'), colon = told.LastIndexOf(':');
        bool hasPort = colon > 0 && (bracket >= 0 ? colon == bracket + 1 : told.IndexOf(':') == colon);
        string host = hasPort ? told[..colon] : told;
        return (HostAddress.Parse(host.Trim('[', ']')),
            hasPort ? (int?)IptablesValues.Number(told.AsSpan(colon + 1)) : null);
    }

    // MARK: value = (mark & ~mask) ^ value for --set-xmark; --set-mark takes the value's bits off, too.
    private static uint? Changed(string options, uint? mark)
    {
        string[] words = options.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 2 || IptablesValues.Masked(words[1]) is not var (value, mask))
            return null;
        bool setsAll = mask == uint.MaxValue && words[0] is "--set-xmark" or "--set-mark";
        if (mark is not { } old)
            return setsAll ? value : null;
        return words[0] switch
        {
            "--set-xmark" => (old & ~mask) ^ value,
            "--set-mark" => (old & ~(mask | value)) | value,
            "--and-mark" => old & value,
            "--or-mark" => old | value,
            "--xor-mark" => old ^ value,
            _ => null,
        };
    }

    private static FilteredPacket ConnectionMark(string options, FilteredPacket packet)
    {
        string[] words = options.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        (uint bits, uint connectionBits) = (Option(words, "--nfmask"), Option(words, "--ctmask"));
        return words switch
        {
            ["--save-mark", ..] => packet with
            {
                ConnectionMark = (packet.ConnectionMark & ~connectionBits) ^ (packet.Mark & bits),
            },
            ["--restore-mark", ..] => packet with
            {
                Mark = (packet.Mark & ~bits) ^ (packet.ConnectionMark & connectionBits),
            },
            _ => packet with { ConnectionMark = Changed(options, packet.ConnectionMark) },
        };
    }

    private static uint Option(string[] words, string name)
    {
        int at = Array.FindIndex(words, word => word == name || word == "--mask");
        return at >= 0 && at + 1 < words.Length && IptablesValues.Number(words[at + 1]) is { } bits ? bits
            : uint.MaxValue;
    }
}
