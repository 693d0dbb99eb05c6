using System.Text;

namespace QuantumNet.Cli.Help;

/// <summary>The topics of en-US that <c>Get-Help about_...</c> shows in PowerShell.</summary>
internal static class Topics
{
    private const string Prefix = "topic/";
    private const string Suffix = ".help.txt";

    /// <summary>The names of all, in order.</summary>
    public static string[] Names() => [.. typeof(Topics).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(name => name[Prefix.Length..^Suffix.Length]).Order(StringComparer.Ordinal)];

    /// <summary>The text of a topic, its name in any case; null when there is none.</summary>
    public static string? Find(string name)
    {
        string? topic = Array.Find(Names(), one => one.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (topic is null)
            return null;
        using StreamReader reader = new(
            typeof(Topics).Assembly.GetManifestResourceStream($"{Prefix}{topic}{Suffix}")!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
