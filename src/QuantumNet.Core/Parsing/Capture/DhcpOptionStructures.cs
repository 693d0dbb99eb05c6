using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace QuantumNet.Parsing.Capture;

/// <summary>Values of DHCP options that have parts.</summary>
internal static class DhcpOptionStructures
{
    /// <summary>A value as text; as bytes when its parts do not fit.</summary>
    public static string Format(OptionKind kind, ReadOnlySpan<byte> value)
    {
        string? text = kind switch
        {
            OptionKind.ClientId => ClientId(value),
            OptionKind.Domains => DomainNames.Read(value),
            OptionKind.ClasslessRoutes => ClasslessRoutes(value),
            OptionKind.SubOptions => SubOptions(value),
            OptionKind.ClientName => ClientName(value),
            OptionKind.SipServers => SipServers(value),
            OptionKind.Vendor => Vendor(value),
            OptionKind.MachineId => MachineId(value),
            OptionKind.InterfaceVersion => InterfaceVersion(value),
            _ => null,
        };
        return text ?? AddressText.FormatBytes(value);
    }

    /// <summary>RFC 2132 section 9.14; as dnsmasq writes it into its leases file:
    /// type and bytes, all in hexadecimal.</summary>
    private static string? ClientId(ReadOnlySpan<byte> value)
    {
        const int Ethernet = 1;
        return value.Length == 7 && value[0] == Ethernet ? $"01:{AddressText.FormatBytes(value[1..])}" : null;
    }

    /// <summary>RFC 3442: prefix length, as many bytes of the network as it needs, router.</summary>
    private static string? ClasslessRoutes(ReadOnlySpan<byte> value)
    {
        var text = new StringBuilder();
        Span<byte> network = stackalloc byte[4];
        while (!value.IsEmpty)
        {
            int prefix = value[0], significant = (prefix + 7) / 8;
            if (prefix > 32 || value.Length < 1 + significant + 4)
                return null;
            network.Clear();
            value.Slice(1, significant).CopyTo(network);
            text.Append(text.Length > 0 ? "," : "").Append(AddressText.FormatIPv4(network))
                .Append(CultureInfo.InvariantCulture, $"/{prefix} ")
                .Append(AddressText.FormatIPv4(value[(1 + significant)..]));
            value = value[(1 + significant + 4)..];
        }
        return text.ToString();
    }

    /// <summary>RFC 3046: circuit id (1), remote id (2), and others by number.</summary>
    private static string? SubOptions(ReadOnlySpan<byte> value)
    {
        var text = new StringBuilder();
        while (!value.IsEmpty)
        {
            if (value.Length < 2 || value.Length < 2 + value[1])
                return null;
            string name = value[0] switch
            {
                1 => "circuit-id",
                2 => "remote-id",
                5 => "link-selection",
                6 => "subscriber-id",
                11 => "server-id-override",
                byte code => code.ToString(CultureInfo.InvariantCulture),
            };
            text.Append(text.Length > 0 ? "," : "").Append(name).Append('=')
                .Append(AddressText.FormatBytes(value.Slice(2, value[1])));
            value = value[(2 + value[1])..];
        }
        return text.ToString();
    }

    /// <summary>RFC 4702: flags, two result codes, and a name, either in wire format or as text.</summary>
    private static string? ClientName(ReadOnlySpan<byte> value)
    {
        const int IsEncoded = 4;
        if (value.Length < 3)
            return null;
        return (value[0] & IsEncoded) == 0 ? DhcpOptionText.Text(value[3..]) : DomainNames.Read(value[3..]);
    }

    private static string? SipServers(ReadOnlySpan<byte> value) => value switch
    {
        [0, .. var names] => DomainNames.Read(names),
        [1, .. var addresses] when addresses.Length % 4 == 0 => DhcpOptionText.Addresses(addresses),
        _ => null,
    };

    private static string? Vendor(ReadOnlySpan<byte> value) => value.Length < 4 ? null
        : string.Create(CultureInfo.InvariantCulture,
            $"{BinaryPrimitives.ReadUInt32BigEndian(value)} {AddressText.FormatBytes(value[4..])}").TrimEnd();

    private static string? MachineId(ReadOnlySpan<byte> value) => value.Length == 17 && value[0] == 0
        ? new Guid(value[1..]).ToString() : null;

    private static string? InterfaceVersion(ReadOnlySpan<byte> value) => value.Length == 3
        ? string.Create(CultureInfo.InvariantCulture, $"{value[0]}.{value[1]}.{value[2]}") : null;
}
