namespace QuantumNet.Access.Gathering;

/// <summary>The sorts of arguments that patterns of the allow-list leave open.</summary>
internal static class ArgumentSort
{
    private static readonly string[] s_folders =
    [
        "/etc/neutron/", "/etc/quantum/", "/etc/nova/", "/var/log/", "/var/lib/neutron/", "/var/lib/quantum/",
        "/run/openvswitch/", "/var/run/openvswitch/", "/etc/kolla/neutron-",
        "/var/lib/config-data/puppet-generated/neutron/", "/var/snap/openstack-hypervisor/common/",
        "/var/snap/microstack/common/", "/var/lib/docker/volumes/kolla_logs/_data/",
        "/var/lib/containers/storage/volumes/kolla_logs/_data/",
        .. Snapshots.ServicePlaces.DhcpFolders.Select(folder => folder + "/"),
        "/proc/", "/sys/class/net", "/sys/devices/virtual/net/", "/sys/module/", "/run/netns", "/var/run/netns",
    ];

    private static readonly string[] s_files = ["/etc/os-release", "/etc/hostname", "/etc/hosts", "/etc/resolv.conf",
        "/etc/dnsmasq.conf", "/etc/redhat-release", "/etc/debian_version"];

    /// <summary>Whether an argument is of a sort.</summary>
    public static bool Fits(string sort, string argument) => sort switch
    {
        "<file>" => IsFile(argument),
        "<blot>" => argument == Snapshots.AgentConfigCollector.Blot,
        "<setting>" => argument.Length > 0 && argument[0] != '-' && !argument.Contains('='),
        "<filter>" => argument.StartsWith('('),
        "<telnet>" => argument.StartsWith("telnet://", StringComparison.Ordinal)
            && argument.Skip("telnet://".Length).All(c => char.IsAsciiDigit(c) || c is '.' or ':'),
        "<clock>" => argument.StartsWith('+'),
        _ => argument.Length > 0 && argument[0] != '-',
    };

    /// <summary>A namespace of ours, or its place-holder.</summary>
    public static bool IsNamespace(string argument) => argument is "{namespace}" or "qdhcp-{network}"
        || argument.StartsWith("qdhcp-", StringComparison.Ordinal)
        || argument.StartsWith("qrouter-", StringComparison.Ordinal);

    /// <summary>A container's name (docker-run(1)): no option, nothing that a shell reads.</summary>
    public static bool IsContainer(string argument) => argument.Length > 0 && argument[0] is not ('-' or '.' or '_')
        && argument.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    /// <summary>A file below a folder that may be read, or its place-holder;
    /// never one with secrets of the system.</summary>
    private static bool IsFile(string argument)
    {
        if (argument == "{file}" || argument.StartsWith("{folder}/", StringComparison.Ordinal)
            || argument == "{folder}")
            return !argument.Contains("..", StringComparison.Ordinal);
        return !argument.Contains("..", StringComparison.Ordinal) && !IsMemory(argument)
            && (Array.IndexOf(s_files, argument) >= 0
                || Array.Exists(s_folders, folder => argument.StartsWith(folder, StringComparison.Ordinal)));
    }

    /// <summary>Environments and memory of processes hold secrets.</summary>
    private static bool IsMemory(string path) => path.StartsWith("/proc/", StringComparison.Ordinal)
        && (path.EndsWith("/environ", StringComparison.Ordinal) || path.EndsWith("/mem", StringComparison.Ordinal)
            || path.EndsWith("/kcore", StringComparison.Ordinal) || path.Contains("/root", StringComparison.Ordinal)
            || path.Contains("/fd/", StringComparison.Ordinal) || path.Contains("/cwd", StringComparison.Ordinal));

    /// <summary>A pattern of files that may stand in a script as it is.</summary>
    public static bool IsFilePattern(string pattern)
    {
        foreach (char c in pattern)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('/' or '.' or '-' or '_' or '*' or '?' or '[' or ']' or '!'))
                return false;
        }
        return pattern.StartsWith('/') && IsFile(pattern);
    }
}
