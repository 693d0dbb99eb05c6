using System.Text;

namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>What an option's value is, which dnsmasq tells from its looks (option.c, parse_dhcp_opt():
/// "characterise the value"): bytes in hexadecimal, a number, addresses, or a text.</summary>
internal static class DhcpOptionValue
{
    private ref struct Looks
    {
        public bool IsAddress = true, IsHex = true, IsDecimal = true, HasDigit;
        public int Groups = 1, Dots;
        public char Unit;

        public Looks() { }
    }

    /// <summary>The option with its value; null when dnsmasq rejects it.</summary>
    public static DnsmasqOption? Read(DnsmasqOption option, DhcpOptionForm form, string value, bool isMatch)
    {
        Looks looks = LooksOf(value, isMatch);
        if (looks.Unit != '\0')
            value = value[..^1];
        if ((form & DhcpOptionForm.Addresses) != 0)
        {
            if (!looks.IsAddress || looks.Dots == 0)
                return null;    // bad IP address
            looks.IsDecimal = looks.IsHex = false;
        }
        else if ((form & (DhcpOptionForm.Name | DhcpOptionForm.DomainNames)) != 0)
            looks.IsAddress = looks.IsDecimal = looks.IsHex = false;
        if (looks.HasDigit && (form & DhcpOptionForm.Time) != 0 && value.Length > 0)
            return option with { Value = DottedQuad.Bytes(Seconds(value)) };
        if (looks.IsHex && looks.Groups > 1)
            return HexPattern.Parse(value, looks.Groups) is { } hex
                ? option with { Value = hex.Bytes, Pattern = hex } : null;
        if (looks.IsDecimal)
            return option with { Value = Number(DnsmasqText.Number(value), form, looks.Unit) };
        if (looks.IsAddress)
            return WithAddresses(option, value);
        return Text(option, value);
    }

    private static Looks LooksOf(string value, bool isMatch)
    {
        Looks looks = new();
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            looks.HasDigit |= char.IsAsciiDigit(c);
            looks.Dots += c == '.' ? 1 : 0;
            looks.Groups += c == ':' ? 1 : 0;
            if (char.IsAsciiDigit(c))
                continue;
            bool isUnit = i == value.Length - 1 && looks.IsDecimal && c is 'b' or 's' or 'i';
            looks.Unit = isUnit && i == value.Length - 1 ? c : '\0';
            looks.IsDecimal &= c == '-' || looks.Unit != '\0';
            looks.IsAddress &= c is ',' or '.' or ' ' || (c == '/' && i > 0);
            looks.IsHex &= c == ':' || char.IsAsciiHexDigit(c) || (c == '*' && isMatch);
        }
        if (!looks.HasDigit)
            looks.IsDecimal = looks.IsAddress = false;
        return looks;
    }

    private static uint Seconds(string value)
    {
        ulong unit = DnsmasqText.Unit(value[^1]);
        return unchecked((uint)((long)DnsmasqText.Number(value) * (long)Math.Max(unit, 1)));
    }

    private static byte[] Number(int value, DhcpOptionForm form, char unit)
    {
        int size = (int)form & 0xff;
        if (size == 0)
            size = (value & 0xffff0000) != 0 ? 4 : (value & 0xff00) != 0 ? 2 : 1;
        size = unit switch { 'b' => 1, 's' => 2, 'i' => 4, _ => size };
        return DottedQuad.Bytes(unchecked((uint)value))[(4 - size)..];
    }

    // With a length they are a route's destination, written as RFC 3442 has it.
    private static DnsmasqOption? WithAddresses(DnsmasqOption option, string value)
    {
        var bytes = new List<byte>();
        bool isPlain = true;
        if (option.Code == DhcpCode.SipServer && option.Wrapping.Length == 0)
        {
            bytes.Add(1);       // RFC 3361: addresses follow
            isPlain = false;
        }
        foreach (string field in value.Split(',', StringSplitOptions.TrimEntries))
        {
            int slash = field.IndexOf('/');
            if (!DottedQuad.TryParse((slash < 0 ? field : field[..slash]).Trim(), out uint address))
                return null;    // bad IPv4 address
            if (slash < 0)
            {
                bytes.AddRange(DottedQuad.Bytes(address));
                continue;
            }
            int length = DnsmasqText.Number(field[(slash + 1)..].TrimStart());
            bytes.Add(unchecked((byte)length));
            bytes.AddRange(
                DottedQuad.Bytes(address)[..(length > 24 ? 4 : length > 16 ? 3 : length > 8 ? 2 : length > 0 ? 1 : 0)]);
            isPlain = false;
        }
        return option with { Value = [.. bytes], IsAddresses = isPlain };
    }

    private static DnsmasqOption? Text(DnsmasqOption option, string value)
    {
        if (option.Code is not (DhcpCode.DomainSearch or DhcpCode.SipServer) || option.Wrapping.Length > 0)
            return option with { Value = Encoding.UTF8.GetBytes(value), IsText = true };
        string[] names = value.Split(',', StringSplitOptions.TrimEntries);
        if (Array.Exists(names, name => name != "." && !IsDomain(name)))
            return null;        // bad domain in dhcp-option
        byte[] bytes = Names(names);
        return option with { Value = option.Code == DhcpCode.SipServer ? [0, .. bytes] : bytes };
    }

    private static bool IsDomain(string name) => name.Length > 0
        && name.TrimEnd('.').Split('.').All(label => label.Length <= 63 && label.All(c => c is > ' ' and < '\x7f'));

    // RFC 3397, an end that stands already is pointed to.
    private static byte[] Names(string[] names)
    {
        var bytes = new List<byte>();
        foreach (string name in names)
        {
            int start = bytes.Count;
            foreach (string label in name.TrimEnd('.').Split('.', StringSplitOptions.RemoveEmptyEntries))
            {
                bytes.Add((byte)label.Length);
                bytes.AddRange(Encoding.ASCII.GetBytes(label));
            }
            bytes.Add(0);
            Compress(bytes, start);
        }
        return [.. bytes];
    }

    private static void Compress(List<byte> bytes, int start)
    {
        for (int tail = start; tail < bytes.Count && bytes[tail] != 0; tail += bytes[tail] + 1)
        {
            for (int earlier = 0; earlier < start; earlier += bytes[earlier] + 1)
            {
                if (!IsSameText(bytes, earlier, tail))
                    continue;
                bytes.RemoveRange(tail, bytes.Count - tail);
                bytes.Add((byte)(0xc0 | (earlier >> 8)));
                bytes.Add((byte)earlier);
                return;
            }
        }
    }

    private static bool IsSameText(List<byte> bytes, int one, int other)
    {
        for (; one < bytes.Count && other < bytes.Count && bytes[one] == bytes[other]; one++, other++)
        {
            if (bytes[one] == 0)
                return true;
        }
        return false;
    }
}
