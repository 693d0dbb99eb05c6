using QuantumNet.Snapshots;

namespace QuantumNet.Access.ControlPlane;

/// <summary>The commands of the <c>openstack</c> client, all of them <c>list</c> and <c>show</c>.</summary>
internal sealed class OpenStackQuestions(RecordRequest request)
{
    /// <summary>Stands for an id that is not known yet.</summary>
    public const string AnyId = "00000000-0000-0000-0000-000000000000";

    /// <summary>The lists of everything.</summary>
    public IEnumerable<ClientQuestion> Lists()
    {
        ClientQuestion[] all =
        [
            new(RecordKinds.Network, "", "openstack", "network", "list", "--long", "-f", "json"),
            new(RecordKinds.Subnet, "", "openstack", "subnet", "list", "--long", "-f", "json"),
            new(RecordKinds.Port, "", "openstack", "port", "list", "--long", "-f", "json"),
            Agents,
            new(RecordKinds.SecurityGroupRule, "", "openstack", "security", "group", "rule", "list", "-f", "json"),
            Servers,
        ];
        return all.Where(question => request.Wants(question.Kind));
    }

    /// <summary>What finds one port, with the lists that its path is picked from.</summary>
    public IEnumerable<ClientQuestion> Find()
    {
        List<ClientQuestion> questions =
        [
            .. Finders(),
            PortsOwnedBy("network:dhcp"),
            .. request.WithRouters ? QuantumPort.RouterOwners.Select(PortsOwnedBy) : [],
            new(RecordKinds.Subnet, "", "openstack", "subnet", "list", "--long", "-f", "json"),
        ];
        if (request.Wants(RecordKinds.Agent))
            questions.Add(Agents);
        return questions;
    }

    private static ClientQuestion PortsOwnedBy(string owner) =>
        new(RecordKinds.Port, "", "openstack", "port", "list", "--device-owner", owner, "--long", "-f", "json");

    private IEnumerable<ClientQuestion> Finders()
    {
        (PortSelectorForm form, string text) = PortSelector.Classify(request.Port);
        return form switch
        {
            PortSelectorForm.Id =>
            [
                Maybe("openstack", "port", "show", text, "-f", "json"),
                Maybe("openstack", "port", "list", "--device-id", text, "--long", "-f", "json"),
                Maybe("openstack", "port", "list", "--server", text, "--long", "-f", "json"),
            ],
            PortSelectorForm.Mac => [Maybe("openstack", "port", "list", "--mac-address", text, "--long", "-f", "json")],
            PortSelectorForm.Address =>
                [Maybe("openstack", "port", "list", "--fixed-ip", $"ip-address={text}", "--long", "-f", "json")],
            _ => [new(RecordKinds.Port, "", "openstack", "port", "list", "--long", "-f", "json")],
        };
    }

    private static ClientQuestion Maybe(params string[] argv) => new(RecordKinds.Port, "", argv) { MayFail = true };

    /// <summary>All ports and instances: for a text that no filter finds.</summary>
    public static IEnumerable<ClientQuestion> Everything() =>
        [new(RecordKinds.Port, "", "openstack", "port", "list", "--long", "-f", "json"), Servers];

    /// <summary>The ports of an instance.</summary>
    public static IEnumerable<ClientQuestion> PortsOfInstance(string id) =>
        Guid.TryParse(id, out _) ? [Maybe("openstack", "port", "list", "--device-id", id, "--long", "-f", "json")] : [];

    private static ClientQuestion Agents => new(RecordKinds.Agent, "", "openstack", "network",
        "agent", "list", "-f", "json");

    private static ClientQuestion Servers =>
        new(RecordKinds.Instance, "", "openstack", "server", "list", "--all-projects", "--long", "-f", "json");

    public IEnumerable<ClientQuestion> OfPort(string id) =>
        When(RecordKinds.Port, id, "openstack", "port", "show", id, "-f", "json");

    public IEnumerable<ClientQuestion> OfSubnet(string id) =>
        When(RecordKinds.Subnet, id, "openstack", "subnet", "show", id, "-f", "json");

    public IEnumerable<ClientQuestion> OfNetwork(string id) =>
    [
        .. When(RecordKinds.Network, id, "openstack", "network", "show", id, "-f", "json"),
        .. When(RecordKinds.DhcpAgent, id, "openstack", "network", "agent", "list", "--network", id, "-f", "json"),
    ];

    public IEnumerable<ClientQuestion> OfAgent(QuantumAgent agent) =>
        When(RecordKinds.Agent, agent.AgentId, "openstack", "network", "agent", "show", agent.AgentId, "-f", "json");

    public IEnumerable<ClientQuestion> OfInstance(string id) =>
        When(RecordKinds.Instance, id, "openstack", "server", "show", id, "-f", "json");

    public IEnumerable<ClientQuestion> OfGroup(string id) =>
        When(RecordKinds.SecurityGroupRule, id, "openstack", "security", "group", "rule", "list", id, "-f", "json");

    /// <summary>The console's log, which is not JSON: a start of its own.</summary>
    public static ClientQuestion Console(string id) =>
        new(RecordKinds.Console, id, "openstack", "console", "log", "show", id) { Alone = true };

    /// <summary>The question, when its kind is wanted and its id is one: an answer's text never becomes
    /// an option or a command.</summary>
    private ClientQuestion[] When(string kind, string id, params string[] argv) =>
        request.Wants(kind) && Guid.TryParse(id, out _) ? [new ClientQuestion(kind, id, argv)] : [];
}
