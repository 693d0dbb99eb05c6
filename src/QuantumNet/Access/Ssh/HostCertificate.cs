using System.IO.Enumeration;

namespace QuantumNet.Access.Ssh;

/// <summary>What a host's certificate claims (OpenSSH, PROTOCOL.certkeys). Whoever read it has verified its signature
/// and its dates.</summary>
/// <param name="Authority">The key that signed it.</param>
/// <param name="IsForHosts">Whether it is a host's, not a user's.</param>
/// <param name="Principals">The names that it is for, or patterns of them; empty for all.</param>
/// <param name="HasCriticalOptions">Whether it sets conditions: none is defined for hosts, so that ssh refuses
/// such a certificate.</param>
internal sealed record HostCertificate(
    HostKey Authority, bool IsForHosts, IReadOnlyList<string> Principals, bool HasCriticalOptions)
{
    /// <summary>Whether it speaks of a host, in whatever case.</summary>
    public bool IsOf(string host) => IsForHosts && !HasCriticalOptions
        && (Principals.Count == 0 || Principals.Any(name => FileSystemName.MatchesSimpleExpression(name, host)));
}
