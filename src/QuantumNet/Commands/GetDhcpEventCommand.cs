using QuantumNet.Binding;
using QuantumNet.Pipeline;

namespace QuantumNet.Commands;

/// <summary>Gets what dnsmasq has logged: DISCOVER, OFFER, REQUEST, ACK, NAK, and why it gave no address.</summary>
[Cmdlet(VerbsCommon.Get, "DhcpEvent")]
[OutputType(typeof(DhcpEvent))]
public sealed class GetDhcpEventCommand : DhcpCmdlet<DhcpEvent>
{
    // dnsmasq's words (rfc2131.c, log_packet; dnsmasq.c), and our own for its other lines.
    private static readonly string[] s_types =
    [
        "DHCPDISCOVER", "DHCPOFFER", "DHCPREQUEST", "DHCPACK", "DHCPNAK", "DHCPRELEASE", "DHCPDECLINE", "DHCPINFORM",
        "started", "exiting", "read", "message",
    ];

    /// <summary>MAC addresses, in any spelling, wildcards allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(MacCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] Mac { get; set; } = [];

    /// <summary>Kinds of event, wildcards allowed: DHCPDISCOVER, DHCPNAK, started ...</summary>
    [Parameter]
    [ArgumentCompleter(typeof(EventTypeCompleter))]
    [SupportsWildcards]
    public string[] Type { get; set; } = [];

    /// <summary>Addresses, wildcards allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AddressCompleter))]
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
        base.Begin();
        if (After >= Before)
            throw Errors.BadTime(nameof(After), After.Value, Before.Value).ToException();
    }

    private protected override string[] Collectors => ["DhcpEvent"];

    private protected override Filter<DhcpEvent> Filter() => new Filter<DhcpEvent>()
        .Name(ComputerName, one => one.ComputerName)
        .Mac(Mac, one => one.Mac)
        .Named(NameKind.EventType, Type, one => one.Type)
        .Named(NameKind.Address, IpAddress, one => one.IpAddress)
        .Time(After, Before, one => one.Time);

    private protected override IEnumerable<string> KnownNames(Cloud cloud, NameKind kind) =>
        kind == NameKind.EventType ? s_types : base.KnownNames(cloud, kind);

    private protected override IEnumerable<DhcpEvent> Select(NodeState node, Cloud cloud) => node.DhcpEvents;
}
