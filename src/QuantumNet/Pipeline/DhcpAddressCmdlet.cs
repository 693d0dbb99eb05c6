using QuantumNet.Binding;

namespace QuantumNet.Pipeline;

/// <summary>Base of the cmdlets that emit which MAC has which address in a network.</summary>
/// <typeparam name="T">What it emits.</typeparam>
public abstract class DhcpAddressCmdlet<T> : DhcpCmdlet<T>
    where T : NodeRecord
{
    /// <summary>Ids of networks, wildcards allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NetworkCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] NetworkId { get; set; } = [];

    /// <summary>MAC addresses, in any spelling, wildcards allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(MacCompleter))]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] Mac { get; set; } = [];

    /// <summary>Addresses, wildcards allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AddressCompleter))]
    [SupportsWildcards]
    public string[] IpAddress { get; set; } = [];

    /// <summary>What tells a record from others.</summary>
    private protected abstract (string NetworkId, string Mac, string IpAddress) KeyOf(T record);

    private protected override Filter<T> Filter() => new Filter<T>()
        .Name(ComputerName, record => record.ComputerName)
        .Id(NameKind.Network, NetworkId, record => KeyOf(record).NetworkId)
        .Mac(Mac, record => KeyOf(record).Mac)
        .Named(NameKind.Address, IpAddress, record => KeyOf(record).IpAddress);
}
