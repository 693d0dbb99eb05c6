namespace QuantumNet.Snapshots;

/// <summary>What the place-holders of a template stand for in a command that ran.</summary>
/// <param name="Template">The template.</param>
/// <param name="Subject">What it asked about; empty for the node.</param>
/// <param name="IsExact">Whether the command is the template's own, not one of another tool that prints the same.</param>
internal sealed record TemplateMatch(CommandTemplate Template, string Subject, bool IsExact)
{
    private static readonly string[] s_holders = ["{bridge}", "{namespace}", "{network}", "{folder}", "{pid}", "{file}"];
    private static readonly string[] s_fileReaders = ["cat", "tail", "head", "grep"];

    /// <summary>Whether an argument holds a place-holder.</summary>
    public static bool HasHolder(string argument) => Array.Exists(s_holders, argument.Contains);

    /// <summary>Matches a command against a template; null when it is another command.</summary>
    public static TemplateMatch? Find(CommandTemplate template, string[] argv) =>
        BindAll(template, template.Argv, argv) is { } subject ? new(template, subject, IsExact: true)
        : BindFile(template, argv) is { } file ? new(template, file, IsExact: false)
        : BindAll(template, CommandForm.Plain(template.Argv), CommandForm.Plain(argv)) is { } loose ? new(template, loose, IsExact: false)
        : null;

    private static string? BindAll(CommandTemplate template, string[] pattern, string[] argv)
    {
        if (pattern.Length != argv.Length)
            return null;
        string subject = "";
        for (int i = 0; i < argv.Length; i++)
        {
            if (!Bind(template, pattern[i], argv[i], ref subject))
                return null;
        }
        return subject;
    }

    /// <summary>One file read by <c>cat</c> here and by <c>tail -n 500</c> there is the same file.</summary>
    private static string? BindFile(CommandTemplate template, string[] argv)
    {
        if (template.Argv.Length < 2 || argv.Length < 2 || !ReadsFile(template.Argv[0]) || !ReadsFile(argv[0]))
            return null;
        string subject = "";
        return argv[^1].StartsWith('/') && Bind(template, template.Argv[^1], argv[^1], ref subject) ? subject : null;
    }

    private static bool ReadsFile(string program) => Array.IndexOf(s_fileReaders, CommandForm.Program(program)) >= 0;

    private static bool Bind(CommandTemplate template, string pattern, string argument, ref string subject)
    {
        string? holder = Array.Find(s_holders, pattern.Contains);
        if (holder is null)
            return pattern == argument;

        int at = pattern.IndexOf(holder, StringComparison.Ordinal);
        string after = pattern[(at + holder.Length)..];
        if (argument.Length <= at + after.Length || !argument.AsSpan().StartsWith(pattern.AsSpan(0, at), StringComparison.Ordinal)
            || !argument.EndsWith(after, StringComparison.Ordinal))
            return false;

        string value = argument[at..(argument.Length - after.Length)];
        string named = holder == "{folder}" ? value.TrimEnd('/')[(value.TrimEnd('/').LastIndexOf('/') + 1)..] : value;
        if (!Fits(template, holder, value, named) || (subject.Length > 0 && subject != named))
            return false;
        subject = named;
        return true;
    }

    private static bool Fits(CommandTemplate template, string holder, string value, string named) => holder switch
    {
        "{file}" => Array.Exists(template.FilePatterns, pattern => FilePattern.Matches(pattern, value)),
        "{folder}" => value.StartsWith('/') && value.Contains("/dhcp/", StringComparison.Ordinal) && Guid.TryParse(named, out _),
        "{network}" => Guid.TryParse(value, out _),
        "{pid}" => int.TryParse(value, out _),
        "{namespace}" => value.StartsWith("qdhcp-", StringComparison.Ordinal) || HasHolder(value),
        _ => true,
    };
}
