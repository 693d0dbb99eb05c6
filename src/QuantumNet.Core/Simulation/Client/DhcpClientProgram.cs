using QuantumNet.Simulation.Dnsmasq;

namespace QuantumNet.Simulation.Client;

/// <summary>A DHCP client as guests run it: what it sends, and which answers it takes. The sources are those of
/// busybox 1.36 (networking/udhcp/dhcpc.c), ISC dhcp 4.4 (client/dhclient.c, common/packet.c), dhcpcd 10 (src/dhcp.c,
/// dhcpcd.conf) and systemd 257 (src/libsystemd-network/sd-dhcp-client.c, sd-dhcp-lease.c, dhcp-packet.c), with the
/// settings that they come with.</summary>
internal abstract class DhcpClientProgram(string name, byte[] requested)
{
    /// <summary>The four.</summary>
    public static IReadOnlyList<DhcpClientProgram> All { get; } =
        [new Udhcpc(), new Dhclient(), new Dhcpcd(), new Networkd()];

    /// <summary>Its name: <c>udhcpc</c>, <c>dhclient</c>, <c>dhcpcd</c>, <c>systemd-networkd</c>.</summary>
    public string Name => name;

    /// <summary>The options that it asks for (option 55).</summary>
    protected byte[] Requested => requested;

    /// <summary>The id that it tells of itself unless it is told another; null when it tells none.</summary>
    public abstract byte[]? ClientIdOf(byte[] hardwareAddress);

    /// <summary>What else it sends with every message.</summary>
    protected virtual IEnumerable<(int Code, byte[] Value)> Further => [];

    /// <summary>The first message.</summary>
    /// <param name="device">The server's device that it will arrive on.</param>
    /// <param name="hardwareAddress">The client's hardware address.</param>
    /// <param name="clientId">The id that it is told to use; null for its own.</param>
    public DhcpClientMessage Discover(string device, byte[] hardwareAddress, byte[]? clientId)
    {
        var options = new SortedDictionary<int, byte[]> { [DhcpCode.RequestedOptions] = Requested };
        if ((clientId ?? ClientIdOf(hardwareAddress)) is { } id)
            options[DhcpCode.ClientId] = id;
        foreach ((int code, byte[] value) in Further)
            options[code] = value;
        return new()
        {
            Type = DhcpMessageType.Discover, Device = device, HardwareAddress = hardwareAddress,
            TransactionId = 1, Options = options,
        };
    }

    /// <summary>The REQUEST that selects an offer, to all.</summary>
    public static DhcpClientMessage Select(DhcpClientMessage discover, DhcpReply offer) => discover with
    {
        Type = DhcpMessageType.Request,
        Options = new SortedDictionary<int, byte[]>(discover.Options.ToDictionary())
        {
            [DhcpCode.RequestedAddress] = DottedQuad.Bytes(offer.Address),
            [DhcpCode.ServerIdentifier] = DottedQuad.Bytes(offer.Server),
        },
    };

    /// <summary>The REQUEST that renews a lease, to its server alone.</summary>
    public static DhcpClientMessage Renew(DhcpClientMessage discover, DhcpReply acknowledged) =>
        discover with
        {
            Type = DhcpMessageType.Request, ClientAddress = acknowledged.Address, IsUnicast = true,
        };

    /// <summary>Why it leaves an answer aside; empty when it takes it. A NAK that it takes makes it
    /// start again.</summary>
    /// <param name="reply">The answer.</param>
    /// <param name="asked">What it had asked.</param>
    /// <param name="server">The server whose offer it selected; 0 before that.</param>
    public string Objection(DhcpReply reply, DhcpClientMessage asked, uint server)
    {
        if (reply.HasBadChecksum)
            return "the UDP checksum is wrong";
        if (reply.TransactionId != asked.TransactionId)
            return "the transaction id (xid) is not its own";
        if (!reply.HardwareAddress.AsSpan().SequenceEqual(asked.HardwareAddress))
            return "the hardware address (chaddr) is not its own";
        bool isSelecting = asked.Type == DhcpMessageType.Discover;
        return reply.Type switch
        {
            DhcpMessageType.Offer when isSelecting => ToLease(reply),
            DhcpMessageType.Ack when !isSelecting => ToLease(reply),
            DhcpMessageType.Nak when !isSelecting => ToRefusal(reply, server, isRenewing: asked.ClientAddress != 0),
            _ => $"it waits for {(isSelecting ? "an OFFER" : "an ACK or NAK")}",
        };
    }

    /// <summary>Why it leaves an OFFER or ACK aside.</summary>
    protected abstract string ToLease(DhcpReply reply);

    /// <summary>Why it leaves a NAK aside.</summary>
    protected abstract string ToRefusal(DhcpReply reply, uint server, bool isRenewing);

    /// <summary>A refusal counts only from the server that it speaks to.</summary>
    protected static string OfServer(DhcpReply reply, uint server) =>
        server != 0 && reply.Server != server ? "it is not from the server that it selected" : "";

    /// <summary>An id after RFC 4361: identity association and DUID. Their bytes depend on the guest;
    /// those of the DUID of its hardware address stand for them.</summary>
    protected static byte[] IdOf(byte[] hardwareAddress) =>
        [255, .. hardwareAddress.AsSpan(2), 0, 3, 0, 1, .. hardwareAddress];

    // dhcpc.c, udhcpc_main(). Without a lease time it takes an hour, without a server 0.0.0.0.
    private sealed class Udhcpc() : DhcpClientProgram("udhcpc", [1, 3, 6, 12, 15, 28, 42])
    {
        protected override IEnumerable<(int Code, byte[] Value)> Further =>
            [(DhcpCode.MaximumSize, [2, 64]), (DhcpCode.VendorClass, "udhcp 1.36.1"u8.ToArray())];

        public override byte[] ClientIdOf(byte[] hardwareAddress) => [1, .. hardwareAddress];

        protected override string ToLease(DhcpReply reply) => "";

        protected override string ToRefusal(DhcpReply reply, uint server, bool isRenewing) => OfServer(reply, server);
    }

    // dhclient.c, dhcpoffer(), dhcpack(), dhcpnak().
    private sealed class Dhclient() : DhcpClientProgram("dhclient",
        [1, 28, 2, 3, 15, 6, 119, 12, 44, 47, 26, 121, 42])
    {
        public override byte[]? ClientIdOf(byte[] hardwareAddress) => null;

        protected override string ToLease(DhcpReply reply) => reply.Type == DhcpMessageType.Ack
            && reply.LeaseSeconds is null or 0 ? "no expiry time on offered lease" : "";

        protected override string ToRefusal(DhcpReply reply, uint server, bool isRenewing) =>
            isRenewing ? "" : "it has no active lease";
    }

    // dhcp.c, dhcp_handledhcp(); dhcpcd.conf comes with "require dhcp_server_identifier".
    private sealed class Dhcpcd() : DhcpClientProgram("dhcpcd", [1, 121, 33, 3, 6, 12, 15, 26, 28, 42, 51, 54, 58, 59,
        119])
    {
        protected override IEnumerable<(int Code, byte[] Value)> Further =>
            [(DhcpCode.MaximumSize, [5, 192]), (DhcpCode.VendorClass, "dhcpcd-10.0.6"u8.ToArray())];

        public override byte[] ClientIdOf(byte[] hardwareAddress) => IdOf(hardwareAddress);

        protected override string ToLease(DhcpReply reply) =>
            !reply.Has(DhcpCode.ServerIdentifier) ? "it requires the server's identifier (option 54)"
            : reply.Address is 0 or uint.MaxValue ? "reject invalid address" : "";

        protected override string ToRefusal(DhcpReply reply, uint server, bool isRenewing) =>
            reply.Has(DhcpCode.ServerIdentifier) ? "" : "reject NAK";
    }

    // sd-dhcp-client.c, dhcp_option_parse_and_verify(); sd-dhcp-lease.c, dhcp_lease_set_default_subnet_mask().
    private sealed class Networkd() : DhcpClientProgram("systemd-networkd", [1, 3, 6, 12, 15, 26, 42, 119, 120, 121])
    {
        private const uint FirstWithoutClass = 0xe000_0000;

        protected override IEnumerable<(int Code, byte[] Value)> Further => [(DhcpCode.MaximumSize, [5, 192])];

        public override byte[] ClientIdOf(byte[] hardwareAddress) => IdOf(hardwareAddress);

        protected override string ToLease(DhcpReply reply) =>
            reply.Address == 0 || reply.Server == 0 || reply.LeaseSeconds is null or 0
                ? "received lease lacks address, server address or lease lifetime"
            : !reply.Has(DhcpCode.Netmask) && reply.Address >= FirstWithoutClass
                ? "received lease lacks subnet mask, and a fallback one cannot be generated" : "";

        protected override string ToRefusal(DhcpReply reply, uint server, bool isRenewing) =>
            OfServer(reply, server);
    }
}
