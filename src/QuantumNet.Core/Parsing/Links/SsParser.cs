using System.Globalization;

namespace QuantumNet.Parsing.Links;

/// <summary>Reads <c>ss -lunp</c>, <c>ss -anup</c> and the like (ss(8); iproute2 misc/ss.c). The header tells
/// whether the columns Netid and State are there; users stand as <c>("dnsmasq",pid=1,fd=4)</c>, before iproute2
/// 4.0 as <c>("dnsmasq",1,4)</c>. <c>UNCONN 0 0 0.0.0.0%tap1:67 0.0.0.0:* users:(("dnsmasq",pid=282,fd=4))</c>.
/// Sockets of other families than IP are passed over.</summary>
public static class SsParser
{
    /// <summary>All sockets of a text; never throws, reports what it does not know.</summary>
    public static List<NodeSocket> ParseAll(string text, TextSource source)
    {
        List<NodeSocket> sockets = [];
        bool hasProtocol = false, hasState = true;
        var lines = new TextLines(text);
        while (lines.Next())
        {
            ReadOnlySpan<char> line = lines.Line;
            ReadOnlySpan<char> trimmed = line.Trim();
            if (trimmed.IsEmpty)
                continue;
            if (trimmed.Contains("Recv-Q", StringComparison.Ordinal))
            {
                hasProtocol = trimmed.StartsWith("Netid", StringComparison.Ordinal);
                hasState = trimmed.Contains("State", StringComparison.Ordinal);
            }
            else if (trimmed.StartsWith("users:", StringComparison.Ordinal) && sockets.Count > 0)
                sockets[^1] = WithUsers(sockets[^1], trimmed);   // a narrow screen breaks the line
            else
                ReadLine(line, lines.Number, hasProtocol, hasState, source, sockets);
        }
        return sockets;
    }

    private static void ReadLine(
        ReadOnlySpan<char> line, int number, bool hasProtocol, bool hasState, TextSource source,
        List<NodeSocket> sockets)
    {
        var words = new TextWords(line);
        string protocol = hasProtocol && words.Next() ? words.Word.ToString() : ProtocolOf(source.Command);
        if (IsOtherFamily(protocol))
            return;
        string state = hasState && words.Next() ? words.Word.ToString() : "";
        bool hasQueues = words.Next() && IsCount(words.Word) && words.Next() && IsCount(words.Word);
        if (!hasQueues || !words.Next()
            || !SocketAddress.TryRead(words.Word, out string address, out string device, out int? port))
        {
            source.Report(number, words.Column, "Not a socket", line);
            return;
        }
        words.Next();                                            // the peer
        var socket = new NodeSocket
        {
            ComputerName = source.ComputerName, Command = source.Command, Namespace = source.Namespace,
            LineNumber = number, RawText = line.TrimEnd().ToString(),
            Protocol = protocol, State = state, LocalAddress = address, Device = device, LocalPort = port,
        };
        int users = words.Rest.IndexOf("users:");
        sockets.Add(users < 0 ? socket : WithUsers(socket, words.Rest[users..]));
    }

    private static bool IsOtherFamily(string protocol) =>
        protocol is "nl" or "v_str" or "v_dgr" or "tipc" or "xdp" or "???"
        || protocol.StartsWith("u_", StringComparison.Ordinal) || protocol.StartsWith("p_", StringComparison.Ordinal);

    private static bool IsCount(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>Without a column Netid, one protocol was asked for: by <c>-u</c>, <c>-t</c> or <c>-w</c>.</summary>
    private static string ProtocolOf(string command)
    {
        int ss = command.LastIndexOf("ss ", StringComparison.Ordinal);
        ReadOnlySpan<char> options = ss < 0 ? "" : command.AsSpan(ss + 3);
        return options.Contains('u') ? "udp" : options.Contains('t') ? "tcp" : options.Contains('w') ? "raw" : "";
    }

    private static NodeSocket WithUsers(NodeSocket socket, ReadOnlySpan<char> text)
    {
        List<int> ids = [];
        string program = "";
        int open;
        while ((open = text.IndexOf("(\"")) >= 0)
        {
            text = text[(open + 2)..];
            int close = text.IndexOf("\",");
            if (close < 0)
                break;
            if (program.Length == 0)
                program = text[..close].ToString();
            text = text[(close + 2)..];
            ReadOnlySpan<char> id = text.StartsWith("pid=", StringComparison.Ordinal) ? text[4..] : text;
            int end = id.IndexOfAny(',', ')');
            if (end > 0 && int.TryParse(id[..end], NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
                && !ids.Contains(pid))
                ids.Add(pid);
        }
        return socket with { Program = program, ProcessIds = [.. ids] };
    }
}
