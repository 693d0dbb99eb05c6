using System.Globalization;

namespace QuantumNet.Parsing.Clients;

/// <summary>Reads an instance's console for its DHCP client's story. Known tellers:
/// busybox udhcpc (networking/udhcp/dhcpc.c, <c>Sending discover...</c> of old, <c>udhcpc: broadcasting discover</c>
/// today), ISC dhclient (<c>DHCPDISCOVER on eth0 to ...</c>), dhcpcd (<c>eth0: soliciting a DHCP lease</c>),
/// cloud-init's <c>ci-info: | eth0 | True | 10.0.0.5 | ...</c>, systemd-networkd and NetworkManager.
/// All other lines are the guest's own and mean nothing here.</summary>
public static class NovaConsoleParser
{
    /// <summary>Reads a console's text. Never throws.</summary>
    public static ConsoleLog Parse(string text)
    {
        var story = new ConsoleStory();
        foreach (ReadOnlySpan<char> raw in text.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> line = raw.TrimEnd();
            if (line.Length > 0 && Tell(line, story))
                story.Lines.Add(line.ToString());
        }
        return story.End(text);
    }

    private static bool Tell(ReadOnlySpan<char> line, ConsoleStory story) =>
        TellUdhcpc(line, story) || TellDhclient(line, story) || TellDhcpcd(line, story)
        || TellNetworkd(line, story) || TellNetworkManager(line, story) || CloudInitTable.Tell(line, story);

    private static bool TellUdhcpc(ReadOnlySpan<char> line, ConsoleStory story)
    {
        bool isNamed = line.Contains("udhcpc", StringComparison.Ordinal);
        if (isNamed && line.Contains("started", StringComparison.Ordinal))
            return story.Client("udhcpc");
        if (Has(line, "sending discover...") || (isNamed && Has(line, " discover")))
            return story.Client("udhcpc") && story.Discover();
        if (Has(line, "sending select for ") || (isNamed && Has(line, " select for ")))
            return story.Client("udhcpc") && story.Request();
        if (Has(line, "lease of ") && Has(line, " obtained"))
            return story.Client("udhcpc") && story.Lease(Address(line, "ease of "), Number(line, "lease time "));
        return (Has(line, "no lease, ") || (isNamed && Has(line, "no lease")))
            && story.Client("udhcpc") && story.NoLease();
    }

    private static bool TellDhclient(ReadOnlySpan<char> line, ConsoleStory story)
    {
        if (line.Contains("Internet Systems Consortium DHCP Client", StringComparison.Ordinal))
            return story.Client("dhclient");
        if (line.Contains("DHCPDISCOVER on ", StringComparison.Ordinal))
            return story.Client("dhclient") && story.Discover();
        if (line.Contains("DHCPREQUEST of ", StringComparison.Ordinal)
            || line.Contains("DHCPREQUEST for ", StringComparison.Ordinal)
            || line.Contains("DHCPREQUEST on ", StringComparison.Ordinal))
            return story.Client("dhclient") && story.Request();
        if (line.Contains("DHCPOFFER ", StringComparison.Ordinal)
            || line.Contains("DHCPNAK from ", StringComparison.Ordinal)
            || line.Contains("DHCPACK ", StringComparison.Ordinal))
            return story.Client("dhclient");
        if (line.Contains("bound to ", StringComparison.Ordinal)
            && line.Contains(" -- renewal in ", StringComparison.Ordinal))
            return story.Client("dhclient") && story.Lease(Address(line, "bound to "), null);
        return (line.Contains("No DHCPOFFERS received", StringComparison.Ordinal)
            || line.Contains("Unable to obtain a lease", StringComparison.Ordinal)
            || line.Contains("No working leases in persistent database", StringComparison.Ordinal))
            && story.Client("dhclient") && story.NoLease();
    }

    private static bool TellDhcpcd(ReadOnlySpan<char> line, ConsoleStory story)
    {
        if (line.Contains("soliciting a DHCP lease", StringComparison.Ordinal)
            || line.Contains("broadcasting for a lease", StringComparison.Ordinal))
            return story.Client("dhcpcd") && story.Asks();
        if (line.Contains(": sending DISCOVER", StringComparison.Ordinal))
            return story.Client("dhcpcd") && story.Discover();
        if (line.Contains(": sending REQUEST", StringComparison.Ordinal))
            return story.Client("dhcpcd") && story.Request();
        if (line.Contains(": leased ", StringComparison.Ordinal))
            return story.Client("dhcpcd") && story.Lease(Address(line, ": leased "), Number(line, " for "));
        return line.Contains(": offered ", StringComparison.Ordinal)
            && line.Contains(" from ", StringComparison.Ordinal)
            && story.Client("dhcpcd");
    }

    private static bool TellNetworkd(ReadOnlySpan<char> line, ConsoleStory story) =>
        line.Contains("systemd-networkd[", StringComparison.Ordinal)
        && line.Contains(": DHCPv4 address ", StringComparison.Ordinal)
        && story.Client("systemd-networkd") && story.Lease(Address(line, ": DHCPv4 address "), null);

    private static bool TellNetworkManager(ReadOnlySpan<char> line, ConsoleStory story)
    {
        if (!line.Contains("dhcp4 (", StringComparison.Ordinal))
            return false;
        if (line.Contains("beginning transaction", StringComparison.Ordinal))
            return story.Client("NetworkManager") && story.Asks();
        if (line.Contains("bound, address=", StringComparison.Ordinal))
            return story.Client("NetworkManager") && story.Lease(Address(line, "address="), null);
        if (line.Contains("request timed out", StringComparison.Ordinal))
            return story.Client("NetworkManager") && story.NoLease();
        return story.Client("NetworkManager");
    }

    private static bool Has(ReadOnlySpan<char> line, string part) =>
        line.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static string Address(ReadOnlySpan<char> line, string after)
    {
        int start = line.IndexOf(after);
        if (start < 0)
            return "";
        ReadOnlySpan<char> rest = line[(start + after.Length)..];
        int end = 0;
        while (end < rest.Length && (char.IsAsciiDigit(rest[end]) || rest[end] == '.'))
            end++;
        return rest[..end].TrimEnd('.').ToString();
    }

    private static int? Number(ReadOnlySpan<char> line, string after)
    {
        int start = line.IndexOf(after);
        if (start < 0)
            return null;
        ReadOnlySpan<char> rest = line[(start + after.Length)..];
        int end = rest.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(end < 0 ? rest : rest[..end], NumberStyles.None,
                CultureInfo.InvariantCulture, out int number)
            ? number : null;   // 4294967295 is an infinite lease
    }
}
