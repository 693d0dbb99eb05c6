using QuantumNet.Parsing.Links;

namespace QuantumNet.Snapshots;

/// <summary>Whether bridged packets meet iptables. Without br_netfilter (its own module since Linux 3.18) the file is not there:
/// then the setting is noted with an empty value, which is not the same as not asked.</summary>
public sealed class BridgeNetfilterCollector : ICollector
{
    private const string Path = "/proc/sys/net/bridge/bridge-nf-call-iptables";

    /// <inheritdoc/>
    public string Name => "BridgeNetfilter";

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } = [new("cat", Path)];

    /// <inheritdoc/>
    public void Read(CommandOutput output, TextSource source, NodeState into)
    {
        if (output.ExitStatus == 0)
        {
            foreach ((string name, string value) in SysctlParser.ParseAll(output.Text, source))
                into.Sysctls[name] = value;
        }
        else if (output.StandardError.Contains("No such file", StringComparison.Ordinal))
            into.Sysctls[SysctlParser.NameOf(Path)] = "";
    }
}
