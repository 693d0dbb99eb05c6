namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>What a REQUEST is answered with: of a client that selects an offer, starts again with an old address,
/// or renews (rfc2131.c, case DHCPREQUEST).</summary>
internal sealed class DnsmasqRequest(DnsmasqExchange exchange)
{
    private readonly DhcpClientMessage _message = exchange.Message;
    private readonly uint _address = exchange.Message.RequestedAddress ?? exchange.ClientAddress;
    private readonly bool _isAuthoritative = exchange.Server.Configuration.Has("dhcp-authoritative");
    private bool _isUnicast = exchange.Message.IsUnicast;
    private uint _ownIdentifier;
    private string _refusal = "";

    private ServedNetwork? First => exchange.Networks is [var head, ..] ? head : null;
    private bool IsRenewing => _message.RequestedAddress is null;
    private bool IsSelecting => _message is { RequestedAddress: not null, ServerIdentifier: not null };

    /// <summary>The answer.</summary>
    public DnsmasqAnswer Answer(bool isIgnored)
    {
        if (isIgnored)
            return exchange.Nothing("ignored", "");
        string silence = IsSelecting ? Select() : IsRenewing ? Renew() : Restart();
        if (silence.Length > 0)
            return exchange.Nothing(silence, "");
        exchange.Say("DHCPREQUEST", _address, "");
        ServedNetwork? network = _refusal.Length == 0 ? Check() : null;
        return _refusal.Length > 0 || network is null
            ? exchange.Refusal(_refusal, _address, IdentifierIn(First), _isUnicast)
            : Acknowledge(network);
    }

    private uint IdentifierIn(ServedNetwork? network) => _ownIdentifier != 0 ? _ownIdentifier
        : network is { Local: not 0 } ? network.Local : exchange.Fallback;

    // The server that is meant: one of the ranges' addresses, or any other of this host.
    private string Select()
    {
        uint identifier = _message.ServerIdentifier!.Value;
        exchange.Keep([.. exchange.Networks.SkipWhile(network => network.Local != identifier)]);
        if (exchange.Networks.Count == 0)
        {
            if (exchange.Server.Addresses
                .Any(own => own.Address == identifier && exchange.Server.Serves(own.Device, own.Address)))
                _ownIdentifier = identifier;
            else if (!_isAuthoritative)
                return $"the client selects another server, {DottedQuad.Format(identifier)}";
            else
                _refusal = "wrong server-ID";
        }
        Squash();
        return "";
    }

    // A lease of another address is given up.
    private void Squash()
    {
        if (exchange.Lease is not { } lease || lease.Address == _address)
            return;
        exchange.State = exchange.State.Without(lease);
        exchange.Lease = null;
    }

    private string Restart()
    {
        if (exchange.Lease is null && !_isAuthoritative)
            return "it knows no lease of the client and is not authoritative";
        if (exchange.Lease is { } lease && lease.Address != _address)
            _refusal = "wrong address";
        return "";
    }

    private string Renew()
    {
        bool isKnown = exchange.Lease is { } lease ? lease.Address == _address : _isAuthoritative;
        if (isKnown)
            return "";
        if (!_isUnicast)
            return "lease not found: another server may hold it, so it says nothing to a broadcast";
        (_refusal, _isUnicast) = ("lease not found", false);
        return "";
    }

    // Null: refused.
    private ServedNetwork? Check()
    {
        bool isServersOwn = exchange.Host?.Address is { } own && exchange.Networks.Count > 0
            && exchange.Networks[0].Router == own;
        if (exchange.Addresses.Narrow(_address, exchange.Tags) is not { } network)
        {
            (_refusal, _isUnicast) = ("wrong network", false);
            exchange.Keep([]);
            return null;
        }
        exchange.Keep([network]);
        _refusal = Objection(isServersOwn);
        if (_refusal.Length > 0)
            return null;
        if (exchange.Lease is null && IsFull())
            _refusal = "no leases left";
        return _refusal.Length > 0 ? null : network;
    }

    private string Objection(bool isServersOwn)
    {
        DnsmasqHost? host = exchange.Host;
        if (exchange.Addresses.RangeOf(_address, exchange.Tags) is null && host?.Address != _address)
            return "address not available";
        if (!isServersOwn && !IsSelecting && host?.Address is { } configured && !exchange.IsDeclined
            && configured != _address
            && (exchange.State.ByAddress(configured) is not { } held || held == exchange.Lease))
            return "static lease available";
        if (exchange.Server.Configuration.HostIndex.OfAddress(_address) is { } reserved
            && reserved.Text != host?.Text)
            return "address reserved";
        if (exchange.Lease is not null || exchange.State.ByAddress(_address) is not { } other)
            return "";
        if (host is null || !host.Has(other.HardwareAddress))
            return "address in use";
        exchange.Warn($"abandoning lease to {Hex(other.HardwareAddress)} of {DottedQuad.Format(other.Address)}");
        exchange.Lease = other;
        return "";
    }

    private bool IsFull()
    {
        string told = exchange.Server.Configuration.Value("dhcp-lease-max");
        int maximum = told.Length > 0 ? DnsmasqText.Number(told) : 1000;
        return exchange.State.Leases.Count + exchange.State.LeasesBesides >= maximum;
    }

    private DnsmasqAnswer Acknowledge(ServedNetwork network)
    {
        exchange.TakeNameOf(_address);
        exchange.LeaveNameOut(exchange.TagsIn(network));
        uint time = exchange.LeaseSecondsIn(network);
        Store(time);
        exchange.Say("DHCPACK", _address, exchange.Name);
        uint identifier = IdentifierIn(network);
        ReplyBuilder reply = exchange.Reply(DhcpMessageType.Ack, identifier);
        reply.Put(DhcpCode.LeaseTime, time);
        return exchange.Filled(new()
        {
            Kind = DnsmasqAnswerKind.Ack, Address = _address, LeaseSeconds = time, ServerIdentifier = identifier,
            HasRandomTimers = IsRenewing && time != uint.MaxValue, After = exchange.State,
        }, reply, network, exchange.Name, time);
    }

    private void Store(uint time)
    {
        long expires = time == uint.MaxValue ? 0 : exchange.Now + time;
        HeldLease lease = exchange.Lease is { } old
            ? old with { HardwareAddress = _message.HardwareAddress,
                ClientId = exchange.ClientId ?? old.ClientId, Expires = expires }
            : new(_address, _message.HardwareAddress, exchange.ClientId, expires, "", false);
        DnsmasqState state = exchange.Lease is null ? exchange.State.With(lease) : exchange.State.Changed(lease);
        exchange.State = state.Named(lease, exchange.Name, exchange.HasOwnName);
    }

    private static string Hex(byte[] bytes) => string.Join(':', bytes.Select(one => one.ToString("x2", null)));
}
