using System.Text;

namespace QuantumNet.Access.Ssh.Config;

/// <summary>What ssh_config is asked: a host, as a command line names it.</summary>
/// <param name="Host">The name.</param>
/// <param name="Home">The user's folder.</param>
internal sealed record SshConfigQuery(string Host, string Home)
{
    /// <summary>The user that the command line or the inventory names; empty for none.</summary>
    public string User { get; init; } = "";
    /// <summary>The port that the command line or the inventory names; null for none.</summary>
    public int? Port { get; init; }
    /// <summary>The user of this machine.</summary>
    public string LocalUser { get; init; } = Environment.UserName;

    /// <summary>Replaces <c>~</c>, <c>${NAME}</c> and the tokens of a path (ssh_config(5), TOKENS).</summary>
    /// <exception cref="FormatException">A token or a variable is not known.</exception>
    public string Path(string text, string hostName, int port, string user, string alias)
    {
        string value = text == "~" || text.StartsWith("~/", StringComparison.Ordinal) ? Home + text[1..] : text;
        return Tokens(Variables(value), token => token switch
        {
            'd' => Home,
            'h' => hostName,
            'i' => UserId(),
            'k' => alias.Length > 0 ? alias : Host,
            'L' => ShortLocalName,
            'l' => Environment.MachineName,
            'n' => Host,
            'p' => port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            'r' => user,
            'u' => LocalUser,
            _ => null,
        });
    }

    /// <summary>Replaces the tokens of HostName.</summary>
    /// <exception cref="FormatException">A token is not known.</exception>
    public string NameOf(string text) => Tokens(text, token => token is 'h' ? Host : null);

    private static string ShortLocalName => Environment.MachineName.Split('.')[0];

    // Without a call of its own .NET tells no user id; /proc does where there is one.
    private static string? UserId()
    {
        try
        {
            string? line = File.ReadLines("/proc/self/status")
                .FirstOrDefault(line => line.StartsWith("Uid:", StringComparison.Ordinal));
            return line?.Split('\t')[1];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Tokens(string text, Func<char, string?> valueOf)
    {
        StringBuilder all = new();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
                all.Append(text[i]);
            else if (++i == text.Length)
                throw new FormatException("'%' ends it; a percent sign is '%%'");
            else
                all.Append(text[i] == '%' ? "%"
                    : valueOf(text[i]) ?? throw new FormatException($"the token %{text[i]} is not known here"));
        }
        return all.ToString();
    }

    private static string Variables(string text)
    {
        int start;
        while ((start = text.IndexOf("${", StringComparison.Ordinal)) >= 0)
        {
            int end = text.IndexOf('}', start);
            string name = end < 0 ? "" : text[(start + 2)..end];
            string value = (name.Length > 0 ? Environment.GetEnvironmentVariable(name) : null)
                ?? throw new FormatException($"the variable '{name}' is not set");
            text = text[..start] + value.Replace("${", "$", StringComparison.Ordinal) + text[(end + 1)..];
        }
        return text;
    }
}
