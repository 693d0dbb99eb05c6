using System.Text;
using BenchmarkDotNet.Attributes;
using QuantumNet.Parsing.Iptables;

namespace QuantumNet.Benchmarks;

/// <summary>Reading <c>iptables-save -c</c> of a compute node with very many ports:
/// 100,000 rules, ours beside <c>iptables-restore-translate</c> on the same rules.</summary>
[MemoryDiagnoser]
public class IptablesBenchmarks
{
    private const int RuleCount = 100_000;

    /// <summary>The rules of one port as Neutron writes them; X stands for its id's first ten characters.
    /// Those that name an ipset are left out: the peer takes them only where the kernel has that set.</summary>
    private static readonly string[] s_portRules =
    [
        "[6:1596] -A neutron-openvswi-sg-chain -m physdev --physdev-out tapX0 --physdev-is-bridged -m comment "
            + "--comment \"Jump to the VM specific chain.\" -j neutron-openvswi-iX",
        "[2:168] -A neutron-openvswi-iX -m state --state RELATED,ESTABLISHED -m comment --comment \"Direct packets "
            + "associated with a known session to the RETURN chain.\" -j RETURN",
        "[4:1428] -A neutron-openvswi-iX -d 10.10.0.29/32 -p udp -m udp --sport 67 --dport 68 -j RETURN",
        "[0:0] -A neutron-openvswi-iX -m comment --comment \"Send unmatched traffic to the fallback chain.\" -j "
            + "neutron-openvswi-sg-fallback",
        "[4:1312] -A neutron-openvswi-oX -s 0.0.0.0/32 -d 255.255.255.255/32 -p udp -m udp --sport 68 --dport 67 -m "
            + "comment --comment \"Allow DHCP client traffic.\" -j RETURN",
        "[0:0] -A neutron-openvswi-oX -p udp -m udp --sport 67 --dport 68 -m comment --comment \"Prevent DHCP "
            + "Spoofing by VM.\" -j DROP",
        "[2:168] -A neutron-openvswi-sX -s 10.10.0.29/32 -m mac --mac-source fa:16:3e:b8:28:2a -m comment --comment "
            + "\"Allow traffic from defined IP/MAC pairs.\" -j RETURN",
    ];

    private string _text = "";
    private string _file = "";

    /// <summary>Makes the text.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var text = new StringBuilder("*filter\n:FORWARD ACCEPT [0:0]\n");
        for (int i = 0; i < RuleCount; i++)
            text.Append(s_portRules[i % s_portRules.Length].Replace("X", $"{i / s_portRules.Length:x8}-8",
                StringComparison.Ordinal)).Append('\n');
        _text = text.Append("COMMIT\n").ToString();
        _file = Path.GetTempFileName();
        File.WriteAllText(_file, _text);
    }

    /// <summary>Removes the file.</summary>
    [GlobalCleanup]
    public void Cleanup() => File.Delete(_file);

    /// <summary>Reads it; returns how many rules came out, and fails when one was not understood.</summary>
    [Benchmark]
    public int ParseAll()
    {
        List<ParseIssue> issues = [];
        IptablesSave save = IptablesSaveParser.ParseAll(_text, new TextSource("node", "iptables-save -c", issues));
        return issues.Count == 0 && save.Rules.Count == RuleCount
            ? save.Rules.Count
            : throw new InvalidOperationException($"{save.Rules.Count} rules, {issues.Count} issues");
    }

    /// <summary>The C program (iptables 1.8): it reads the same rules, touches no kernel, and prints each one
    /// in nft's words.</summary>
    [Benchmark(Baseline = true)]
    public int RestoreTranslate() => PeerProgram.CountLines(RuleCount, "iptables-restore-translate", "-f", _file);
}
