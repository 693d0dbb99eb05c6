using System.Net;

namespace QuantumNet.Pipeline;

/// <summary>Joins errors that differ only in the node that they are about.</summary>
internal static class SameFailure
{
    private const string Any = "*";
    private static readonly char[] s_around = ['\'', '"', '.', ',', ':', ';', '(', ')', '[', ']'];

    /// <summary>The errors, each kind of failure once with the names of all its nodes, in the order of the first.
    /// </summary>
    public static IEnumerable<QuantumError> Join(IReadOnlyList<QuantumError> errors) =>
        errors.GroupBy(error => (error.Id, Pattern(error))).Select(group => Join(group.Key.Id, [.. group]));

    private static QuantumError Join(string id, QuantumError[] same)
    {
        same = [.. same.DistinctBy(error => error.Target, StringComparer.OrdinalIgnoreCase)
            .OrderBy(error => error.Target, StringComparer.OrdinalIgnoreCase)];
        string[] names = Array.ConvertAll(same, error => error.Target);
        if (names.Length < 2)
            return same[0];
        string others = names.Length == 2 ? names[1]
            : $"{string.Join(", ", names[1..^1])} and {names[^1]}";
        return same[0] with
        {
            Id = id,
            Target = string.Join(", ", names),
            Message = $"{same[0].Message} The same holds for {others}.",
        };
    }

    /// <summary>The message with its node's name and addresses left open.</summary>
    private static string Pattern(QuantumError error) => error.Target.Length == 0 ? error.Message
        : string.Join(' ', error.Message.Split(' ').Select(word => IsOfNode(word, error.Target) ? Any : word));

    private static bool IsOfNode(string word, string node) =>
        word.Contains(node, StringComparison.OrdinalIgnoreCase)
        || IPAddress.TryParse(word[(word.IndexOf('@') + 1)..].Trim(s_around), out _) && word.Contains('.');
}
