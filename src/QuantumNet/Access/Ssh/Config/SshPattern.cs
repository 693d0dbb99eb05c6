using System.IO.Enumeration;

namespace QuantumNet.Access.Ssh.Config;

/// <summary>Patterns of ssh_config(5): <c>*</c> and <c>?</c>; one that begins with <c>!</c> excludes.</summary>
internal static class SshPattern
{
    /// <summary>Whether some pattern matches, and none that excludes.</summary>
    public static bool MatchesAny(IEnumerable<string> patterns, string text)
    {
        bool found = false;
        foreach (string pattern in patterns)
        {
            bool excludes = pattern.StartsWith('!');
            if (!Matches(excludes ? pattern[1..] : pattern, text))
                continue;
            if (excludes)
                return false;
            found = true;
        }
        return found;
    }

    private static bool Matches(string pattern, string text) =>
        FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false);
}
