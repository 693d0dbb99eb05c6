namespace QuantumNet.Access.Gathering;

/// <summary>The rules by which sudo(8) lets a trace listen: to DHCP, plain or in tunnels, to nothing else.</summary>
/// <remarks>A filter for tunnels (<see cref="QuantumNet.Observations.Captures.TraceFilter"/>) is longer than a regular
/// expression of sudoers(5) may be, so what all of them are is pinned: conditions joined by <c>and</c>, the last of
/// which is always that of DHCP's ports, and only behind that an <c>or</c>. However the parentheses stand, nothing
/// passes without those ports. Offsets are of those that headers around and inside a tunnel can have.</remarks>
internal static class SudoersCapture
{
    private const string Options = @"( \+ \(\(ip6?\[[24]8\] & 0x3f\) << 2\))?";
    private const string Compared = @"ip6?\[[0-9]+(:2)?\]( & 0x1fff)? = (0x)?[0-9a-f]+";
    private const string Type = @"ip6?\[[3-7][02468]" + Options + @":2\]";
    private const string Protocol = @"ip6?\[[4-8][13579]" + Options + @"\]";
    private const string Port = @"ip6?\[[5-9][02468]" + Options + @":2\]";
    private const string Plain = @"\(udp port 67 or udp port 68\)";

    private const string Condition = @"\(|ip6? and |vlan and |" + Compared + @" and |\(" + Compared + " or " + Compared
        + @"\) and |" + Type + " = 0x8100 and ";

    private const string Tunnelled =
        Type + " = 0x800 and " + Protocol + @" = 17 and \((" + Port + @" = 6[78]( or )?){4}\)";

    private const string Filter =
        @"\(less [12][0-9]{9}\) and ((" + Condition + ")*(" + Plain + "|" + Tunnelled + @")\)*( or )?)+";

    /// <summary>The rules, without the program that ends them, which is timeout(1): on a node, and in a network's
    /// namespace.</summary>
    public static IEnumerable<string> Rules(string inNamespace)
    {
        const string Device = "[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,14}";
        string tcpdump = Sudoers.Program("tcpdump")
            + $" (-p )?-l -n -tt -e -xx -s 1600 -c [0-9]{{1,7}} -i {Device} {Filter}";
        yield return "--foreground -k 2 [0-9]{1,5} " + tcpdump;
        yield return $"--foreground -k 2 [0-9]{{1,5}} {inNamespace}" + tcpdump;
    }
}
