using QuantumNet.Parsing.Links;

namespace QuantumNet.Snapshots;

/// <summary>Whether bridged packets meet iptables. Without br_netfilter (its own module since Linux 3.18) the file is
/// not there: then the setting is noted with an empty value, which is not the same as not asked.</summary>
public sealed class BridgeNetfilterCollector : ICollector
{
    private const string Path = "/proc/sys/net/bridge/bridge-nf-call-iptables";

    /// <inheritdoc/>
    public string Name => "BridgeNetfilter";

    /// <inheritdoc/>
    public IReadOnlyList<CommandTemplate> Commands { get; } = [new("cat", Path) { AlwaysPrints = true }];

    /// <inheritdoc/>
    public int Read(CommandOutput output, TextSource source, NodeState into)
    {
        string wanted = SysctlParser.NameOf(Path);
        int count = 0;
        if (output.ExitStatus == 0)
        {
            foreach ((string name, string value) in SysctlParser.ParseAll(output.Text, source))
            {
                if (name.StartsWith("net.bridge.", StringComparison.Ordinal))
                    into.Sysctls[name] = value;
                count++;
            }
        }
        bool listsAll = count > 1 && Array.Exists(output.Argv, word => word is "-a" or "-A" or "--all");
        if (listsAll || output.StandardError.Contains("No such file", StringComparison.Ordinal))
            into.Sysctls.TryAdd(wanted, "");
        return count;
    }
}
