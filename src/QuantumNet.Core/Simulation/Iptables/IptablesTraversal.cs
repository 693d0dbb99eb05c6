namespace QuantumNet.Simulation.Iptables;

/// <summary>What becomes of a packet.</summary>
internal enum IptablesOutcome
{
    /// <summary>It passes.</summary>
    Accepted,
    /// <summary>It is dropped, silently.</summary>
    Dropped,
    /// <summary>It is dropped, and the sender is told.</summary>
    Rejected,
    /// <summary>A rule that matches or not, which cannot be determined, or a target that is not followed, might
    /// decide otherwise.</summary>
    Unknown,
}

/// <summary>A packet's way through the tables.</summary>
internal sealed record IptablesTraversal
{
    /// <summary>What becomes of it.</summary>
    public required IptablesOutcome Outcome { get; init; }
    /// <summary>The rules that it meets for certain, in order, the deciding one last where a rule decides.</summary>
    public IReadOnlyList<IptablesRule> Met { get; init; } = [];
    /// <summary>The rule that decides; null when a policy does, or nothing.</summary>
    public IptablesRule? Rule { get; init; }
    /// <summary>The chain whose policy decides; null when a rule does.</summary>
    public IptablesChain? Policy { get; init; }
    /// <summary>For Unknown: the first rule of which it cannot be determined.</summary>
    public IptablesRule? Doubt { get; init; }
    /// <summary>The chains walked into, from the built-in one to that of the deciding rule.</summary>
    public IReadOnlyList<string> Chains { get; init; } = [];
    /// <summary>The packet afterwards: marks, and addresses that nat rewrote.</summary>
    public required FilteredPacket Packet { get; init; }

    /// <summary>The line that decides; for Unknown, that would decide if the rule in doubt did not match.</summary>
    public Evidence? Evidence => Rule?.ToEvidence() ?? Policy?.ToEvidence();

    /// <summary>Whether it goes no further.</summary>
    public bool IsLost => Outcome is IptablesOutcome.Dropped or IptablesOutcome.Rejected;
}

/// <summary>Follows a packet through the hooks, their tables and chains, as the kernel does (iptables(8);
/// the order of the tables is that of the kernel's enum nf_ip_hook_priorities).</summary>
internal sealed class IptablesSimulator(IptablesTables tables)
{
    private static readonly string[] s_incoming = ["raw", "mangle", "nat"];
    private static readonly string[] s_input = ["mangle", "filter", "security", "nat"];
    private static readonly string[] s_forward = ["mangle", "filter", "security"];
    private static readonly string[] s_output = ["raw", "mangle", "nat", "filter", "security"];
    private static readonly string[] s_leaving = ["mangle", "nat"];

    /// <summary>A packet for the host itself.</summary>
    public IptablesTraversal ToHost(FilteredPacket packet) =>
        Through(packet, IptablesHook.Prerouting, IptablesHook.Input);

    /// <summary>A packet through the host, or over its bridge.</summary>
    public IptablesTraversal Forwarded(FilteredPacket packet) =>
        Through(packet, IptablesHook.Prerouting, IptablesHook.Forward, IptablesHook.Postrouting);

    /// <summary>A packet through some hooks, in order. Of one that passes them all the line is told that decides in
    /// filter. One whose destination nat changes in PREROUTING ends there as Unknown: with the packet that comes out,
    /// and its new devices, the caller goes on from the next hook.</summary>
    public IptablesTraversal Through(FilteredPacket packet, params IReadOnlyList<IptablesHook> hooks)
    {
        var met = new List<IptablesRule>();
        IptablesTraversal last = new() { Outcome = IptablesOutcome.Accepted, Packet = packet };
        IptablesTraversal? open = null, filter = null;
        foreach ((IptablesHook hook, string table) in hooks.SelectMany(TablesOf, (hook, table) => (hook, table)))
        {
            if (table == "nat" && !MeetsNat(last.Packet))
                continue;
            HostAddress? destination = last.Packet.Destination;
            last = new IptablesWalk(tables, table, hook, last.Packet).Run();
            if (open is null)
                met.AddRange(last.Met);
            if (hook == IptablesHook.Prerouting && last.Packet.Destination != destination && hooks.Count > 1)
                return (open ?? Rerouted(last)) with { Met = met, Packet = last.Packet };
            if (last.IsLost)
                return last with { Met = met };
            open ??= last.Outcome == IptablesOutcome.Unknown ? last : null;
            filter = table == "filter" ? last : filter;
        }
        return (open ?? filter ?? last) with { Met = met, Packet = last.Packet };
    }

    // What nat sends elsewhere is routed again: its devices, and whether it stays on a bridge,
    // are for the caller to tell.
    private static IptablesTraversal Rerouted(IptablesTraversal nat) =>
        nat with { Outcome = IptablesOutcome.Unknown, Doubt = nat.Doubt ?? nat.Rule, Rule = null };

    // Only the first packet of a connection meets nat; the others are treated as it was.
    private bool MeetsNat(FilteredPacket packet) =>
        tables.TracksConnections && packet.State is ConntrackState.New or ConntrackState.Unknown;

    private static string[] TablesOf(IptablesHook hook) => hook switch
    {
        IptablesHook.Prerouting => s_incoming,
        IptablesHook.Input => s_input,
        IptablesHook.Forward => s_forward,
        IptablesHook.Output => s_output,
        _ => s_leaving,
    };
}
