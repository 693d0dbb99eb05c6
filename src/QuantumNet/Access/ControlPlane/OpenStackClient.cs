using QuantumNet.Snapshots;

namespace QuantumNet.Access.ControlPlane;

/// <summary>Asks <c>openstack -f json</c>. Its lists lack much (a port's network, binding and groups), so what the path
/// needs is shown one by one, in the client's interactive mode: one start for many commands.</summary>
internal sealed class OpenStackClient(ClientFetchTarget target) : IControlPlane
{
    /// <summary>Ports that are shown one by one when all are wanted; beyond it the API is the way.</summary>
    public const int MaximumShown = 400;

    private const int MaximumNamed = 20, MostServing = 3;

    public RecordSource Source => RecordSource.Client;

    public async Task<CommandOutput[]> FetchAsync(
        RecordRequest request, IGatherObserver observer, CancellationToken stop)
    {
        var fetch = new ClientFetch(target, observer);
        var wanted = new OpenStackQuestions(request);
        await fetch.AskAsync(request.Port.Length == 0 ? wanted.Lists() : wanted.Find(), stop).ConfigureAwait(false);
        if (request.Port.Length == 0)
            await AskAllAsync(fetch, wanted, observer, stop).ConfigureAwait(false);
        else
            await AskOneAsync(fetch, wanted, request, stop).ConfigureAwait(false);
        await fetch.AskAsync(request.InstanceIds.Select(OpenStackQuestions.Console), stop).ConfigureAwait(false);
        return fetch.Answers;
    }

    private static async Task AskAllAsync(
        ClientFetch fetch, OpenStackQuestions wanted, IGatherObserver observer, CancellationToken stop)
    {
        CloudRecords known = fetch.Read();
        if (known.Ports.Count > MaximumShown)
            observer.Failed(TooMany(known.Ports.Count));
        await fetch.AskAsync(
            [
                .. known.Networks.Take(MaximumShown).SelectMany(network => wanted.OfNetwork(network.NetworkId)),
                .. known.Subnets.Take(MaximumShown).SelectMany(subnet => wanted.OfSubnet(subnet.SubnetId)),
                .. known.Ports.Take(MaximumShown).SelectMany(port => wanted.OfPort(port.PortId)),
                .. known.Agents.Take(MaximumShown).SelectMany(wanted.OfAgent),
            ],
            stop).ConfigureAwait(false);
    }

    private static NovaInstance[] InstancesNamed(CloudRecords known, string name) =>
        [.. known.Instances.Where(instance => string.Equals(instance.Name, name, StringComparison.OrdinalIgnoreCase))
            .Take(MaximumNamed)];

    private static async Task AskOneAsync(
        ClientFetch fetch, OpenStackQuestions wanted, RecordRequest request, CancellationToken stop)
    {
        string text = request.Port;
        CloudRecords known = fetch.Read();
        IReadOnlyList<QuantumPort> ports = PortSelector.Find(known, text).Ports;
        if (ports.Count == 0)
        {
            // With all ports at hand the user can be told which are near, and an instance's name can be looked up.
            await fetch.AskAsync(OpenStackQuestions.Everything(), stop).ConfigureAwait(false);
            known = fetch.Read();
            ports = PortSelector.Find(known, text).Ports;
        }
        if (ports.Count == 0 && InstancesNamed(known, text) is { Length: > 0 } instances)
        {
            // The list of ports does not tell whose they are; asked by instance it does.
            await fetch.AskAsync(
                    instances.SelectMany(instance => OpenStackQuestions.PortsOfInstance(instance.InstanceId)), stop)
                .ConfigureAwait(false);
            known = fetch.Read();
            ports = PortSelector.Find(known, text).Ports;
        }
        HashSet<string> subnets = SubnetsOf(ports);
        QuantumPort[] servers =
            [.. known.Ports.Where(port => (port.IsDhcp || (request.WithRouters && port.IsRouterInterface))
                && port.FixedIps.Any(ip => subnets.Contains(ip.SubnetId)))];
        HashSet<string> networks = [.. ports.Select(port => port.NetworkId), .. known.Subnets
            .Where(subnet => subnets.Contains(subnet.SubnetId)).Select(subnet => subnet.NetworkId)];
        await fetch.AskAsync(
            [
                .. ports.Concat(servers).SelectMany(port => wanted.OfPort(port.PortId)),
                .. networks.Where(id => id.Length > 0).SelectMany(wanted.OfNetwork),
                .. known.Subnets.Where(subnet => networks.Contains(subnet.NetworkId))
                    .SelectMany(subnet => wanted.OfSubnet(subnet.SubnetId)),
                .. Rest(known, ports, wanted, request, ServingNodes(known)),
            ],
            stop).ConfigureAwait(false);
        if (ports.Count == 0)
            return;
        known = fetch.Read();
        ports = PortSelector.Find(known, request.Port).Ports;
        await fetch.AskAsync(Rest(known, ports, wanted, request, []), stop).ConfigureAwait(false);
    }

    /// <summary>What only shown ports tell: instance, security groups, and the agents of the nodes they are bound to.
    /// Asked along with the port's details as far as it is known by then, which saves a start of the client.</summary>
    private static IEnumerable<ClientQuestion> Rest(CloudRecords known, IReadOnlyList<QuantumPort> ports,
        OpenStackQuestions wanted, RecordRequest request, IEnumerable<string> serving)
    {
        HashSet<string> nodes = [.. serving,
            .. known.Ports.Select(port => port.ComputerName).Where(name => name.Length > 0)];
        return
        [
            .. InstancesOf(ports).SelectMany(wanted.OfInstance),
            .. request.WithConsole
                ? InstancesOf(ports).Select(id => OpenStackQuestions.Console(id) with { MayFail = true }) : [],
            .. ports.SelectMany(port => port.SecurityGroupIds).Distinct().SelectMany(wanted.OfGroup),
            .. known.Agents.Where(agent => nodes.Contains(agent.ComputerName)).SelectMany(wanted.OfAgent),
        ];
    }

    /// <summary>The nodes with DHCP agents, where they are so few that most serve any network.</summary>
    private static string[] ServingNodes(CloudRecords known)
    {
        string[] nodes = [.. known.Agents.Where(agent => agent.Binary.EndsWith("dhcp-agent", StringComparison.Ordinal))
            .Select(agent => agent.ComputerName).Distinct()];
        return nodes.Length <= MostServing ? nodes : [];
    }

    private static IEnumerable<string> InstancesOf(IEnumerable<QuantumPort> ports) => ports
        .Where(port => port.DeviceOwner.StartsWith("compute:", StringComparison.Ordinal)
            && Guid.TryParse(port.DeviceId, out _))
        .Select(port => port.DeviceId).Distinct();

    private static HashSet<string> SubnetsOf(IEnumerable<QuantumPort> ports) =>
        [.. ports.SelectMany(port => port.FixedIps).Select(ip => ip.SubnetId)];

    private static QuantumError TooMany(int ports) => new()
    {
        Id = "ClientTooManyPorts",
        Category = QuantumErrorCategory.InvalidOperation,
        Message = $"There are {ports} ports; the client showed the first {MaximumShown}, the rest lack their binding.",
        Advice = "Name a port, or use \"source\": \"api\", which gets them all with one request.",
    };
}
