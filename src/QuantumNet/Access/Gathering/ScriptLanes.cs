using System.Globalization;
using System.Text;
using QuantumNet.Snapshots;
using QuantumNet.Snapshots.Frames;

namespace QuantumNet.Access.Gathering;

/// <summary>Lays out what runs side by side on a node: each lane is a shell of its own whose commands run one after
/// another. The last lane prints as it goes; what another prints waits in a pipe until those after it are done, so that
/// no output is torn and no file is made.</summary>
internal static class ScriptLanes
{
    /// <summary>How many there are at most: a pipe waits at each of the descriptors 6, 7 and 8.</summary>
    public const int Most = 4;

    private const int FirstPipe = 6;

    private static readonly string[] s_readers = ["cat", "sed", "grep", "tail", "journalctl", "dmesg"];

    /// <summary>The commands by what answers them: Open vSwitch, files and logs, the kernel. The most likely to hang
    /// comes first: nothing waits for the first lane. A command and what stands in for it are in one lane.</summary>
    public static PlannedCommand[][] Split(IEnumerable<PlannedCommand> commands) =>
        [.. commands.GroupBy(command => LaneOf(command.Template)).OrderBy(lane => lane.Key)
            .Select(lane => lane.ToArray())];

    private static int LaneOf(CommandTemplate template) =>
        template.Argv[0].StartsWith("ovs-", StringComparison.Ordinal) ? 0
        : Array.IndexOf(s_readers, template.Argv[0]) >= 0 ? 1 : 2;

    /// <summary>The lanes' bodies as one piece of script.</summary>
    public static string Join(IReadOnlyList<string> bodies)
    {
        if (bodies.Count < 2)
            return string.Concat(bodies);
        StringBuilder text = new();
        for (int i = 0; i < bodies.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"lane{i}() {{\n{bodies[i]}}}\n");
        for (int i = 0; i < bodies.Count - 1; i++)
            text.Append(CultureInfo.InvariantCulture,
                $"lane{i} 4>&1{Closed(i)} | {{ exec {FirstPipe + i}<&0 </dev/null\n");
        text.Append(CultureInfo.InvariantCulture, $"lane{bodies.Count - 1}{Closed(bodies.Count - 1)}\n");
        for (int i = bodies.Count - 2; i >= 0; i--)
            text.Append(CultureInfo.InvariantCulture, $"cat <&{FirstPipe + i}\n}}\n");
        return text.ToString();
    }

    /// <summary>A lane holds no other lane's pipe: that one would not learn that its reader is gone.</summary>
    private static string Closed(int lane) => string.Concat(Enumerable.Range(FirstPipe, lane)
        .Select(pipe => string.Create(CultureInfo.InvariantCulture, $" {pipe}<&-")));
}
