using System.Globalization;
using System.Text;
using QuantumNet.Access.Gathering;
using QuantumNet.Snapshots;
using QuantumNet.Snapshots.Frames;
using QuantumNet.Snapshots.Parts;

namespace QuantumNet.Access.Collecting;

/// <summary>What a collector's script is to ask.</summary>
internal sealed record CollectorOptions
{
    public CollectorRole Role { get; init; }

    /// <summary>Names of collectors; those of the role when empty.</summary>
    public string[] Collectors { get; init; } = [];

    /// <summary>Networks whose namespaces and files are wanted, whole ids; all when empty.</summary>
    public string[] NetworkIds { get; init; } = [];

    /// <summary>Whether commands that need root go through <c>sudo -n</c>.</summary>
    public bool Sudo { get; init; }

    /// <summary>Files on the node that may set the client's variables; the usual ones when empty.</summary>
    public string[] EnvironmentFiles { get; init; } = [];

    /// <summary>Seconds until the script ends whatever still runs.</summary>
    public int TimeoutSeconds { get; init; } = 600;
}

/// <summary>Writes a script that whoever can run something on a node runs there: it asks what the gatherer asks, with
/// the gatherer's own script, writes no file, and prints one part of a snapshot.</summary>
internal static class CollectorScript
{
    /// <summary>What only nodes with DHCP servers have.</summary>
    private static readonly string[] s_serving =
        ["DhcpServer", "DhcpHost", "DhcpOption", "DhcpLease", "DhcpConfig", "DhcpEvent"];

    /// <summary>The script.</summary>
    /// <exception cref="QuantumException">There is no collector of such a name.</exception>
    public static string Write(CollectorOptions options)
    {
        GatherPlan plan = PlanOf(options);
        bool withRecords = options.Role is CollectorRole.Controller or CollectorRole.All;
        string[] clients = withRecords ? ControlPlaneScript.Clients : [];
        List<string> lanes = [.. GatherScript.LanesOf(plan, masks: true)];
        if (withRecords)
            lanes.Insert(0, ControlPlaneScript.Write(options, plan.Commands.Length));
        StringBuilder text = new();
        return text.Append(Head(options))
            .Append("collect() {\n").Append(Begin)
            .Append(options.Sudo ? "S='sudo -n'" : "S=")
            .Append(CultureInfo.InvariantCulture, $" K= A={options.TimeoutSeconds}\n")
            .Append("H=").Append(ShellQuote.Word(NodeMask.Program)).Append('\n')
            .Append(ScriptParts.AloneHead).Append(NodeMask.Function)
            .Append("clock; printf '%s\\n%sM%s%sI%s%sH%s %s\\n' \"$N\" \"$N\" ")
            .Append(ShellQuote.Word(PartManifest.Write(Manifest(options, plan, clients))))
            .Append(" \"$N\" \"${1:-$(uname -n)}\" \"$N\" \"$c\" \"$(date +%s)\"\n")
            .Append(ScriptLanes.Join(lanes)).Append(ScriptParts.LastWord).Append("}\n")
            .Append(Tail).ToString();
    }

    private static GatherPlan PlanOf(CollectorOptions options)
    {
        if (options.Role == CollectorRole.Controller)
            return GatherPlan.For([]);
        IReadOnlyList<ICollector> chosen = GatherPlan.Choose(options.Collectors, Snapshots.Collectors.All);
        return GatherPlan.For(options.Role == CollectorRole.Compute && options.Collectors.Length == 0
            ? chosen.Where(collector => Array.IndexOf(s_serving, collector.Name) < 0) : chosen, options.NetworkIds);
    }

    private static PartManifest Manifest(CollectorOptions options, GatherPlan plan, string[] clients) => new()
    {
        ToolVersion = ProductVersion.Text,
        Role = options.Role == CollectorRole.All ? "" : options.Role.ToString().ToLowerInvariant(),
        Commands = [.. plan.Commands.Select(PartCommand.Of), .. clients.Select(ControlPlaneScript.CommandOf)],
    };

    private static string Head(CollectorOptions options) => $$"""
        #!/bin/sh
        # The collector of QuantumNet {{ProductVersion.Text}} for role {{options.Role.ToString().ToLowerInvariant()}}: reads, changes nothing, writes no file.
        # What it prints is one part of a snapshot: Import-QuantumSnapshot joins them. Run it as root,
        # by 'sh -s < SCRIPT', 'sh SCRIPT', or 'sh SCRIPT NAME' where the node's name is not what 'uname -n' says.
        {

        """;

    // Two numbers that no output can know, from the kernel. What packs the output is to outlive what makes it.
    private const string Begin = """
        N= QUANTUMNET_RUN=
        read -r N </proc/sys/kernel/random/uuid
        read -r QUANTUMNET_RUN </proc/sys/kernel/random/uuid
        [ -n "$N" ] && [ -n "$QUANTUMNET_RUN" ] || exit 1
        export QUANTUMNET_RUN
        read -r Y x </proc/self/stat

        """;

    private const string Tail = $$"""
        if command -v gzip >/dev/null 2>&1 && command -v base64 >/dev/null 2>&1; then
        echo '{{PartText.Mark}} base64'
        collect "$@" | gzip -c | base64
        else
        echo '{{PartText.Mark}} plain'
        collect "$@"
        fi
        exit 0
        }

        """;
}
