namespace QuantumNet.Topology;

/// <summary>When two names are one host: records, agents and the inventory write them with or without a
/// domain.</summary>
internal static class HostId
{
    /// <summary>A host's name without a domain: the same for all names that may mean the host.</summary>
    public static string ShortName(string name) => name.IndexOf('.') is >= 0 and int dot ? name[..dot] : name;

    /// <summary>Whether two names mean the same host: equal, or equal up to the first dot when one has none.</summary>
    public static bool IsSame(string one, string other)
    {
        if (string.Equals(one, other, StringComparison.OrdinalIgnoreCase))
            return true;
        int dotOfOne = one.IndexOf('.'), dotOfOther = other.IndexOf('.');
        if ((dotOfOne < 0) == (dotOfOther < 0))
            return false;
        ReadOnlySpan<char> first = dotOfOne < 0 ? one : one.AsSpan(0, dotOfOne);
        return first.Equals(dotOfOther < 0 ? other : other.AsSpan(0, dotOfOther), StringComparison.OrdinalIgnoreCase);
    }
}
