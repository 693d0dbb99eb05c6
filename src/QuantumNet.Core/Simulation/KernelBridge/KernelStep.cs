using QuantumNet.Simulation.Iptables;
using QuantumNet.Topology;

namespace QuantumNet.Simulation.KernelBridge;

/// <summary>What one part of a node's kernel does with a packet: a device, a Linux bridge, the rules that its packets
/// meet.</summary>
/// <param name="Component">Which part.</param>
/// <param name="Object">Its name.</param>
internal sealed record KernelStep(HopComponent Component, string Object)
{
    /// <summary>What it does.</summary>
    public HopAction Action { get; init; } = HopAction.Unknown;

    /// <summary>Why, in words; empty where the lines tell.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The lines that show it, the deciding one first.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>For Unknown: the collector whose output would answer it, its subject and its node; null where none
    /// would.</summary>
    public (string Collector, string Subject, string ComputerName)? Lacks { get; init; }

    /// <summary>The way through iptables; null for other parts.</summary>
    public IptablesTraversal? Traversal { get; init; }

    /// <summary>The port's own rule that the packet meets last, or the one that decides; null for other parts, and
    /// where a policy decides.</summary>
    public IptablesRule? Rule { get; init; }

    /// <summary>Whether the packet goes no further.</summary>
    public bool IsLost => Action == HopAction.Dropped;

    /// <summary>It passes the packet on, as these lines show.</summary>
    public KernelStep Forwards(string reason, params Evidence?[] evidence) =>
        this with { Action = HopAction.Forwarded, Reason = reason, Evidence = [.. evidence.OfType<Evidence>()] };

    /// <summary>It loses the packet.</summary>
    public KernelStep Drops(string reason, params Evidence?[] evidence) =>
        this with { Action = HopAction.Dropped, Reason = reason, Evidence = [.. evidence.OfType<Evidence>()] };

    /// <summary>Its evidence was not collected.</summary>
    public KernelStep Missing(NodeView node, string collector, string subject = "") =>
        this with { Lacks = (collector, subject, node.Name) };

    /// <summary>A device that must be there and up.</summary>
    public static KernelStep Device(HopComponent component, NodeView node, string device, string @namespace = "")
    {
        KernelStep step = new(component, device);
        return node.Link(device, @namespace) switch
        {
            null when !node.State.Has("NodeLink", @namespace) => step.Missing(node, "NodeLink", @namespace),
            null => step.Drops($"{device} does not exist", node.OutputOf("NodeLink", @namespace)),
            { IsUp: false } link => step.Drops($"{device} is down", link.ToEvidence()),
            { } link => step.Forwards(@namespace, link.ToEvidence()),
        };
    }
}
