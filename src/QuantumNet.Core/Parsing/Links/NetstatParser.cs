using System.Globalization;

namespace QuantumNet.Parsing.Links;

/// <summary>Reads the Internet section of <c>netstat -pan</c> (netstat(8), net-tools):
/// addresses are cut at 23 characters, the state is empty for most UDP sockets and a number for raw ones.
/// UNIX, Bluetooth and other sections are passed over. <c>udp 0 0 0.0.0.0:67 0.0.0.0:* 8920/dnsmasq</c>.</summary>
public static class NetstatParser
{
    /// <summary>All Internet sockets of a text; never throws, reports what it does not know.</summary>
    public static List<NodeSocket> ParseAll(string text, TextSource source)
    {
        List<NodeSocket> sockets = [];
        bool isInternet = true, isExtended = false;
        var lines = new TextLines(text);
        while (lines.Next())
        {
            ReadOnlySpan<char> line = lines.Line;
            if (line.StartsWith("Active ", StringComparison.Ordinal))
                isInternet = line.StartsWith("Active Internet", StringComparison.Ordinal);
            else if (line.StartsWith("Proto ", StringComparison.Ordinal))
                isExtended = line.Contains("Inode", StringComparison.Ordinal);
            else if (isInternet && !IsNoise(line))
                ReadLine(line, lines.Number, isExtended, source, sockets);
        }
        return sockets;
    }

    private static bool IsNoise(ReadOnlySpan<char> line) =>
        line.Trim().IsEmpty
        || line.StartsWith("(Not all processes", StringComparison.Ordinal)
        || line.StartsWith(" will not be shown", StringComparison.Ordinal);

    private static void ReadLine(
        ReadOnlySpan<char> line, int number, bool isExtended, TextSource source, List<NodeSocket> sockets)
    {
        var words = new TextWords(line);
        words.Next();
        string protocol = words.Word.ToString();
        if (!words.Skip(3) || !SocketAddress.TryRead(words.Word, out string address, out string device, out int? port)
            || !words.Next())
        {
            source.Report(number, words.Column, "Not a socket", line);
            return;
        }
        string state = "";
        bool more = words.Next();
        if (more && words.Word is not "-" && !words.Word.Contains('/') && !(isExtended && IsUserAndInode(words)))
        {
            state = words.Word.ToString();
            more = words.Next();
        }
        if (more && isExtended && IsUserAndInode(words))
            more = words.Skip(2);
        ReadOnlySpan<char> rest = more ? string.Concat(words.Word, " ", words.Rest).AsSpan().Trim() : default;
        SplitProgram(rest, out int[] ids, out string program);
        sockets.Add(new NodeSocket
        {
            ComputerName = source.ComputerName, Command = source.Command, Namespace = source.Namespace,
            LineNumber = number, RawText = line.TrimEnd().ToString(),
            Protocol = protocol, State = state, LocalAddress = address, Device = device,
            ProcessIds = ids, Program = program,
            LocalPort = protocol.StartsWith("raw", StringComparison.Ordinal) ? null : port,
        });
    }

    /// <summary>With <c>-e</c> user and inode stand before the program; an inode is a number.</summary>
    private static bool IsUserAndInode(TextWords words) =>
        words.Next() && long.TryParse(words.Word, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static void SplitProgram(ReadOnlySpan<char> text, out int[] ids, out string program)
    {
        int slash = text.IndexOf('/');
        bool isRead = int.TryParse(slash < 0 ? text : text[..slash], NumberStyles.None,
            CultureInfo.InvariantCulture, out int pid);
        ids = isRead ? [pid] : [];
        program = isRead && slash >= 0 ? WithoutTimer(text[(slash + 1)..]).ToString() : "";
    }

    /// <summary>With <c>-o</c> the timer follows: <c>off (0.00/0/0)</c>.</summary>
    private static ReadOnlySpan<char> WithoutTimer(ReadOnlySpan<char> text)
    {
        foreach (string timer in (ReadOnlySpan<string>)[" off (", " on (", " keepalive (", " timewait (", " unkn-"])
        {
            int at = text.IndexOf(timer);
            if (at >= 0)
                return text[..at].TrimEnd();
        }
        return text;
    }
}
