using QuantumNet.Snapshots;

namespace QuantumNet.Access;

/// <summary>What a cmdlet wants gathered. Empty lists mean: all that there is.</summary>
public sealed record GatherRequest
{
    /// <summary>Nodes; empty for those that the records or the inventory name.</summary>
    public string[] ComputerName { get; init; } = [];
    /// <summary>Names of collectors; empty for all. <c>none</c> alone gathers records only.</summary>
    public string[] Collectors { get; init; } = [];
    /// <summary>Kinds of control-plane records (see <see cref="CloudRecords.CollectedKinds"/>);
    /// <c>none</c> alone asks for none.</summary>
    public string[] RecordKinds { get; init; } = [];
    /// <summary>A port as the user named it (id, unique prefix, name, MAC, address, instance):
    /// narrows nodes and records; empty for all ports.</summary>
    public string Port { get; init; } = "";
    /// <summary>Ports as the user named them, on whose networks the routers are wanted, too: their interfaces' records,
    /// their nodes, and what is in their namespaces; empty for none.</summary>
    public string[] RoutersOf { get; init; } = [];
    /// <summary>Networks whose DHCP servers are wanted, by id, the beginning of one, or name: narrows the nodes to
    /// those that serve them, and what is looked at there; empty for all.</summary>
    public string[] NetworkId { get; init; } = [];
    /// <summary>Instances whose console logs are wanted, by id.</summary>
    public string[] InstanceIds { get; init; } = [];
    /// <summary>Whether the console log of the port's instance is wanted, too.</summary>
    public bool WithConsole { get; init; }
    /// <summary>Whether Open vSwitch is first let bring its flow counters up to date:
    /// for samples that are held against each other.</summary>
    public bool IsSample { get; init; }
    /// <summary>Whether it is asked for to see what has changed: what was gathered before is not an answer.</summary>
    public bool IsLookAgain { get; init; }
    /// <summary>Nodes at a time.</summary>
    public int ThrottleLimit { get; init; } = 16;
    /// <summary>Deadline for one node as a whole, in seconds.</summary>
    public int TimeoutSeconds { get; init; } = 120;
}

/// <summary>Hears what happens while gathering; its methods may be called from any thread.</summary>
public interface IGatherObserver
{
    /// <summary>A command ended.</summary>
    void CommandFinished(CommandOutput output);
    /// <summary>A node, or the control plane, could not be asked; the rest goes on.</summary>
    void Failed(QuantumError error);
    /// <summary>Something is missing that the rest can do without.</summary>
    void Missing(string text)
    {
    }

    /// <summary>Something that those may want to know who ask for more.</summary>
    void Verbose(string text)
    {
    }

    /// <summary>Hears what only a developer wants to know, from any thread and at any time;
    /// null where nobody does.</summary>
    Action<string>? Debug => null;

    /// <summary>So many more things will be asked.</summary>
    void Planned(int count)
    {
    }

    /// <summary>Something is asked from now on: a node, the control plane. Whoever asks disposes of what is returned
    /// when it has answered.</summary>
    /// <param name="name">Its name.</param>
    IDisposable? Asking(string name) => null;
}

/// <summary>Where raw outputs come from: live nodes and a control plane, or a saved snapshot.</summary>
public interface IQuantumSource
{
    /// <summary>Gathers what is asked for. A node that fails is reported and left out;
    /// throws only when nothing can be done.</summary>
    Task<QuantumSnapshot> GatherAsync(GatherRequest request, IGatherObserver observer, CancellationToken stop);
}
