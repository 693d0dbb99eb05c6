namespace QuantumNet.Snapshots;

/// <summary>How users name what has an id: by the id, any prefix of it however short, its name, or a wildcard; any
/// case.</summary>
public static class IdOrName
{
    /// <summary>Whether a text names it.</summary>
    /// <param name="text">What was typed or piped.</param>
    /// <param name="id">Its id.</param>
    /// <param name="name">Its name; empty where it has none, or none is known.</param>
    public static bool Fits(string text, string id, string name = "")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(id);
        if (Wildcard.IsPattern(text))
            return new Wildcard(text).Matches(id) || (name.Length > 0 && new Wildcard(text).Matches(name));
        // The empty text of a piped object that has no such id fits those that have none.
        return text.Length == 0 ? id.Length == 0 : id.StartsWith(text, StringComparison.OrdinalIgnoreCase)
            || string.Equals(name, text, StringComparison.OrdinalIgnoreCase);
    }
}
