namespace QuantumNet.Access.Ssh.Config;

/// <summary>One line of an ssh_config file (ssh_config(5)): a keyword in any case, and its arguments after blanks
/// or one <c>=</c>; arguments with blanks stand in double quotes, and what begins with <c>#</c> is a comment:
/// <c>IdentityFile "~/my keys/lab"   # for the lab</c>.</summary>
/// <param name="Keyword">The keyword, in lower case.</param>
/// <param name="Arguments">Its arguments, without quotes.</param>
/// <param name="File">Where it stands.</param>
/// <param name="Number">On which line, from 1.</param>
internal sealed record SshConfigLine(string Keyword, IReadOnlyList<string> Arguments, string File, int Number)
{
    private const string Blanks = " \t\r";

    /// <summary>All that follows the keyword, as one value.</summary>
    public string Whole => string.Join(' ', Arguments);

    /// <summary>Reads a line; false for an empty one and a comment.</summary>
    public static bool TryParse(
        ReadOnlySpan<char> line, string file, int number, [NotNullWhen(true)] out SshConfigLine? parsed)
    {
        parsed = null;
        ReadOnlySpan<char> rest = line.Trim(" \t\r\f");
        if (rest.IsEmpty || rest[0] == '#')
            return false;
        int end = rest.IndexOfAny(" \t=");
        string keyword = (end < 0 ? rest : rest[..end]).ToString().ToLowerInvariant();
        rest = end < 0 ? default : rest[end..].TrimStart(Blanks);
        if (!rest.IsEmpty && rest[0] == '=')
            rest = rest[1..];
        List<string> arguments = [];
        while (TryNext(ref rest, out string argument))
            arguments.Add(argument);
        parsed = new(keyword, arguments, file, number);
        return true;
    }

    /// <summary>Takes the next argument; false at the end, or where a comment begins.</summary>
    private static bool TryNext(ref ReadOnlySpan<char> rest, out string argument)
    {
        rest = rest.TrimStart(Blanks);
        argument = "";
        if (rest.IsEmpty || rest[0] == '#')
            return false;
        System.Text.StringBuilder text = new();
        bool isQuoted = false;
        int at = 0;
        for (; at < rest.Length && (isQuoted || !Blanks.Contains(rest[at])); at++)
        {
            if (rest[at] == '\\' && at + 1 < rest.Length && rest[at + 1] is '"' or '\\' or '\'')
                text.Append(rest[++at]);
            else if (rest[at] == '"')
                isQuoted = !isQuoted;
            else
                text.Append(rest[at]);
        }
        rest = rest[at..];
        argument = text.ToString();
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Number}";
}
