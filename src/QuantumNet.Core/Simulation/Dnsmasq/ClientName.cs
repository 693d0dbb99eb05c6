using System.Text;

namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>The name that a client tells: option 81 (RFC 4702), else option 12 (rfc2131.c, dhcp_reply()).</summary>
/// <param name="Text">The name; empty when there is none, or none that a host may have.</param>
/// <param name="Flags">Flags of option 81, as the answer has them; 0 when the client sent none.</param>
/// <param name="EndsInZero">Whether the client ends texts with a zero, so that it gets them so too.</param>
/// <param name="IsOffered">Whether an offer repeats it: it came by option 81.</param>
internal sealed record ClientName(string Text, byte Flags, bool EndsInZero, bool IsOffered)
{
    private const byte ServerUpdates = 1, Overridden = 2, IsEncoded = 4, NoUpdate = 8;

    /// <summary>Reads it. <paramref name="clientUpdates"/>: <c>--dhcp-client-update</c>.</summary>
    public static ClientName Of(DhcpClientMessage message, bool clientUpdates)
    {
        if (message.Option(DhcpCode.ClientName, 3) is { } option)
        {
            (string name, bool ends) = Qualified(option);
            return Legal(name, AnswerFlags(option[0], clientUpdates), ends, isOffered: true);
        }
        if (message.Option(DhcpCode.HostName) is not { } text)
            return new("", 0, false, false);
        bool endsInZero = text[^1] == 0;
        return Legal(UpToZero(text), 0, endsInZero, isOffered: false);
    }

    private static ClientName Legal(string name, byte flags, bool endsInZero, bool isOffered)
    {
        string trimmed = name.EndsWith('.') ? name[..^1] : name;
        bool isLegal = DnsmasqText.IsHostName(trimmed) || (trimmed.Length == 0 && name.Length > 0);
        return new(isLegal ? trimmed : "", flags, endsInZero, isOffered && isLegal);
    }

    private static byte AnswerFlags(byte flags, bool clientUpdates)
    {
        if (!clientUpdates)
            return (byte)(((flags & ServerUpdates) == 0 ? flags | ServerUpdates | Overridden : flags) & ~NoUpdate);
        if ((flags & ServerUpdates) != 0)
            flags = (byte)((flags | Overridden) & ~ServerUpdates);
        return (byte)(flags | NoUpdate);
    }

    private static (string Name, bool EndsInZero) Qualified(byte[] option)
    {
        ReadOnlySpan<byte> text = option.AsSpan(3);
        if ((option[0] & IsEncoded) == 0)
            return (UpToZero(text), text.Length > 0 && text[^1] == 0);
        var name = new StringBuilder();
        for (int at = 0; at < text.Length && text[at] != 0 && at + text[at] < text.Length; at += text[at] + 1)
            name.Append(Encoding.Latin1.GetString(text.Slice(at + 1, text[at]))).Append('.');
        return (name.Length > 0 ? name.ToString(0, name.Length - 1) : "", false);
    }

    private static string UpToZero(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? text : text[..end]);
    }
}
