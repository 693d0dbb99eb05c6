namespace QuantumNet.Access.ControlPlane;

/// <summary>The client commands that may run on a controller: those that list and show, and nothing else.</summary>
public static class ClientAllowList
{
    private static readonly string[][] s_openstack =
    [
        ["network", "list"], ["network", "show"],
        ["subnet", "list"], ["subnet", "show"],
        ["port", "list"], ["port", "show"],
        ["network", "agent", "list"], ["network", "agent", "show"],
        ["security", "group", "rule", "list"],
        ["server", "list"], ["server", "show"],
        ["console", "log", "show"], ["--version"],
    ];

    private static readonly string[] s_old =
    [
        "--version", "net-list", "net-show", "subnet-list", "subnet-show", "port-list", "port-show",
        "agent-list", "agent-show", "dhcp-agent-list-hosting-net", "security-group-rule-list",
    ];

    private static readonly string[] s_nova = ["list", "show", "console-log"];

    /// <summary>Whether a command may run; each line of an interactive client's input is looked at too.</summary>
    public static bool Allows(ClientCommand command)
    {
        if (command.StandardInput.Length == 0)
            return Allows(command.Argv);
        if (command.Argv is not ["openstack"] || !command.StandardInput.EndsWith('\n'))
            return false;
        foreach (string line in command.StandardInput[..^1].Split('\n'))
        {
            string[] words = line.Split(' ');
            bool isFrame = words is ["!echo", var frame] && ClientBatch.IsPlain(frame);
            if (!isFrame && !(ClientBatch.CanTake(["openstack", .. words]) && Allows(["openstack", .. words])))
                return false;
        }
        return true;
    }

    /// <summary>Whether an argv may run.</summary>
    public static bool Allows(string[] argv) => argv switch
    {
        ["openstack", .. var words] => Array.Exists(s_openstack, allowed => words.AsSpan().StartsWith(allowed)),
        ["neutron" or "quantum", var verb, ..] => Array.IndexOf(s_old, verb) >= 0,
        ["nova", var verb, ..] => Array.IndexOf(s_nova, verb) >= 0,
        _ => false,
    };
}
