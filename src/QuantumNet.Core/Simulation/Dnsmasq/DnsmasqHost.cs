namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>One <c>--dhcp-host</c>, or a line of a <c>--dhcp-hostsfile</c> (dnsmasq(8); option.c, case 'G'):
/// <c>fa:16:3e:1e:63:66,set:port-1,id:*,host-10-0-0-9.openstacklocal,10.0.0.9,2h</c>.</summary>
internal sealed record DnsmasqHost
{
    private const int LongestHardwareAddress = 16;

    /// <summary>The line or argument, verbatim.</summary>
    public required string Text { get; init; }
    /// <summary>Hardware addresses, the last one first.</summary>
    public IReadOnlyList<HexPattern> HardwareAddresses { get; init; } = [];
    /// <summary>The client id that it is for (<c>id:</c>); null when none.</summary>
    public byte[]? ClientId { get; init; }
    /// <summary>Whether client ids are left aside (<c>id:*</c>).</summary>
    public bool IgnoresClientId { get; init; }
    /// <summary>The tags that it sets.</summary>
    public IReadOnlyList<string> SetTags { get; init; } = [];
    /// <summary>The tags that it asks for (<c>tag:</c>).</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
    /// <summary>The address that it gives; null when none.</summary>
    public uint? Address { get; init; }
    /// <summary>Its lease time in seconds; null for the range's.</summary>
    public uint? LeaseSeconds { get; init; }
    /// <summary>Its name without domain; empty when none.</summary>
    public string Name { get; init; } = "";
    /// <summary>Whether the client gets no answer.</summary>
    public bool IsIgnored { get; init; }

    /// <summary>Reads it; null when dnsmasq rejects the line. <paramref name="takesTags"/>: whether <c>tag:</c> is a
    /// condition, since 2.81; before that the line is rejected ("cannot match tags in --dhcp-host").</summary>
    public static DnsmasqHost? Parse(string text, bool takesTags = true)
    {
        var host = new DnsmasqHost { Text = text };
        foreach (string field in DnsmasqText.Fields(text))
        {
            DnsmasqHost? next = field.Contains(':') ? WithColon(host, field, takesTags) : Plain(host, field);
            if (next is null)
                return null;
            host = next;
        }
        return host;
    }

    /// <summary>Whether one of its hardware addresses, without a star, is this one (config_has_mac()).</summary>
    public bool Has(ReadOnlySpan<byte> hardwareAddress)
    {
        foreach (HexPattern pattern in HardwareAddresses)
        {
            if (!pattern.HasStar && pattern.HardwareType is 0 or 1 && hardwareAddress.SequenceEqual(pattern.Bytes))
                return true;
        }
        return false;
    }

    private static DnsmasqHost? WithColon(DnsmasqHost host, string field, bool takesTags)
    {
        if (field.StartsWith("id:", StringComparison.OrdinalIgnoreCase))
            return WithClientId(host, field[3..]);
        if (field.StartsWith("net:", StringComparison.Ordinal) || field.StartsWith("set:", StringComparison.Ordinal))
            return host with { SetTags = [.. host.SetTags, field[4..]] };
        if (field.StartsWith("tag:", StringComparison.Ordinal))
            return takesTags ? host with { Tags = [.. host.Tags, field[4..]] } : null;
        if (field is ['[', .., ']'])
            return System.Net.IPAddress.TryParse(field[1..^1].Split('/')[0], out _) ? host : null;
        return HexPattern.Parse(field, LongestHardwareAddress) is { } pattern
            ? host with { HardwareAddresses = [pattern, .. host.HardwareAddresses] } : null;
    }

    private static DnsmasqHost? WithClientId(DnsmasqHost host, string id)
    {
        if (id.StartsWith('*'))
            return host with { IgnoresClientId = true };
        if (!id.Contains(':'))
            return host with { ClientId = System.Text.Encoding.UTF8.GetBytes(id) };
        return HexPattern.Parse(id, int.MaxValue) is { } hex ? host with { ClientId = hex.Bytes } : null;
    }

    private static DnsmasqHost? Plain(DnsmasqHost host, string field)
    {
        if (DottedQuad.TryParse(field, out uint address))
            return host with { Address = address };
        if (field is "infinite")
            return host with { LeaseSeconds = uint.MaxValue };
        if (field is "ignore")
            return host with { IsIgnored = true };
        if (field.Length == 0)
            return host;
        if (DnsmasqText.TrySeconds(field, out uint seconds))
            return host with { LeaseSeconds = seconds };
        string name = field.TrimEnd('.');
        return DnsmasqText.IsHostName(name) ? host with { Name = name.Split('.')[0] } : null;
    }
}
