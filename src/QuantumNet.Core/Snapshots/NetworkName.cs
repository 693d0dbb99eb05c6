namespace QuantumNet.Snapshots;

/// <summary>How users name a network: by its id, the beginning of one, or its name.</summary>
public static class NetworkName
{
    /// <summary>Whether a text names a network.</summary>
    public static bool Fits(string text, string networkId, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(networkId);
        return text.Length > 0 && (networkId.StartsWith(text, StringComparison.OrdinalIgnoreCase)
            || string.Equals(name, text, StringComparison.OrdinalIgnoreCase));
    }
}
