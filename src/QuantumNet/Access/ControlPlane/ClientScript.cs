using System.Globalization;
using System.Text;

namespace QuantumNet.Access.ControlPlane;

/// <summary>Puts client commands into one POSIX <c>sh</c> script for a node. Each command's output goes through a file in a
/// private folder that the script takes away again, so that commands run side by side and outputs stay apart; nothing that
/// <c>environmentFile</c> sets is printed.</summary>
public static class ClientScript
{
    /// <summary>Exit status when the environment file cannot be read.</summary>
    public const int NoEnvironmentFile = 66;

    /// <summary>Commands at a time.</summary>
    public const int Parallel = 4;

    /// <summary>The script. On its standard output it prints for each command a line <c>frame N status seconds out-bytes err-bytes</c>,
    /// then exactly so many bytes of standard output and of standard error, and a line feed.</summary>
    /// <param name="commands">The commands.</param>
    /// <param name="environmentFile">A file for the shell to read first; empty for none.</param>
    /// <param name="frame">A word that no output holds; the caller makes a new one each time.</param>
    public static string Write(IReadOnlyList<ClientCommand> commands, string environmentFile, string frame)
    {
        var script = new StringBuilder();
        script.Append("LC_ALL=C; export LC_ALL; umask 077\n");
        script.Append("d=$(mktemp -d) || exit 73\ntrap 'rm -rf \"$d\"' EXIT\ntrap 'kill $(jobs -p) 2>/dev/null; exit 143' HUP INT TERM\n");
        if (environmentFile.Length > 0)
        {
            string file = Quote(Rooted(environmentFile));
            script.Append(CultureInfo.InvariantCulture, $"test -r {file} || exit {NoEnvironmentFile}\n");
            script.Append(CultureInfo.InvariantCulture, $"set -a; . {file} >/dev/null 2>&1 </dev/null; set +a\n");
        }
        for (int i = 0; i < commands.Count; i++)
        {
            AppendCommand(script, commands[i], i);
            if ((i + 1) % Parallel == 0)
                script.Append("wait\n");
        }
        script.Append("wait\n");
        script.Append(CultureInfo.InvariantCulture, $"i=0\nwhile [ $i -lt {commands.Count} ]; do\n");
        script.Append(CultureInfo.InvariantCulture, $"printf '{frame} %s %s %s %s\\n' $i \"$(cat \"$d/$i.s\")\" $(wc -c <\"$d/$i.o\") $(wc -c <\"$d/$i.e\")\n");
        script.Append("cat \"$d/$i.o\" \"$d/$i.e\"; echo\ni=$((i+1))\ndone\n");
        return script.ToString();
    }

    private static void AppendCommand(StringBuilder script, ClientCommand command, int index)
    {
        string argv = string.Join(' ', command.Argv.Select(Quote));
        string input = command.StandardInput.Length == 0 ? "</dev/null" : $"<\"$d/{index}.i\"";
        if (command.StandardInput.Length > 0)
            script.Append(CultureInfo.InvariantCulture, $"printf '%s' {Quote(command.StandardInput)} >\"$d/{index}.i\"\n");
        script.Append("( b=$(date +%s); timeout -k 2 ")
            .Append(CultureInfo.InvariantCulture, $"{command.TimeoutSeconds} {argv} {input} >\"$d/{index}.o\" 2>\"$d/{index}.e\"; ")
            .Append(CultureInfo.InvariantCulture, $"s=$?; echo $s $(( $(date +%s) - b )) >\"$d/{index}.s\" ) &\n");
    }

    /// <summary><c>.</c> looks a bare name up in PATH, so a relative path gets its <c>./</c>.</summary>
    private static string Rooted(string path) =>
        path.StartsWith('/') ? path : path.StartsWith("~/", StringComparison.Ordinal) ? path : "./" + path;

    /// <summary>A word for sh that stays as it is, whatever it holds.</summary>
    internal static string Quote(string word) => word.StartsWith("~/", StringComparison.Ordinal)
        ? "\"$HOME\"/" + Quote(word[2..])
        : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
