using System.Globalization;
using System.Text;
using QuantumNet.Access.Gathering;
using QuantumNet.Diagnosis;
using QuantumNet.Observations.Captures;

namespace QuantumNet.Access.Capture;

/// <summary>Writes the one POSIX sh script that runs all of a node's tcpdumps at once.
/// Each line they print goes out behind the nonce, a letter (O standard output, E standard error,
/// L the limit of bytes) and the tap's number; lines are shorter than PIPE_BUF, so that none is torn. It makes no file,
/// and everything that it started ends when its standard input ends, or says nothing for <see cref="Lease"/> seconds:
/// a connection that was cut without a word leaves no tcpdump either.</summary>
internal static class CaptureScript
{
    /// <summary>Seconds that the node listens without a word from here.</summary>
    public const int Lease = 30;

    /// <summary>The least number that marks a run. Ten digits have all of them.</summary>
    public const uint MarkBase = 0x40000000;

    private const uint MarkBits = 0x3fffffff;

    private const string Functions = """
        tag() {
        b=0
        while IFS= read -r x; do
        b=$((b+${#x}+1))
        [ "$b" -le "$M" ] || { printf '%sL%s %s\n' "$N" "${1#?}" "$b"; break; }
        printf '%s%s %s\n' "$N" "$1" "$x"
        done
        }
        listen() {
        n=$1 t=$2 r=1; shift 2
        { { { go "$@" 2>&3 3>&- 4>&-; printf 'status %s\n' "$?" >&3; } | tag "O$n" >&4; } 3>&1 | tag "E$n" >&4; } &
        l="$l $!"
        }
        l=

        """;

    /// <summary>The script of some taps.</summary>
    /// <param name="taps">The taps, by number.</param>
    /// <param name="node">The node: its variables, and whether it needs sudo.</param>
    /// <param name="limits">How much they may take.</param>
    /// <param name="nonce">Marks the lines; told to nobody.</param>
    /// <param name="run">Marks the processes of this run: hexadecimal digits.</param>
    /// <exception cref="QuantumException">A command is not on the allow-list.</exception>
    public static string Write(
        IReadOnlyList<CaptureTap> taps, InventoryNode node, CaptureLimits limits, string nonce, string run)
    {
        uint mark = MarkOf(run);
        var text = new StringBuilder();
        text.Append("{\n")
            .Append(CultureInfo.InvariantCulture, $"N='{nonce}' QUANTUMNET_RUN='{run}'\nexport QUANTUMNET_RUN\n")
            .Append(CultureInfo.InvariantCulture, $"S={(node.Sudo ? "'sudo -n'" : "")} K='^[a-z/]*tcpdump "
                + $".*{TraceFilter.MarkOf(mark)}' B={Lease} M={limits.MaximumBytes}\n")
            .Append(ScriptParts.Head).Append(ScriptParts.Begin);
        foreach ((string name, string value) in node.Environment)
            text.Append(CultureInfo.InvariantCulture, $"export {name}={ShellQuote.Word(value)}\n");
        text.Append(Functions);
        for (int i = 0; i < taps.Count; i++)
        {
            string[] command = taps[i].Command(limits, mark);
            AllowList.Demand(command);
            text.Append(CultureInfo.InvariantCulture,
                $"listen {i} {limits.DurationSeconds} {ShellQuote.Words(command)}\n");
        }
        return text.Append("wait $l\n").Append(ScriptParts.Tail).ToString();
    }

    /// <summary>A number that no packet's length reaches, and that any tcpdump takes.</summary>
    private static uint MarkOf(string run) =>
        MarkBase | (uint.Parse(run.AsSpan(0, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & MarkBits);
}
