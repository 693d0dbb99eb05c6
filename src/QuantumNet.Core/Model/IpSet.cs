namespace QuantumNet;

/// <summary>A set that rules of iptables name (<c>-m set --match-set NIPv4a1b2 src</c>), as <c>ipset save</c> or
/// <c>ipset list</c> prints it (ipset(8)).</summary>
internal sealed record IpSet : NodeRecord
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }
    /// <summary>Its type: <c>hash:ip</c>, <c>hash:net</c> ...</summary>
    public required string Type { get; init; }
    /// <summary>The words with which it was made: <c>family inet netmask 24</c>.</summary>
    public string[] Options { get; init; } = [];
    /// <summary>Whether its members are told: <c>ipset list -terse</c> leaves them out.</summary>
    public bool IsListed { get; init; }
    /// <summary>Its members.</summary>
    public List<IpSetMember> Members { get; } = [];
}

/// <summary>A member of a set.</summary>
/// <param name="Text">As printed: <c>10.0.0.0/24</c>, <c>10.0.0.1,udp:67</c>.</param>
/// <param name="IsExcepted">Whether it is an exception (<c>nomatch</c>).</param>
internal readonly record struct IpSetMember(string Text, bool IsExcepted);
