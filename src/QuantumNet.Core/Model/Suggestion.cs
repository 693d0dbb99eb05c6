namespace QuantumNet;

/// <summary>Finds what somebody most likely meant.</summary>
internal static class Suggestion
{
    private const int MaximumListed = 3;
    private const int MaximumNames = 12;

    /// <summary>The nearest names, nearest first; none when all are far off.</summary>
    public static string[] Nearest(string typed, IEnumerable<string> names)
    {
        int limit = Math.Max(2, typed.Length / 3);
        return [.. names
            .Select(name => (Name: name, Distance: Distance(typed.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(candidate => candidate.Distance <= limit
                || candidate.Name.Contains(typed, StringComparison.OrdinalIgnoreCase) && typed.Length > 2)
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Take(MaximumListed).Select(candidate => candidate.Name)];
    }

    /// <summary>"Did you mean ...?", or nothing.</summary>
    public static string Sentence(string typed, IEnumerable<string> names, string prefix = "")
    {
        string[] nearest = Nearest(typed, names);
        return nearest.Length == 0 ? ""
            : $" Did you mean {string.Join(" or ", nearest.Select(name => prefix + name))}?";
    }

    /// <summary>What there is, and what of it was meant: "LEAD compute1, compute2 and 98 more. Did you mean compute1?";
    /// nothing when there is nothing.</summary>
    public static string Choice(string lead, string typed, IReadOnlyCollection<string> names)
    {
        if (names.Count == 0)
            return "";
        string more = names.Count > MaximumNames ? $" and {names.Count - MaximumNames} more" : "";
        return $"{lead} {string.Join(", ", names.Take(MaximumNames))}{more}.{Sentence(typed, names)}";
    }

    /// <summary>Edits between two words; two neighbours swapped count as one.</summary>
    public static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
            rows[i, 0] = i;
        for (int j = 0; j <= b.Length; j++)
            rows[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(replaced, 1 + Math.Min(rows[i - 1, j], rows[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }
        return rows[a.Length, b.Length];
    }
}
