namespace QuantumNet.Snapshots;

/// <summary>What the place-holders of a template stand for in a command that ran.</summary>
/// <param name="Template">The template.</param>
/// <param name="Subject">What it asked about; empty for the node.</param>
/// <param name="IsExact">Whether the command is the template's own, not one that prints the same.</param>
internal sealed record TemplateMatch(CommandTemplate Template, string Subject, bool IsExact)
{
    private static readonly string[] s_holders = ["{bridge}", "{namespace}", "{network}",
        "{folder}", "{pid}", "{file}", "{family}", "{table}"];
    private static readonly string[] s_fileReaders =
        ["cat", "tail", "head", "grep", "egrep", "fgrep", "sed", "zcat", "zgrep", "gunzip", "gzip", "less", "more",
            "nl", "awk", "xzcat", "bzcat", "strings"];

    private static readonly string[] s_wholeReaders =
        ["cat", "zcat", "gunzip", "gzip", "less", "more", "sed", "xzcat", "bzcat"];

    /// <summary>Which part of the template's answer it tells; empty for all, or when it is the only one.</summary>
    public string Part { get; init; } = "";

    /// <summary>Whether nothing of the template's answer is left out.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>Of several that tell the same part, the highest is read.</summary>
    public int Rank { get; init; }

    /// <summary>Whether an argument holds a place-holder.</summary>
    public static bool HasHolder(string argument) => Array.Exists(s_holders, argument.Contains);

    /// <summary>The file that a command reads and prints; empty when it reads none, or several.</summary>
    public static string FileOf(string[] bareArgv)
    {
        if (bareArgv.Length < 2 || !ReadsFile(bareArgv[0]) || !bareArgv[^1].StartsWith('/'))
            return "";
        bool takesExpression = Array.IndexOf(s_wholeReaders, bareArgv[0]) < 0 || bareArgv[0] == "sed";
        return takesExpression || Array.FindAll(bareArgv[1..], word => word.StartsWith('/')).Length == 1 ? bareArgv[^1]
            : "";
    }

    /// <summary>Matches a command against a template; null when it is another command.</summary>
    /// <param name="template">The template.</param>
    /// <param name="argv">The command as it ran.</param>
    /// <param name="form">Its form.</param>
    /// <param name="file">The file it reads; empty for none.</param>
    public static TemplateMatch? Find(CommandTemplate template, string[] argv, CommandForm form, string file) =>
        BindAll(template, template.Argv, argv) is { } subject ? new(template, subject, IsExact: true)
        : BindFile(template, file) is { } path ? OfFile(template, path, form)
        : BindForm(template, form);

    private static TemplateMatch? BindForm(CommandTemplate template, CommandForm form)
    {
        CommandForm wanted = template.Form;
        bool isInNamespace = form.Namespace.Length > 0;
        bool fits = isInNamespace == wanted.Namespace.Length > 0 || (!isInNamespace && template.IsReadOfNode);
        if (!fits || BindWords(template, wanted, form) is not { } subject)
            return null;
        return new(template, isInNamespace ? form.Namespace : subject, IsExact: false) { Part = form.Part,
            IsWhole = form.IsWhole, Rank = form.Rank };
    }

    private static string? BindWords(CommandTemplate template, CommandForm wanted, CommandForm form) =>
        wanted.Words is ["journalctl", var topic] && form.Words is ["journalctl", var told]
            ? topic == told || told == "all" || (topic == "all" && told == "agents") ? "" : null
            : BindAll(template, wanted.Words, form.Words);

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

    private static TemplateMatch OfFile(CommandTemplate template, string subject, CommandForm form)
    {
        bool isLog = template.KeepsTail;
        bool isWhole = form.IsWhole
            && (isLog || form.Words.Length == 0 || Array.IndexOf(s_wholeReaders, form.Words[0]) >= 0);
        return new(template, subject, IsExact: false) { Part = isWhole ? "" : "some lines", IsWhole = isWhole };
    }

    /// <summary>One file read by <c>cat</c> here and by <c>tail -n 500</c> there is the same file.</summary>
    private static string? BindFile(CommandTemplate template, string file)
    {
        if (file.Length == 0 || template.Argv.Length < 2 || !ReadsFile(template.Argv[0]))
            return null;
        string subject = "";
        return Bind(template, template.Argv[^1], file, ref subject) ? subject : null;
    }

    private static bool ReadsFile(string program) => Array.IndexOf(s_fileReaders, CommandPrefix.Program(program)) >= 0;

    private static bool Bind(CommandTemplate template, string pattern, string argument, ref string subject)
    {
        string? holder = Array.Find(s_holders, pattern.Contains);
        if (holder is null)
            return pattern == argument;
        int at = pattern.IndexOf(holder, StringComparison.Ordinal);
        string after = pattern[(at + holder.Length)..];
        if (argument.Length <= at + after.Length
            || !argument.AsSpan().StartsWith(pattern.AsSpan(0, at), StringComparison.Ordinal)
            || !argument.EndsWith(after, StringComparison.Ordinal))
            return false;
        string value = argument[at..(argument.Length - after.Length)];
        string named = holder == "{folder}" ? value.TrimEnd('/')[(value.TrimEnd('/').LastIndexOf('/') + 1)..] : value;
        if (holder == "{table}")
            (named, subject) = ($"{subject} {value}", "");
        if (!Fits(template, holder, value, named) || (subject.Length > 0 && subject != named))
            return false;
        subject = named;
        return true;
    }

    private static bool Fits(CommandTemplate template, string holder, string value, string named) => holder switch
    {
        "{file}" => Array.Exists(template.FilePatterns, pattern => FilePattern.Matches(pattern, value))
            || Array.Exists(template.OfflinePatterns, pattern => FilePattern.Matches(pattern, value)),
        "{folder}" => value.StartsWith('/') && value.Contains("/dhcp/", StringComparison.Ordinal)
            && Guid.TryParse(named, out _),
        "{network}" => Guid.TryParse(value, out _),
        "{pid}" => int.TryParse(value, out _),
        _ => true,
    };
}
