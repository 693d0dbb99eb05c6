namespace QuantumNet.Snapshots;

/// <summary>The command behind the name of a file of a sosreport. sos makes each run of characters other than letters,
/// digits, <c>-</c>, <c>.</c>, <c>_</c> and <c>/</c> one <c>_</c>, and then each <c>/</c> a <c>.</c> (sos/utilities.py,
/// sos_get_command_output; report/plugins, _mangle_command).</summary>
internal static class SosCommand
{
    /// <summary>Names that hold an underscore themselves.</summary>
    private static readonly string[][] s_joined = [["Open", "vSwitch"], ["Flow", "Table"], ["CT", "Zone"],
        ["CT", "Timeout", "Policy"]];

    /// <summary>The command; null when the name is a file's, not a command's.</summary>
    public static string[]? Of(string file)
    {
        List<string> words = [.. file.Split('_', StringSplitOptions.RemoveEmptyEntries)];
        if (words.Count == 0 || words[0].Contains('.'))
            return null;
        foreach (string[] name in s_joined)
            Join(words, name);
        for (int i = 1; i < words.Count; i++)
        {
            // What begins with a slash is a path: "ls -l /var/log" is in "ls_-l_.var.log".
            if (words[i].StartsWith('.') && words[i].Length > 1)
                words[i] = words[i].Replace('.', '/');
        }
        int tool = words.FindIndex(word => word is "ovs-appctl" or "ovs-ofctl");
        if (tool >= 0)
            ReadSwitch(words, tool);
        return [.. words];
    }

    private static void Join(List<string> words, string[] name)
    {
        for (int i = 0; i + name.Length <= words.Count; i++)
        {
            if (words.Skip(i).Take(name.Length).SequenceEqual(name))
            {
                words[i] = string.Join('_', name);
                words.RemoveRange(i + 1, name.Length - 1);
            }
        }
    }

    /// <summary><c>fdb.show</c> was <c>fdb/show</c>; what follows the command and its options is one bridge,
    /// whose name may hold underscores.</summary>
    private static void ReadSwitch(List<string> words, int tool)
    {
        int at = tool + 1;
        while (at < words.Count && words[at].StartsWith('-'))
            at += words[at] is "-O" or "-t" or "-T" ? 2 : 1;
        if (at >= words.Count)
            return;
        if (words[tool] == "ovs-appctl")
            words[at] = words[at].Replace('.', '/');
        else if (words[at] is not ("dump-flows" or "show" or "dump-ports-desc" or "dump-groups"))
            return;
        at++;
        while (at < words.Count && words[at].StartsWith('-'))
            at++;
        if (at + 1 < words.Count && !words.Skip(at).Any(word => word.StartsWith('-')))
        {
            words[at] = string.Join('_', words.Skip(at));
            words.RemoveRange(at + 1, words.Count - at - 1);
        }
    }
}
