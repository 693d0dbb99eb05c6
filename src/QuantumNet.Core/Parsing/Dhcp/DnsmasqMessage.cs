using System.Globalization;

namespace QuantumNet.Parsing.Dhcp;

/// <summary>Reads what dnsmasq says after <c>dnsmasq-dhcp[pid]: </c>.</summary>
internal static class DnsmasqMessage
{
    /// <summary>Reads a message; whatever it is, it becomes an event.</summary>
    public static DhcpEvent Parse(ReadOnlySpan<char> message)
    {
        message = Unwrap(message);
        uint? transactionId = TakeTransactionId(ref message);
        DhcpEvent parsed = TryPacket(message, out DhcpEvent packet) ? packet : Other(message);
        return parsed with { TransactionId = transactionId };
    }

    /// <summary>rsyslog folds what repeats: <c>message repeated 3 times: [ DHCPDISCOVER(...) ...]</c>.</summary>
    private static ReadOnlySpan<char> Unwrap(ReadOnlySpan<char> message)
    {
        if (!message.StartsWith("message repeated ") || !message.EndsWith("]"))
            return message;
        int open = message.IndexOf(": [");
        return open < 0 ? message : message[(open + 3)..^1].Trim();
    }

    /// <summary><c>--log-dhcp</c> puts the transaction id first, in decimal.</summary>
    private static uint? TakeTransactionId(ref ReadOnlySpan<char> message)
    {
        int end = message.IndexOf(' ');
        if (end <= 0 || !uint.TryParse(message[..end], NumberStyles.None, CultureInfo.InvariantCulture, out uint id))
            return null;
        message = message[(end + 1)..].TrimStart();
        return id;
    }

    private static bool TryPacket(ReadOnlySpan<char> message, out DhcpEvent packet)
    {
        packet = new();
        int open = message.IndexOf('(');
        int close = open < 0 ? -1 : message.IndexOf(')');
        if (close < open || open <= 0 || !message.StartsWith("DHCP") || message[..open].Contains(' '))
            return false;
        string type = message[..open].ToString();
        ReadOnlySpan<char> rest = message[(close + 1)..].Trim();
        string address = TakeAddress(ref rest);
        string mac = TakeMac(ref rest, out string clientId);
        bool namesHost = type is "DHCPACK" or "DHCPADVERTISE" or "DHCPREPLY" or "DHCPINFORM" && !rest.Contains(' ');
        packet = new()
        {
            Type = type,
            Device = message[(open + 1)..close].ToString(),
            IpAddress = address,
            Mac = mac,
            ClientId = clientId,
            HostName = namesHost ? rest.ToString() : "",
            Message = namesHost ? "" : rest.ToString(),
        };
        return true;
    }

    private static DhcpEvent Other(ReadOnlySpan<char> message)
    {
        if (message.StartsWith("started"))
            return new() { Type = "started", Message = message.ToString() };
        if (message.StartsWith("exiting "))
            return new() { Type = "exiting", Message = message.ToString() };
        if (message.StartsWith("read /"))
            return new() { Type = "read", Message = FileOf(message["read ".Length..]) };
        return new()
        {
            Type = "message",
            Message = message.ToString(),
            Device = WordAfter(message, " via ", " received on ", "exclusively to interface "),
            IpAddress = AddressAfter(message, "configured address ", "the DHCP lease of "),
        };
    }

    private static string FileOf(ReadOnlySpan<char> text)
    {
        int end = text.IndexOf(" - ");
        return (end < 0 ? text : text[..end]).ToString();
    }

    private static string TakeAddress(ref ReadOnlySpan<char> rest)
    {
        ReadOnlySpan<char> word = FirstWord(rest);
        if (!DhcpFile.IsIpv4(word) && (MacAddress.TryParse(word, out _) || !DhcpFile.IsIpv6(word)))
            return "";
        rest = rest[word.Length..].TrimStart();
        return word.ToString();
    }

    /// <summary>Takes a MAC address, or a DHCPv6 client's DUID: longer, pairs of digits all the same.</summary>
    private static string TakeMac(ref ReadOnlySpan<char> rest, out string clientId)
    {
        clientId = "";
        ReadOnlySpan<char> word = FirstWord(rest);
        int dash = word.IndexOf('-');
        if (!MacAddress.TryParse(dash is 1 or 2 ? word[(dash + 1)..] : word, out string mac))
            return "";
        rest = rest[word.Length..].TrimStart();
        if (mac.Length == 17)
            return mac;
        clientId = mac;
        return "";
    }

    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> text)
    {
        int end = text.IndexOf(' ');
        return end < 0 ? text : text[..end];
    }

    private static string WordAfter(ReadOnlySpan<char> message, params ReadOnlySpan<string> beginnings)
    {
        foreach (string beginning in beginnings)
        {
            int start = message.IndexOf(beginning);
            if (start >= 0)
                return FirstWord(message[(start + beginning.Length)..]).ToString();
        }
        return "";
    }

    private static string AddressAfter(ReadOnlySpan<char> message, params ReadOnlySpan<string> beginnings)
    {
        string word = WordAfter(message, beginnings);
        return DhcpFile.IsIpv4(word) || DhcpFile.IsIpv6(word) ? word : "";
    }
}
