using System.Globalization;

namespace QuantumNet.Parsing.Dhcp;

/// <summary>What dnsmasq's files have in common.</summary>
internal static class DhcpFile
{
    /// <summary>The network a file belongs to: told, or read from its path or the command.</summary>
    public static string NetworkId(TextSource source)
    {
        if (source.NetworkId.Length > 0)
            return source.NetworkId;
        string id = Uuid.FindLast(source.Path);
        return id.Length > 0 ? id : Uuid.FindLast(source.Command);
    }

    /// <summary>Whether the text is four numbers up to 255 with dots between.</summary>
    public static bool IsIpv4(ReadOnlySpan<char> text)
    {
        for (int part = 1; part < 4; part++)
        {
            int dot = text.IndexOf('.');
            if (dot < 0 || !byte.TryParse(text[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out _))
                return false;
            text = text[(dot + 1)..];
        }
        return byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }

    /// <summary>Whether the text is an IPv6 address.</summary>
    public static bool IsIpv6(ReadOnlySpan<char> text) =>
        text.Contains(':') && System.Net.IPAddress.TryParse(text, out _);
}
