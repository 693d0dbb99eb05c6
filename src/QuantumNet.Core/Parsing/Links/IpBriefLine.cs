using System.Globalization;

namespace QuantumNet.Parsing.Links;

/// <summary>Devices of which <c>ip</c> prints one line each (iproute2 ip/ipaddress.c):
/// <code>
/// 2: eth0    inet 192.0.2.5/24 brd 192.0.2.255 scope global eth0       (ip -o addr: a line for each address)
/// eth0             UP             192.0.2.5/24 fe80::1/64              (ip -br addr)
/// tap1@if7         DOWN           fa:16:3e:00:00:01 &lt;BROADCAST,UP&gt;     (ip -br link)
/// </code></summary>
internal static class IpBriefLine
{
    private static readonly string[] s_states = ["UP", "DOWN", "UNKNOWN", "LOWERLAYERDOWN", "DORMANT",
        "NOTPRESENT", "TESTING"];

    /// <summary>Reads <c>INDEX: DEVICE    inet ADDRESS ...</c>; false when the line is something else.</summary>
    public static bool TryAddress(ReadOnlySpan<char> line, int number, out LinkDraft draft)
    {
        draft = new();
        var words = new TextWords(line);
        if (!words.Next() || words.Word is not [.., ':']
            || !int.TryParse(words.Word[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            return false;
        if (!words.Next() || words.Word is [.., ':'])
            return false;
        LinkHeader.SplitName(words.Word, out string device, out string parent);
        if (!words.Next() || words.Word is not ("inet" or "inet6") || !words.Next())
            return false;
        draft = new() { Line = number, Text = line.TrimEnd().ToString(), Index = index,
            Device = device, Parent = parent };
        draft.Addresses.Add(IpAddressWords.Read(ref words));
        return true;
    }

    /// <summary>Reads <c>DEVICE STATE ADDRESSES</c> or <c>DEVICE STATE MAC &lt;FLAGS&gt;</c>;
    /// false when the line is something else.</summary>
    public static bool TryBrief(ReadOnlySpan<char> line, int number, out LinkDraft draft)
    {
        draft = new();
        var words = new TextWords(line);
        if (!words.Next())
            return false;
        LinkHeader.SplitName(words.Word, out string device, out string parent);
        if (!words.Next() || Array.IndexOf(s_states, words.Word.ToString()) < 0)
            return false;
        string state = words.Word.ToString(), mac = "";
        string[] flags = [];
        List<string> addresses = [];
        while (words.Next())
        {
            if (LinkHeader.IsMac(words.Word))
                mac = words.Word.ToString().ToLowerInvariant();
            else if (words.Word is ['<', .., '>'])
                flags = words.Word[1..^1].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries);
            else if (words.Word.Contains('/'))
                addresses.Add(words.Word.ToString());
        }
        draft = new() { Line = number, Text = line.TrimEnd().ToString(), Device = device, Parent = parent,
            OperState = state, Mac = mac, Flags = flags };
        draft.Addresses.AddRange(addresses);
        return true;
    }
}

/// <summary>An address as <c>ip</c> prints it: <c>192.0.2.5/24</c>, or <c>192.0.2.5 peer 192.0.2.6/32</c>.</summary>
internal static class IpAddressWords
{
    /// <summary>Reads it from the word at hand on.</summary>
    public static string Read(ref TextWords words)
    {
        string address = words.Word.ToString();
        bool hasPeer = words.Next() && words.Word is "peer" && words.Next();
        int slash = hasPeer ? words.Word.IndexOf('/') : -1;
        return slash >= 0 && !address.Contains('/', StringComparison.Ordinal)
            ? address + words.Word[slash..].ToString() : address;
    }
}
