using QuantumNet.Snapshots;

namespace QuantumNet.Access;

/// <summary>Compares host names leniently: the records may say <c>compute1.example.org</c> where the inventory says
/// <c>compute1</c>.</summary>
internal static class HostName
{
    /// <summary>Whether two names are of one host: equal, or one the other's short name.
    /// Addresses are equal or not.</summary>
    public static bool Same(string left, string right)
    {
        if (left.Equals(right, StringComparison.OrdinalIgnoreCase))
            return true;
        if (System.Net.IPAddress.TryParse(left, out _) || System.Net.IPAddress.TryParse(right, out _)
            || (left.Contains('.') && right.Contains('.')))
            return false;
        return Short(left).Equals(Short(right), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a name that was asked for, wildcards allowed, means a host.</summary>
    public static bool Fits(string asked, string host) =>
        Wildcard.IsPattern(asked) ? new Wildcard(asked).Matches(host) : Same(asked, host);

    /// <summary>The name up to its first dot.</summary>
    public static string Short(string name) => name.IndexOf('.') is > 0 and int dot ? name[..dot] : name;

    /// <summary>Whether a name or address may be given to ssh: no option, no URL, nothing that a shell
    /// or ssh_config would expand.</summary>
    public static bool IsSafe(string name) => name.Length is > 0 and < 256 && name[0] != '-'
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ':' or '%' or '[' or ']');
}
