using System.Globalization;

namespace QuantumNet.Parsing.Links;

/// <summary>A local address as ss and netstat print it: <c>0.0.0.0:67</c>, <c>[fe80::1]%tap1:53</c>,
/// <c>:::53</c>, <c>*:*</c>.</summary>
internal static class SocketAddress
{
    /// <summary>Takes it apart; false when it has no port part.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out string address, out string device, out int? port)
    {
        address = device = "";
        port = null;
        int colon = text.LastIndexOf(':');
        if (colon < 0)
            return false;

        ReadOnlySpan<char> number = text[(colon + 1)..];
        if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int value))
            port = value;
        else if (Service(number) is { } service)
            port = service;
        else if (number is not "*")
            return false;

        ReadOnlySpan<char> host = text[..colon];
        int percent = host.IndexOf('%');
        if (percent >= 0)
        {
            device = host[(percent + 1)..].TrimEnd(']').ToString();
            host = host[..percent];
        }
        address = host.TrimStart('[').TrimEnd(']').ToString();
        return true;
    }

    /// <summary>The services of a DHCP namespace by their names, as <c>ss</c> and <c>netstat</c> print them without
    /// <c>-n</c> (services(5)).</summary>
    private static int? Service(ReadOnlySpan<char> name) => name switch
    {
        "bootps" => 67,
        "bootpc" => 68,
        "domain" => 53,
        "tftp" => 69,
        "http" => 80,
        "dhcpv6-client" => 546,
        "dhcpv6-server" => 547,
        _ => null,
    };
}
