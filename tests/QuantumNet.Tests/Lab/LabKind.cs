using System.Globalization;

namespace QuantumNet.Tests.Lab;

/// <summary>What a lab is to be.</summary>
internal sealed record LabKind(string Flavour, string Network, string Plug = "hybrid", int DhcpAgents = 1)
{
    private const string Population = "l2pop", TwoAgents = "two-agents";

    /// <summary>Whether l2population tells each node where each port is.</summary>
    public bool HasPopulation { get; init; }

    /// <summary>Whether the instances' security group lets ping and ssh in.</summary>
    public bool LetsSshIn { get; init; }

    /// <summary>Whether netnode holds a router of the network.</summary>
    public bool HasRouter { get; init; }

    /// <summary>Whether nodes are joined by tunnels, not by a physical network.</summary>
    public bool IsTunnelled => Network is "gre" or "vxlan";

    /// <summary>The options of <c>tests/lab/up</c>.</summary>
    public IEnumerable<string> Options =>
    [
        "--flavour", Flavour, "--network", Network, "--plug", Plug,
        "--dhcp-agents", DhcpAgents.ToString(CultureInfo.InvariantCulture),
        .. HasPopulation ? (string[])["--l2pop"] : [], .. LetsSshIn ? (string[])["--ssh"] : [],
        .. HasRouter ? (string[])["--router"] : [],
    ];

    /// <summary>Reads one as a theory names it: <c>neutron vxlan hybrid</c>, and then what else it has.</summary>
    public static LabKind Parse(string name)
    {
        string[] words = name.Split(' ');
        return new(words[0], words[1], words[2], words.Contains(TwoAgents) ? 2 : 1)
            { HasPopulation = words.Contains(Population) };
    }

    public override string ToString() => $"{Flavour} {Network} {Plug}" + (HasPopulation ? $" {Population}" : "")
        + (DhcpAgents > 1 ? $" {TwoAgents}" : "");
}
