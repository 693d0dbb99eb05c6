using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets what dnsmasq has logged: DISCOVER, OFFER, REQUEST, ACK, NAK, and why it gave no address.</summary>
[Cmdlet(VerbsCommon.Get, "DhcpEvent")]
[OutputType(typeof(DhcpEvent))]
public sealed class GetDhcpEventCommand : DhcpCmdlet<DhcpEvent>
{
    /// <summary>MAC addresses, in any spelling, wildcards allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] Mac { get; set; } = [];

    /// <summary>Kinds of event, wildcards allowed: DHCPDISCOVER, DHCPNAK, started ...</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] Type { get; set; } = [];

    /// <summary>Addresses, wildcards allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] IpAddress { get; set; } = [];

    /// <summary>Only what was written at this time or later.</summary>
    [Parameter]
    public DateTime? After { get; set; }

    /// <summary>Only what was written at this time or earlier.</summary>
    [Parameter]
    public DateTime? Before { get; set; }

    private protected override void Begin()
    {
        if (After >= Before)
            throw Errors.BadTime(nameof(After), After.Value, Before.Value).ToException();
    }

    private protected override string[] Collectors => ["DhcpEvent"];

    private protected override Filter<DhcpEvent> Filter() => new Filter<DhcpEvent>()
        .Name(ComputerName, one => one.ComputerName)
        .Mac(Mac, one => one.Mac)
        .Name(Type, one => one.Type)
        .Name(IpAddress, one => one.IpAddress)
        .Time(After, Before, one => one.Time);

    private protected override IEnumerable<DhcpEvent> Select(NodeState node, Cloud cloud) => node.DhcpEvents;
}
