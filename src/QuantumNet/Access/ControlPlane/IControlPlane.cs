using QuantumNet.Snapshots;

namespace QuantumNet.Access.ControlPlane;

/// <summary>Names of the kinds of records, as <see cref="CloudRecords.CollectedKinds"/> holds them.</summary>
public static class RecordKinds
{
    /// <summary>Networks.</summary>
    public const string Network = "network";
    /// <summary>Subnets.</summary>
    public const string Subnet = "subnet";
    /// <summary>Ports.</summary>
    public const string Port = "port";
    /// <summary>Agents.</summary>
    public const string Agent = "agent";
    /// <summary>Which DHCP agents serve which network.</summary>
    public const string DhcpAgent = "dhcp-agent";
    /// <summary>Rules of security groups.</summary>
    public const string SecurityGroupRule = "security-group-rule";
    /// <summary>Instances.</summary>
    public const string Instance = "instance";
    /// <summary>Console logs; asked for by instance, never by default.</summary>
    public const string Console = "console";

    /// <summary>What a DHCP path needs.</summary>
    public static IReadOnlyList<string> ForPath { get; } =
        [Network, Subnet, Port, Agent, DhcpAgent, SecurityGroupRule, Instance];
}

/// <summary>Which records are wanted.</summary>
public sealed record RecordRequest
{
    /// <summary>Kinds (<see cref="RecordKinds"/>); empty for those that a DHCP path needs.</summary>
    public string[] Kinds { get; init; } = [];

    /// <summary>A port as the user named it: id, unique prefix, name, MAC, address, instance id or name; empty for all.
    /// Narrows the records to what this port's path needs.</summary>
    public string Port { get; init; } = "";

    /// <summary>Instances whose console logs are wanted.</summary>
    public string[] InstanceIds { get; init; } = [];

    /// <summary>Whether the console log of the port's instance is wanted, too.
    /// One that cannot be obtained is not a failure.</summary>
    public bool WithConsole { get; init; }

    /// <summary>Whether the interfaces of the routers on the port's network are wanted, too.</summary>
    public bool WithRouters { get; init; }

    /// <summary>Whether a kind is wanted.</summary>
    public bool Wants(string kind) => kind == RecordKinds.Console
        ? InstanceIds.Length > 0
        : Kinds.Length == 0 ? RecordKinds.ForPath.Contains(kind)
        : Kinds.Contains(kind, StringComparer.OrdinalIgnoreCase);
}

/// <summary>A control plane that can be asked for records. Its answers are raw, so that a snapshot
/// can keep them.</summary>
public interface IControlPlane
{
    /// <summary>Where its records come from.</summary>
    RecordSource Source { get; }

    /// <summary>Asks for records. A request that fails is reported and left out; throws <see cref="QuantumException"/>
    /// only when nothing can be asked at all (wrong password, unreachable). <see cref="CommandOutput.Collector"/> of an
    /// answer is its kind, <see cref="CommandOutput.Subject"/> the id of the network or instance it
    /// was asked about.</summary>
    Task<CommandOutput[]> FetchAsync(RecordRequest request, IGatherObserver observer, CancellationToken stop);
}
