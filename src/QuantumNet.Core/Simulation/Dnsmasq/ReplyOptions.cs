using System.Text;

namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>What an offer or acknowledgement is filled with.</summary>
internal sealed record ReplyContents
{
    /// <summary>The range that it goes by; null for an INFORM from elsewhere.</summary>
    public ServedNetwork? Network { get; init; }
    /// <summary>The client's tags, the range's left out.</summary>
    public required IReadOnlySet<string> Tags { get; init; }
    /// <summary>Lease time; 4294967295 where no timers are sent.</summary>
    public uint LeaseSeconds { get; init; } = uint.MaxValue;
    /// <summary>The host's name; empty when none is sent.</summary>
    public string HostName { get; init; } = "";
    /// <summary>What the client said of its name.</summary>
    public required ClientName Client { get; init; }
}

/// <summary>Fills an offer or acknowledgement with options (rfc2131.c, do_options()).</summary>
internal sealed class ReplyOptions(
    DnsmasqConfiguration configuration, DhcpClientMessage message, ReplyContents contents, ReplyBuilder reply)
{
    private static readonly int[] s_own = [DhcpCode.Pad, DhcpCode.Overload, DhcpCode.MaximumSize, DhcpCode.T1,
        DhcpCode.T2, DhcpCode.ClientName, DhcpCode.End];
    // Without a value these mean: do not send it.
    private static readonly int[] s_defaults = [DhcpCode.Netmask, DhcpCode.Broadcast, DhcpCode.Router,
        DhcpCode.DnsServer, DhcpCode.DomainName, DhcpCode.HostName];

    private readonly byte[]? _asked = message.RequestedOptions;
    private readonly IReadOnlyList<DnsmasqOption> _fitting = TaggedOptions.Of(configuration, contents.Tags,
        contents.Network?.Range.SetTag ?? "");

    /// <summary>The next server (siaddr).</summary>
    public uint NextServer { get; private set; }
    /// <summary>The boot file, in the packet's own field.</summary>
    public string FileName { get; private set; } = "";
    /// <summary>The boot server's name, in the packet's own field.</summary>
    public string ServerName { get; private set; } = "";
    /// <summary>What is not told.</summary>
    public List<string> NotTold { get; } = [];

    /// <summary>Fills the answer.</summary>
    public void Fill()
    {
        FillFields();
        bool isShared = _asked is not null && !configuration.Has("dhcp-no-override");
        reply.ShareFields(isShared && FileName.Length == 0, isShared && ServerName.Length == 0);
        PutTimers();
        PutNetwork();
        PutNames();
        foreach (DnsmasqOption option in _fitting)
            PutConfigured(option);
        foreach (DnsmasqOption option in configuration.Options.Where(option => option.Wrapping.Length > 0))
            NotTold.Add($"an option in {option.Wrapping} is not modelled: {option.Text}");
    }

    private DnsmasqOption? Configured(int code) => _fitting.FirstOrDefault(option => option.Code == code);

    private bool IsAsked(int code) => _asked is null || _asked.AsSpan(0, EndOf(_asked)).Contains((byte)code);

    private static int EndOf(byte[] list) =>
        Array.IndexOf(list, (byte)DhcpCode.End) is >= 0 and int end ? end : list.Length;

    private void FillFields()
    {
        NextServer = contents.Network?.Local ?? 0;
        if (Field(DhcpCode.FileName) is { } file)
            FileName = file;
        if (Field(DhcpCode.ServerName) is { } name)
            ServerName = name;
        if (Configured(DhcpCode.End) is { Value.Length: >= 4 } next)
            NextServer = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(next.Value);
    }

    // Asked for as options they go as options.
    private string? Field(int code) =>
        (_asked is null || !IsAsked(code)) && Configured(code) is { IsForced: false } option
            ? Encoding.Latin1.GetString(option.Value) : null;

    private void PutTimers()
    {
        if (contents.LeaseSeconds == uint.MaxValue)
            return;
        (uint first, uint second) = Timers(contents.LeaseSeconds);
        reply.Put(DhcpCode.T1, first);
        reply.Put(DhcpCode.T2, second);
    }

    private (uint First, uint Second) Timers(uint lease)
    {
        uint first = Told(DhcpCode.T1, lease) ?? lease / 2;
        uint second = Told(DhcpCode.T2, lease) ?? unchecked(lease * 7) / 8;
        return (second <= first ? second - 1 : first, second);
    }

    private uint? Told(int code, uint lease) => Configured(code) is { Value.Length: >= 4 } option
        && System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(option.Value) is > 2 and uint told && told < lease
        ? told : null;

    private void PutNetwork()
    {
        if (contents.Network is not { } network)
            return;
        if (Configured(DhcpCode.Netmask) is null)
            reply.Put(DhcpCode.Netmask, network.Netmask);
        if (network.Broadcast != 0 && Configured(DhcpCode.Broadcast) is null)
            reply.Put(DhcpCode.Broadcast, network.Broadcast);
        if (network.Router != 0 && IsAsked(DhcpCode.Router) && Configured(DhcpCode.Router) is null)
            reply.Put(DhcpCode.Router, network.Router);
        if (configuration.Value("port") is "" or "53" && IsAsked(DhcpCode.DnsServer)
            && Configured(DhcpCode.DnsServer) is null)
            reply.Put(DhcpCode.DnsServer, network.Local);
    }

    private void PutNames()
    {
        string domain = configuration.Value("domain").TrimEnd('.');
        bool endsInZero = contents.Client.EndsInZero;
        if (domain.Length > 0 && IsAsked(DhcpCode.DomainName) && Configured(DhcpCode.DomainName) is null)
            reply.Put(DhcpCode.DomainName, domain, endsInZero);
        if (contents.HostName.Length == 0)
            return;
        if (IsAsked(DhcpCode.HostName) && Configured(DhcpCode.HostName) is null)
            reply.Put(DhcpCode.HostName, contents.HostName, endsInZero);
        if (contents.Client.Flags != 0)
            reply.Put(DhcpCode.ClientName, QualifiedName(domain, endsInZero));
    }

    private byte[] QualifiedName(string domain, bool endsInZero)
    {
        byte flags = (byte)(contents.Client.Flags & 0x0f);
        string name = domain.Length > 0 ? $"{contents.HostName}.{domain}" : contents.HostName;
        if ((flags & 4) == 0)
            return [flags, 255, 255, .. Encoding.Latin1.GetBytes(name), .. endsInZero ? (byte[])[0] : []];
        var bytes = new List<byte> { flags, 255, 255 };
        foreach (string label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
            bytes.AddRange([(byte)label.Length, .. Encoding.Latin1.GetBytes(label)]);
        if (domain.Length > 0)
            bytes.Add(0);
        return [.. bytes];
    }

    private void PutConfigured(DnsmasqOption option)
    {
        if ((!option.IsForced && !IsAsked(option.Code)) || Array.IndexOf(s_own, option.Code) >= 0
            || (option.Value.Length == 0 && Array.IndexOf(s_defaults, option.Code) >= 0)
            || (option.Code == DhcpCode.FileName && FileName.Length > 0 && !option.IsForced)
            || (option.Code == DhcpCode.ServerName && ServerName.Length > 0 && !option.IsForced))
            return;
        reply.Put(option.Code, ValueOf(option));
    }

    // Boot files and servers always end in zero; 0.0.0.0 stands for the server itself.
    private byte[] ValueOf(DnsmasqOption option)
    {
        if (option.IsText && (contents.Client.EndsInZero || option.Code is DhcpCode.FileName or DhcpCode.ServerName))
            return option.Value.Length == 255 ? option.Value : [.. option.Value, 0];
        if (!option.IsAddresses || contents.Network is not { } network)
            return option.Value;
        byte[] value = [.. option.Value];
        for (int at = 0; at + 4 <= value.Length; at += 4)
        {
            if (value.AsSpan(at, 4).IndexOfAnyExcept((byte)0) < 0)
                DottedQuad.Bytes(network.Local).CopyTo(value, at);
        }
        return value;
    }
}
