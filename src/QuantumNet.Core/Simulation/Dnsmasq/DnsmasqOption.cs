namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>One <c>--dhcp-option</c>, or a line of a <c>--dhcp-optsfile</c> (dnsmasq(8); option.c, parse_dhcp_opt()):
/// <c>tag:tag0,option:router,10.0.0.1</c>. A <c>--dhcp-match</c> is written alike.</summary>
internal sealed record DnsmasqOption
{
    private const int LongestValue = 255;

    /// <summary>The line or argument, verbatim.</summary>
    public required string Text { get; init; }
    /// <summary>Its code.</summary>
    public int Code { get; init; }
    /// <summary>The tags that it asks for; of a <c>--dhcp-match</c> the one that it sets.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
    /// <summary>Its bytes.</summary>
    public byte[] Value { get; init; } = [];
    /// <summary>Whether the bytes are addresses, among which 0.0.0.0 stands for the server's own.</summary>
    public bool IsAddresses { get; init; }
    /// <summary>Whether the value is a text, ended by a zero for clients that send such.</summary>
    public bool IsText { get; init; }
    /// <summary>The pattern of bytes to match; null unless a <c>--dhcp-match</c> has one.</summary>
    public HexPattern? Pattern { get; init; }
    /// <summary>Whether it is sent unasked.</summary>
    public bool IsForced { get; init; }
    /// <summary><c>vendor:</c>, <c>encap:</c> or <c>vi-encap:</c>, what it is wrapped in;
    /// empty when in nothing.</summary>
    public string Wrapping { get; init; } = "";
    /// <summary>Whether it is for DHCPv6.</summary>
    public bool IsIpv6 { get; init; }

    /// <summary>Reads an option; null when dnsmasq rejects it.</summary>
    public static DnsmasqOption? Parse(string text, bool isForced = false, bool isMatch = false)
    {
        var option = new DnsmasqOption { Text = text, IsForced = isForced };
        string? rest = text;
        while (rest is not null)
        {
            (string field, rest) = Split(rest);
            if (Named(field, isMatch, out int code, out DhcpOptionForm form))
                return code < 0 ? null : WithValue(option with { Code = code }, form, rest, isMatch);
            if (field.StartsWith("option6:", StringComparison.Ordinal))
                return option with { IsIpv6 = true };
            option = Prefixed(option, field);
        }
        return null;
    }

    /// <summary>A text cut at its first comma.</summary>
    public static (string First, string? After) Split(string text)
    {
        int comma = text.IndexOf(',');
        return comma < 0 ? (text, null) : (text[..comma].TrimEnd(' '), text[(comma + 1)..].TrimStart(' '));
    }

    // A number is any code; a name must be known and no option that dnsmasq makes itself.
    private static bool Named(string field, bool isMatch, out int code, out DhcpOptionForm form)
    {
        code = -1;
        form = DhcpOptionForm.None;
        if (field.All(char.IsAsciiDigit))
            code = DnsmasqText.Number(field) is >= 0 and <= 255 and int number ? number : -1;
        else if (!field.StartsWith("option:", StringComparison.Ordinal))
            return false;
        else if (DhcpOptionTable.CodeOf(field["option:".Length..]) is { } named
            && (isMatch || (DhcpOptionTable.FormOf(named) & DhcpOptionForm.Internal) == 0))
            code = named;
        form = DhcpOptionTable.FormOf(code);
        return true;
    }

    private static DnsmasqOption Prefixed(DnsmasqOption option, string field)
    {
        foreach (string wrapping in (string[])["vendor:", "encap:", "vi-encap:"])
        {
            if (field.StartsWith(wrapping, StringComparison.Ordinal))
                return option with { Wrapping = field };
        }
        string tag =
            field.StartsWith("tag:", StringComparison.Ordinal) || field.StartsWith("net:", StringComparison.Ordinal)
            || field.StartsWith("set:", StringComparison.Ordinal) ? field[4..] : field;
        return option with { Tags = [tag, .. option.Tags] };
    }

    private static DnsmasqOption? WithValue(DnsmasqOption option, DhcpOptionForm form, string? value, bool isMatch)
    {
        if (option.Wrapping.Length > 0)
            form = DhcpOptionForm.None;
        if (value is null)
            return option;
        DnsmasqOption? filled = DhcpOptionValue.Read(option, form, value, isMatch);
        return filled is null || filled.Value.Length > LongestValue ? null : filled;
    }
}
