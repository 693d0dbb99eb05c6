using System.Text;

namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>One message and what dnsmasq finds out about its client before it answers: ranges, tags, host line, lease,
/// name (rfc2131.c, dhcp_reply(), up to its switch).</summary>
internal sealed class DnsmasqExchange
{
    private readonly DnsmasqConfiguration _configuration;
    private readonly HashSet<string> _tags;
    private readonly List<string> _log = [];
    private readonly string _mac;

    /// <summary>Finds out.</summary>
    public DnsmasqExchange(DnsmasqServer server, DhcpClientMessage message, DnsmasqState state, long now)
    {
        (Server, Message, State, Now) = (server, message, state, now);
        _configuration = server.Configuration;
        _mac = string.Join(':', message.HardwareAddress.Select(one => one.ToString("x2", null)));
        Fallback = server.Addresses.First(address => address.Device == message.Device).Address;
        ClientAddress = message.RequestedAddress is not null || message.Type == DhcpMessageType.Discover ? 0
            : message.ClientAddress;
        ClientId = _configuration.Has("dhcp-ignore-clid") ? null : message.Option(DhcpCode.ClientId);
        Lease = state.ByClient(message.HardwareAddress, ClientId);
        ClientId ??= Lease?.ClientId;
        Networks = NetworksOf();
        Addresses = new DnsmasqAddresses(_configuration, Networks, server.Answering);
        Client = ClientName.Of(message, _configuration.Has("dhcp-client-update"));
        _tags = [message.Device, .. ClassTags()];
        FindHost();
        Tags = DnsmasqTags.WithRules(_tags, _configuration.TagRules);
        if (Host is { IgnoresClientId: true })
            ClientId = null;
    }

    public DnsmasqServer Server { get; }
    public DhcpClientMessage Message { get; }
    public DnsmasqState State { get; set; }
    public long Now { get; }
    /// <summary>The device's first address.</summary>
    public uint Fallback { get; }
    /// <summary>The address that the client has, where that is believed (ciaddr).</summary>
    public uint ClientAddress { get; }
    /// <summary>The client's id; null when none.</summary>
    public byte[]? ClientId { get; private set; }
    /// <summary>The client's lease; null when none.</summary>
    public HeldLease? Lease { get; set; }
    /// <summary>The ranges that may serve it.</summary>
    public IReadOnlyList<ServedNetwork> Networks { get; private set; }
    /// <summary>The addresses of these ranges.</summary>
    public DnsmasqAddresses Addresses { get; private set; }
    /// <summary>Its host line; null when none.</summary>
    public DnsmasqHost? Host { get; private set; }
    /// <summary>The name it told.</summary>
    public ClientName Client { get; }
    /// <summary>The host's name; empty when none.</summary>
    public string Name { get; set; } = "";
    /// <summary>Whether the name is dnsmasq's own.</summary>
    public bool HasOwnName { get; private set; }
    /// <summary>The name that an offer carries; empty when none.</summary>
    public string OfferedName { get; private set; } = "";
    /// <summary>Its tags, <c>--tag-if</c>'s too, the range's not.</summary>
    public IReadOnlySet<string> Tags { get; }
    /// <summary>What was not collected and decides; empty when nothing.</summary>
    public string Missing => _missing.Length > 0 ? _missing : Addresses.Missing;

    private string _missing = "";
    private string? _ignoring;

    /// <summary>The answer.</summary>
    public DnsmasqAnswer Answer()
    {
        if (Networks.Count == 0)
            return Nothing($"no address range available for DHCP request via {Message.Device}", "");
        _ignoring = _configuration.Values("dhcp-ignore")
            .FirstOrDefault(list => DnsmasqTags.Match(TagList(list), Tags, untaggedIsFine: false));
        bool isIgnored = _ignoring is not null || Host is { IsIgnored: true };
        if (Networks[0].Range.IsProxy)
            return Nothing("the range only tells PXE clients of boot servers", "");
        return Message.Type switch
        {
            DhcpMessageType.Discover => DnsmasqDiscover.Answer(this, isIgnored),
            DhcpMessageType.Request => new DnsmasqRequest(this).Answer(isIgnored),
            DhcpMessageType.Decline => DnsmasqNotices.Decline(this),
            DhcpMessageType.Release => DnsmasqNotices.Release(this),
            DhcpMessageType.Inform => DnsmasqNotices.Inform(this, isIgnored),
            _ => Nothing("it is not a client's message", ""),
        };
    }

    /// <summary>Whether the host's address was declined in the last ten minutes (DECLINE_BACKOFF).</summary>
    public bool IsDeclined => Host is not null
        && State.Declined.TryGetValue(Host.Text, out long time) && Now - time < 600;

    /// <summary>Narrows the ranges to those from one on, or to none.</summary>
    public void Keep(IReadOnlyList<ServedNetwork> networks)
    {
        Networks = networks;
        Addresses = new DnsmasqAddresses(_configuration, networks, Server.Answering);
    }

    /// <summary>Writes to the log as dnsmasq does: <c>DHCPDISCOVER(tap0) 10.0.0.9 fa:16:... ignored</c>.</summary>
    public void Say(string type, uint address, string rest) => _log.Add(
        $"{type}({Message.Device}) {(address == 0 ? "" : DottedQuad.Format(address) + " ")}{_mac} {rest}".TrimEnd());

    /// <summary>Writes a line of its own to the log.</summary>
    public void Warn(string line) => _log.Add(line);

    /// <summary>No answer. What is said to the log stands there already; an empty type says the reason alone.</summary>
    public DnsmasqAnswer Nothing(string reason, string type, uint address = 0)
    {
        if (type.Length > 0)
            Say(type, address, reason);
        else if (reason.StartsWith("no address range", StringComparison.Ordinal))
            Warn(reason);
        return new() { Kind = DnsmasqAnswerKind.None, Reason = reason, After = State, Log = _log,
            HostLine = Host?.Text ?? "", IgnoreText = _ignoring ?? "",
            RangeText = Networks is [var first, ..] ? first.Range.Text : "" };
    }

    /// <summary>The answer's first options: its type and the server's name for itself.</summary>
    public ReplyBuilder Reply(DhcpMessageType type, uint server)
    {
        var reply = new ReplyBuilder(Message);
        reply.Put(DhcpCode.MessageType, [(byte)type]);
        reply.Put(DhcpCode.ServerIdentifier, server);
        return reply;
    }

    /// <summary>A filled offer or acknowledgement.</summary>
    public DnsmasqAnswer Filled(
        DnsmasqAnswer answer, ReplyBuilder reply, ServedNetwork? network, string name, uint timers)
    {
        var contents = new ReplyContents
        {
            Network = network, Tags = _tags, LeaseSeconds = timers, HostName = name, Client = Client,
        };
        var options = new ReplyOptions(_configuration, Message, contents, reply);
        options.Fill();
        bool isBroadcast = Message.AsksForBroadcast || _configuration.Values("dhcp-broadcast").Any(list =>
            TagList(list) is { Count: 0 } || DnsmasqTags.Match(TagList(list), _tags, untaggedIsFine: false));
        return answer with
        {
            Options = reply.Options,
            NextServer = options.NextServer,
            FileName = options.FileName,
            ServerName = options.ServerName,
            Delivery = ClientAddress != 0 ? DnsmasqDelivery.ClientAddress
                : isBroadcast ? DnsmasqDelivery.Broadcast : DnsmasqDelivery.NewAddress,
            HostLine = Host?.Text ?? "",
            RangeText = network?.Range.Text ?? "",
            Log = _log,
            NotTold = [.. options.NotTold, .. NamesNotTold(answer)],
            After = State,
        };
    }

    /// <summary>A refusal.</summary>
    public DnsmasqAnswer Refusal(string reason, uint address, uint server, bool isUnicast)
    {
        Say("DHCPNAK", address, reason);
        ReplyBuilder reply = Reply(DhcpMessageType.Nak, server);
        reply.Put(DhcpCode.Message, reason, Client.EndsInZero);
        bool isBroadcast = !isUnicast || ClientAddress == 0 || (Networks.Count > 0
            && DottedQuad.IsSameNetwork(Networks[0].Local, ClientAddress, Networks[0].Netmask));
        return new()
        {
            Kind = DnsmasqAnswerKind.Nak, Reason = reason, ServerIdentifier = server,
            Options = reply.Options, Log = _log,
            Delivery = isBroadcast ? DnsmasqDelivery.Broadcast : DnsmasqDelivery.ClientAddress,
            HostLine = Host?.Text ?? "", After = State,
        };
    }

    /// <summary>The tags with the range's.</summary>
    public IReadOnlySet<string> TagsIn(ServedNetwork network) => network.Range.SetTag.Length == 0 ? Tags
        : DnsmasqTags.WithRules(new HashSet<string>(_tags) { network.Range.SetTag }, _configuration.TagRules);

    /// <summary>The lease time given in a range (calc_time()).</summary>
    public uint LeaseSecondsIn(ServedNetwork network)
    {
        uint time = Host?.LeaseSeconds ?? network.Range.LeaseSeconds;
        if (Message.LeaseSeconds is not { } asked)
            return time;
        asked = Math.Max(asked, 120);
        return time == uint.MaxValue || (asked != uint.MaxValue && asked < time) ? asked : time;
    }

    /// <summary>Takes the name that the files of names give an address, where the host line gives none.</summary>
    public void TakeNameOf(uint address)
    {
        if (HasOwnName || !_configuration.AnswersNames || Server.Names is not { } names
            || !names.TryGetValue(address, out string? name))
            return;
        string[] parts = name.Split('.', 2);
        if (parts.Length > 1 && parts[1].Length > 0
            && !parts[1].Equals(_configuration.Value("domain").TrimEnd('.'), StringComparison.OrdinalIgnoreCase))
            return;
        if (DnsmasqText.IsHostName(name))
            (Name, HasOwnName) = (parts[0], true);
    }

    /// <summary>Leaves a client's own name out where <c>--dhcp-ignore-names</c> says so.</summary>
    public void LeaveNameOut(IReadOnlySet<string> tags)
    {
        if (!HasOwnName && _configuration.Values("dhcp-ignore-names").Any(list =>
            TagList(list) is { Count: 0 } || DnsmasqTags.Match(TagList(list), tags, untaggedIsFine: false)))
            Name = "";
    }

    private IEnumerable<string> NamesNotTold(DnsmasqAnswer answer) =>
        answer.Kind == DnsmasqAnswerKind.Ack && !HasOwnName
        && Server.Names is null && _configuration.NameFiles.Any()
            ? [$"whether {string.Join(" or ", _configuration.NameFiles)} names the address, "
                + "which would be its host name"] : [];

    private List<ServedNetwork> NetworksOf()
    {
        var networks = new DnsmasqNetworks(_configuration.Ranges, Server.Addresses);
        List<ServedNetwork> found = networks.On(Message.Device);
        if (ClientAddress == 0 || found.Exists(network => network.Holds(ClientAddress)))
            return found;
        List<ServedNetwork> other = networks.Of(ClientAddress, Fallback);
        if (other.Exists(network => networks.IsOnOtherDevice(network, Message.Device)))
            _missing = $"the client's address {DottedQuad.Format(ClientAddress)} is of a range on another device, "
                + "which is not modelled";
        return other.Count > 0 ? other : found;
    }

    private void FindHost()
    {
        IReadOnlySet<string> tags = DnsmasqTags.WithRules(_tags, _configuration.TagRules);
        DnsmasqHosts hosts = WithNames();
        DnsmasqHost? Find(IReadOnlyList<ServedNetwork>? networks, byte[]? id, string name) =>
            hosts.Find(networks, id, Message.HardwareAddress, name, tags);
        Host = Find(Networks, ClientId, "");
        if (Host is not null)
            _tags.Add("known");
        else if (_configuration.Version.KnowsOtherNetworks && Find(null, ClientId, "") is not null)
            _tags.Add("known-othernet");
        string own = Client.Text.Split('.')[0];
        if (Host is { Name.Length: > 0 })
        {
            (Name, HasOwnName) = (Host.Name, true);
            if (Client.Flags != 0 || Client.Text.Length == 0
                || Name.Equals(Client.Text, StringComparison.OrdinalIgnoreCase))
                OfferedName = Name;
        }
        else if (own.Length > 0)
        {
            (Name, OfferedName) = (own, Client.IsOffered ? own : "");
            if (Host is null && Find(Networks, null, own) is { ClientId: null, HardwareAddresses.Count: 0 } named)
            {
                Host = named;
                _tags.Add("known");
            }
        }
        if (Host is not null)
            _tags.UnionWith(Host.SetTags);
    }

    // Without an address of its own a host has the one that the files of names give its name (dhcp_update_configs()).
    private DnsmasqHosts WithNames()
    {
        if (!_configuration.NameFiles.Any() || Server.Names is { Count: 0 })
            return _configuration.HostIndex;
        if (Server.Names is null)
        {
            if (_configuration.HostIndex.Of(Message.HardwareAddress)
                .Any(host => host is { Address: null, Name.Length: > 0, IsIgnored: false }))
                _missing = $"the host's address may stand in {string.Join(" or ", _configuration.NameFiles)}, "
                    + "which was not collected";
            return _configuration.HostIndex;
        }
        return new([.. _configuration.Hosts
            .Select(host => host is { Address: null, Name.Length: > 0 } && AddressOf(host.Name) is { } address
                ? host with { Address = address } : host)]);
    }

    private uint? AddressOf(string name)
    {
        foreach ((uint address, string own) in Server.Names!)
        {
            if (own.Equals(name, StringComparison.OrdinalIgnoreCase)
                || own.Split('.')[0].Equals(name, StringComparison.OrdinalIgnoreCase))
                return address;
        }
        return null;
    }

    private IEnumerable<string> ClassTags()
    {
        foreach (ClassTag tag in _configuration.Classes)
        {
            if (tag.HardwareAddress is { } pattern
                ? pattern.Bytes.Length == Message.HardwareAddress.Length
                    && pattern.Agreement(Message.HardwareAddress) > 0
                : Message.Option(tag.Option) is { } value
                    && Within(tag.Option == DhcpCode.UserClass ? Uncounted(value) : value, tag.Bytes))
                yield return tag.Tag;
        }
        foreach (DnsmasqOption match in _configuration.Matches)
        {
            if (Message.Option(match.Code) is { } value && IsMet(match, value))
                yield return match.Tags[0];
        }
    }

    private static bool Within(byte[] value, byte[] part) => value.AsSpan().IndexOf(part) >= 0;

    // RFC 3004: counted strings, whose counts are nothing to match.
    private static byte[] Uncounted(byte[] value)
    {
        byte[] text = [.. value];
        int at = 0;
        for (; at < text.Length; at += value[at] + 1)
            text[at] = 0;
        return at == text.Length ? text : value;
    }

    // match_bytes(): a pattern from the start; a text anywhere; numbers and addresses as elements of a list.
    private static bool IsMet(DnsmasqOption match, byte[] value)
    {
        if (match.Value.Length > value.Length || match.Value.Length == 0)
            return match.Value.Length == 0;
        if (match.Pattern is { } pattern)
            return pattern.Agreement(value) > 0;
        for (int at = 0; at <= value.Length - match.Value.Length; at += match.IsText ? 1 : match.Value.Length)
        {
            if (value.AsSpan(at, match.Value.Length).SequenceEqual(match.Value))
                return true;
        }
        return false;
    }

    private static List<string> TagList(string list) => [.. DnsmasqText.Fields(list).Where(tag => tag.Length > 0)
        .Select(tag => tag.StartsWith("tag:", StringComparison.Ordinal)
            || tag.StartsWith("net:", StringComparison.Ordinal) ? tag[4..] : tag)];
}
