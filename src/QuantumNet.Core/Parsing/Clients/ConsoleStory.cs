namespace QuantumNet.Parsing.Clients;

/// <summary>What a console has told so far; the last outcome counts.</summary>
internal sealed class ConsoleStory
{
    private string _client = "";
    private int _discovers, _requests;
    private ConsoleVerdict _verdict;
    private string _address = "";
    private int? _leaseSeconds;
    private string _tableAddress = "";
    private bool _tableSeen;

    /// <summary>The telling lines.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>A client speaks; the first one gives the name.</summary>
    public bool Client(string name)
    {
        if (_client.Length == 0)
            _client = name;
        return true;
    }

    /// <summary>It asks, without telling how often.</summary>
    public bool Asks()
    {
        _verdict = ConsoleVerdict.StillAsking;
        return true;
    }

    /// <summary>It sent a DISCOVER.</summary>
    public bool Discover()
    {
        _discovers++;
        return Asks();
    }

    /// <summary>It sent a REQUEST.</summary>
    public bool Request()
    {
        _requests++;
        if (_verdict != ConsoleVerdict.Leased)
            _verdict = ConsoleVerdict.StillAsking;
        return true;
    }

    /// <summary>It got a lease.</summary>
    public bool Lease(string address, int? seconds)
    {
        _verdict = ConsoleVerdict.Leased;
        _address = address;
        _leaseSeconds = seconds;
        return true;
    }

    /// <summary>It gave up.</summary>
    public bool NoLease()
    {
        _verdict = ConsoleVerdict.NoLease;
        _address = "";
        _leaseSeconds = null;
        return true;
    }

    /// <summary>cloud-init's table shows a device, with an address or without.</summary>
    public bool TableRow(string address)
    {
        _tableSeen = true;
        if (address.Length > 0)
            _tableAddress = address;
        return true;
    }

    /// <summary>The whole story.</summary>
    public ConsoleLog End(string text)
    {
        if (_tableAddress.Length > 0 && _verdict is ConsoleVerdict.NoClientSeen or ConsoleVerdict.StillAsking
            && _tableAddress.Length > 0)
            Lease(_tableAddress, null);
        else if (_tableSeen && _tableAddress.Length == 0 && _verdict == ConsoleVerdict.NoClientSeen)
            NoLease();
        if (_tableSeen)
            Client("cloud-init");
        return new()
        {
            Client = _client,
            DiscoverCount = _discovers,
            RequestCount = _requests,
            Verdict = _verdict,
            IpAddress = _address,
            LeaseSeconds = _leaseSeconds,
            Lines = [.. Lines],
            RawText = text,
        };
    }
}

/// <summary>Reads rows of cloud-init's "Net device info" (cloudinit/netinfo.py):
/// <c>ci-info: |  eth0  | True |  10.0.0.5  | 255.255.255.0 | global | fa:16:3e:1e:63:66 |</c>,
/// before 0.7.5 <c>ci-info: eth0  : 1 10.0.0.5 255.255.255.0 fa:16:3e:1e:63:66</c>.</summary>
internal static class CloudInitTable
{
    /// <summary>Takes a row of the device table; false for any other line.</summary>
    public static bool Tell(ReadOnlySpan<char> line, ConsoleStory story)
    {
        int start = line.IndexOf("ci-info: ");
        if (start < 0)
            return false;
        ReadOnlySpan<char> row = line[(start + "ci-info: ".Length)..].Trim();
        if (!row.Contains(':') || !EndsInMac(row))
            return false;
        string[] cells = row.ToString().Split([' ', '|', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (cells.Length < 3 || cells[0].TrimEnd(':') == "lo")
            return false;
        string address = "";
        foreach (string cell in cells)
        {
            if (address.Length == 0 && cell.Split('.').Length == 4 && char.IsAsciiDigit(cell[0]))
                address = cell.Split('/')[0];
        }
        return story.TableRow(address);
    }

    /// <summary>Only the device table's rows end in a MAC address.</summary>
    private static bool EndsInMac(ReadOnlySpan<char> row)
    {
        ReadOnlySpan<char> end = row.TrimEnd("| ");
        return end.Length >= 17 && MacAddress.TryParse(end[^17..], out _);
    }
}
