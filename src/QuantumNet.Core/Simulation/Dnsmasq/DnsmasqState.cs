using System.Collections.Immutable;

namespace QuantumNet.Simulation.Dnsmasq;

/// <summary>One lease as dnsmasq holds it (lease.c).</summary>
/// <param name="Address">The address.</param>
/// <param name="HardwareAddress">The client's hardware address.</param>
/// <param name="ClientId">Its client id; null when none.</param>
/// <param name="Expires">When it ends, in seconds since 1970; 0 for never.</param>
/// <param name="Name">The host's name; empty when none.</param>
/// <param name="HasOwnName">Whether the name is dnsmasq's own, which no client's takes away.</param>
internal sealed record HeldLease(
    uint Address, byte[] HardwareAddress, byte[]? ClientId, long Expires, string Name, bool HasOwnName)
{
    /// <summary>A line of the leases file, the name left out; null when it is for IPv6.</summary>
    public static HeldLease? Of(DhcpLease lease) => !DottedQuad.TryParse(lease.IpAddress, out uint address) ? null
        : new(address, HexPattern.Parse(lease.Mac, 16)?.Bytes ?? [],
            lease.ClientId.Length == 0 ? null : HexPattern.Parse(lease.ClientId, 255)?.Bytes,
            lease.ExpiresAt is { } time ? new DateTimeOffset(time, TimeSpan.Zero).ToUnixTimeSeconds() : 0, "", false);

    /// <summary>Whether it still holds.</summary>
    public bool IsOpen(long now) => Expires == 0 || now < Expires;
}

/// <summary>What dnsmasq has in its memory: leases, what clients declined, and how far addresses
/// have moved on.</summary>
internal sealed record DnsmasqState
{
    /// <summary>Nothing.</summary>
    public static DnsmasqState Empty { get; } = new();

    /// <summary>Leases for IPv4, the newest first, as dnsmasq looks through them.</summary>
    public ImmutableList<HeldLease> Leases { get; init; } = [];
    /// <summary>How many leases that are not among these count towards <c>--dhcp-lease-max</c>: those for IPv6, and
    /// those that were left out because they have no part in a client's answer.</summary>
    public int LeasesBesides { get; init; }
    /// <summary>When a host's static address was declined, in seconds since 1970, by the host's line.</summary>
    public ImmutableDictionary<string, long> Declined { get; init; } = ImmutableDictionary<string, long>.Empty;
    /// <summary>How many places a range's first choice has moved, by the range's place among the arguments.</summary>
    public ImmutableDictionary<int, uint> Moved { get; init; } = ImmutableDictionary<int, uint>.Empty;
    /// <summary>Whether the leases are known: with <c>--leasefile-ro</c>, or no file collected, they are not.</summary>
    public bool KnowsLeases { get; init; } = true;

    /// <summary>What a lease file holds (read_leases()).</summary>
    public static DnsmasqState Of(IEnumerable<DhcpLease> leases)
    {
        DnsmasqState state = new();
        foreach (DhcpLease lease in leases)
        {
            if (HeldLease.Of(lease) is not { } held)
            {
                state = state with { LeasesBesides = state.LeasesBesides + 1 };
                continue;
            }
            state = state.With(held).Named(held, lease.HostName, isOwn: false);
        }
        return state;
    }

    /// <summary>The lease of an address; null when there is none.</summary>
    public HeldLease? ByAddress(uint address) => Leases.Find(lease => lease.Address == address);

    /// <summary>A client's lease: by client id, else by hardware address where one of the two has no id
    /// (lease_find_by_client()).</summary>
    public HeldLease? ByClient(byte[] hardwareAddress, byte[]? clientId)
    {
        if (clientId is not null
            && Leases.Find(lease => lease.ClientId is { } id && id.AsSpan().SequenceEqual(clientId)) is { } own)
            return own;
        return Leases.Find(lease => (lease.ClientId is null || clientId is null)
            && lease.HardwareAddress.AsSpan().SequenceEqual(hardwareAddress));
    }

    /// <summary>With one lease more, in front.</summary>
    public DnsmasqState With(HeldLease lease) => this with { Leases = Leases.Insert(0, lease) };

    /// <summary>Without a lease.</summary>
    public DnsmasqState Without(HeldLease lease) =>
        this with { Leases = Leases.RemoveAll(other => other.Address == lease.Address) };

    /// <summary>Without the leases that have ended (lease_prune()).</summary>
    public DnsmasqState At(long now) =>
        this with { Leases = Leases.RemoveAll(lease => !lease.IsOpen(now)) };

    /// <summary>With a lease changed in place.</summary>
    public DnsmasqState Changed(HeldLease lease)
    {
        int at = Leases.FindIndex(other => other.Address == lease.Address);
        return at < 0 ? this : this with { Leases = Leases.SetItem(at, lease) };
    }

    /// <summary>With a lease's name, which no other lease keeps (lease_set_hostname()).</summary>
    public DnsmasqState Named(HeldLease lease, string name, bool isOwn)
    {
        if (ByAddress(lease.Address) is not { } held || name.Length == 0)
            return this;
        if (held.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            return Changed(held with { HasOwnName = held.HasOwnName || isOwn });
        DnsmasqState next = this;
        if (Leases.Find(other => other.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } other)
        {
            if (other.HasOwnName && !isOwn)
                return this;
            next = Changed(other with { Name = "", HasOwnName = false });
        }
        return next.Changed(held with { Name = name, HasOwnName = held.HasOwnName || isOwn });
    }
}
