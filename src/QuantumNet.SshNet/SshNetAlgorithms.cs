using Renci.SshNet;

namespace QuantumNet.SshNet;

/// <summary>Which of SSH.NET's algorithms are offered: those that today's ssh offers, too, and the types of the known
/// host keys first.</summary>
internal static class SshNetAlgorithms
{
    private static readonly string[] s_weak = ["-cbc", "arcfour", "md5", "-96", "-sha1"];
    // SHA-1 is sound within HMAC
    private static readonly string[] s_strong = ["hmac-sha1", "hmac-sha1-etm@openssh.com"];
    private const string Certified = "-cert-v01@openssh.com";
    private static readonly string[] s_weakKeys = ["ssh-dss", "ssh-rsa", "ssh-rsa" + Certified];

    /// <summary>Chooses for a connection.</summary>
    /// <param name="connection">The connection, before it connects.</param>
    /// <param name="knownTypes">Types of host key that can be compared.</param>
    /// <param name="isCertified">Whether a certificate of the host can be;
    /// the host's own key is asked for without one.</param>
    public static void Choose(ConnectionInfo connection, IReadOnlyList<string> knownTypes, bool isCertified)
    {
        DropWeak(connection.KeyExchangeAlgorithms);
        DropWeak(connection.Encryptions);
        DropWeak(connection.HmacAlgorithms);
        Reorder(connection.HostKeyAlgorithms, knownTypes, isCertified);
    }

    private static void DropWeak<T>(IDictionary<string, T> algorithms)
    {
        foreach (string name in algorithms.Keys.ToArray())
        {
            if (Array.Exists(s_weak, mark => name.Contains(mark, StringComparison.Ordinal)) && !s_strong.Contains(name))
                algorithms.Remove(name);
        }
    }

    // The node takes the first of these that it has: rewritten, since a dictionary keeps its order only
    // while nothing is taken out.
    private static void Reorder<T>(
        IDictionary<string, T> algorithms, IReadOnlyList<string> knownTypes, bool isCertified)
    {
        KeyValuePair<string, T>[] all =
            [.. algorithms.Where(one => !s_weakKeys.Contains(one.Key) && (isCertified || !IsCertified(one.Key)))
                .OrderBy(one => IsCertified(one.Key) ? 0 : knownTypes.Contains(TypeOf(one.Key)) ? 1 : 2)];
        algorithms.Clear();
        foreach ((string name, T make) in all)
            algorithms.Add(name, make);
    }

    private static bool IsCertified(string algorithm) => algorithm.EndsWith(Certified, StringComparison.Ordinal);

    // RFC 8332: rsa-sha2-256 and rsa-sha2-512 are signatures by keys of type ssh-rsa.
    private static string TypeOf(string algorithm) =>
        algorithm.StartsWith("rsa-sha2-", StringComparison.Ordinal) ? "ssh-rsa" : algorithm;
}
