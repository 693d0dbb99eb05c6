using System.Text;
using System.Text.RegularExpressions;

namespace QuantumNet.Snapshots;

/// <summary>Takes secrets out of text before it is kept: passwords, tokens, private keys, user data,
/// and the user part of URLs. What it takes out becomes <c>***</c>. It rather takes too much than too little;
/// nothing that a check reads is a secret.</summary>
public static partial class Scrubber
{
    /// <summary>What stands where a secret was.</summary>
    public const string Mask = "***";

    private const string Names =
        @"[\w.:-]*?(?:password|passwd|passphrase|passcode|secret|token|api_?key|access_?key|private_?key|credential|"
        + @"adminpass|user_?data|[-_]pass\b|[-_]pwd\b)[\w.:-]*";

    private static readonly string[] s_hints = ["pass", "pwd", "secret", "token", "key", "credential", "user", "auth",
        "gAAAA", "://", "basic ", "bearer "];

    /// <summary>Bytes without secrets; the very same memory when there are none.
    /// Other bytes stay as they are, text or not.</summary>
    public static ReadOnlyMemory<byte> Scrub(ReadOnlyMemory<byte> content)
    {
        // Latin-1 maps every byte to one character and back, so what is no secret stays byte for byte.
        string text = Encoding.Latin1.GetString(content.Span);
        string clean = Scrub(text);
        return ReferenceEquals(text, clean) ? content : Encoding.Latin1.GetBytes(clean);
    }

    /// <summary>Text without secrets; the very same string when there are none.</summary>
    public static string Scrub(string text)
    {
        StringBuilder? clean = null;
        bool isInKey = false;
        int start = 0;
        while (start < text.Length)
        {
            int end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            ReadOnlySpan<char> line = text.AsSpan(start, end - start);
            string? changed = ScrubLine(line, ref isInKey);
            if (changed is not null && clean is null)
                clean = new StringBuilder(text.Length).Append(text, 0, start);
            if (changed is not null)
                clean!.Append(changed);
            else
                clean?.Append(line);
            start = end;
        }
        return clean?.ToString() ?? text;
    }

    /// <summary>Arguments without secrets, also where the name is one argument and the value the next.</summary>
    public static string[] Scrub(string[] argv)
    {
        string[] clean = new string[argv.Length];
        for (int i = 0; i < argv.Length; i++)
        {
            bool followsName = i > 0 && argv[i - 1].StartsWith('-') && !argv[i - 1].Contains('=')
                && NameOnly().IsMatch(argv[i - 1].TrimStart('-'));
            clean[i] = followsName && argv[i].Length > 0 ? Mask : Scrub(argv[i]);
        }
        return clean;
    }

    /// <summary>Whether a setting of that name holds a secret.</summary>
    public static bool IsSecretName(string name) => NameOnly().IsMatch(name);

    private static string? ScrubLine(ReadOnlySpan<char> line, ref bool isInKey)
    {
        if (isInKey)
        {
            isInKey = !line.Contains("-----END ", StringComparison.Ordinal);
            return isInKey ? "" : Mask + "\n";
        }
        if (!HasHint(line))
            return null;

        string before = line.ToString();
        string after = KeyBlock().Replace(before, Mask);
        if (after.Contains("PRIVATE KEY-----", StringComparison.Ordinal)
            && after.Contains("-----BEGIN ", StringComparison.Ordinal))
        {
            isInKey = true;
            return after[..after.IndexOf("-----BEGIN ", StringComparison.Ordinal)];
        }
        after = UrlUser().Replace(after, "://***@");
        after = TokenObject().Replace(after, "$1***$3");
        after = Quoted().Replace(after, "$1***$3");
        after = List().Replace(after, "$1\"***\"$2");
        after = Cell().Replace(after, "$1*** $3");
        after = Setting().Replace(after, "$1***");
        after = Pair().Replace(after, "$1***");
        after = Option().Replace(after, "$1***");
        after = Header().Replace(after, "$1***");
        after = Fernet().Replace(after, Mask);
        return after == before ? null : after;
    }

    private static bool HasHint(ReadOnlySpan<char> line)
    {
        foreach (string hint in s_hints)
        {
            if (line.Contains(hint, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex($@"^{Names}$", Plain)]
    private static partial Regex NameOnly();

    /// <summary>A private key in one line (JSON writes its line ends as \n).</summary>
    [GeneratedRegex("-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----", Plain)]
    private static partial Regex KeyBlock();

    /// <summary><c>mysql://user:password@host</c>, <c>rabbit://u:p@a,u:p@b</c>: everything up to the last @.</summary>
    [GeneratedRegex(@"://[^\s'""<>|]*@", Plain)]
    private static partial Regex UrlUser();

    /// <summary>Keystone's <c>"token": {... "id": "..."}</c>.</summary>
    [GeneratedRegex(@"(""token""\s*:\s*\{[^{}]*?""id""\s*:\s*"")([^""]*)("")", Plain)]
    private static partial Regex TokenObject();

    /// <summary>JSON and Python: <c>"adminPass": "x"</c>, <c>'password': u'x'</c>.</summary>
    [GeneratedRegex($@"((?<q>\\?[""']){Names}\k<q>\s*[:=]\s*[ub]?(?<v>\\?[""']))((?:(?!\k<v>)(?:\\.|.))*)(\k<v>)",
        Plain)]
    private static partial Regex Quoted();

    [GeneratedRegex($@"(""{Names}""\s*:\s*\[)[^\[\]]+(\])", Plain)]
    private static partial Regex List();

    /// <summary>A client's table: <c>| adminPass | x |</c>.</summary>
    [GeneratedRegex($@"(\|\s*{Names}\s*\|\s*)([^|]*[^|\s])\s*(\|)", Plain)]
    private static partial Regex Cell();

    /// <summary>An ini file's, a shell file's or an oslo log's whole line: <c>rabbit_password = x y</c>,
    /// <c>export OS_PASSWORD=x</c>.</summary>
    [GeneratedRegex($@"^(\s*(?:export\s+)?{Names}\s*[=:]\s*)(?!\s)[^\r\n{{\[]+", Plain)]
    private static partial Regex Setting();

    /// <summary>Within a line: <c>password=x</c>, <c>DEFAULT.auth_token = x</c>, <c>admin password: x</c>.</summary>
    [GeneratedRegex($@"(\b{Names}\s*[=:]\s*(?:[ub]?[""'])?)(?![\s{{\[""'*])[^\s,;""'&)\]}}]+", Plain)]
    private static partial Regex Pair();

    /// <summary>An argument: <c>--os-password x</c>.</summary>
    [GeneratedRegex($@"((?<=\s|^)--?{Names}\s+)(?![-*])\S+", Plain)]
    private static partial Regex Option();

    [GeneratedRegex(@"((?:authorization|x-(?:auth|subject|service|storage)-token|set-cookie)['""]?\s*[:=]\s*"
        + @"(?:[ub]?['""])?(?:basic |bearer )?)[^\s'"",]+", Plain)]
    private static partial Regex Header();

    /// <summary>A Keystone token by its look.</summary>
    [GeneratedRegex(@"gAAAA[A-Za-z0-9_=-]{20,}")]
    private static partial Regex Fernet();
}
