namespace QuantumNet.Core.Tests.Corpus;

/// <summary>What <see cref="ConformanceTests"/> finds wrong today (tests/corpus/pending.tsv:
/// case, loss, verdict), to be emptied: nothing may come to it, and what is right now has to go.
/// <c>UPDATE_GOLDEN=1</c> takes out what is right; it adds nothing.</summary>
internal static class PendingList
{
    private static readonly string s_path = Path.Combine(Corpus.Folder, "pending.tsv");

    public static void AssertOnly(IReadOnlyCollection<string> wrong)
    {
        string[] pending = File.Exists(s_path) ? [.. File.ReadAllLines(s_path).Where(line => line.Length > 0)] : [];
        string[] added = [.. wrong.Except(pending)], right = [.. pending.Except(wrong)];
        if (right.Length > 0 && Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllLines(s_path, pending.Intersect(wrong));
            right = [];
        }
        Assert.True(added.Length == 0,
            $"{added.Length} verdicts that cannot be without their evidence:\n{string.Join('\n', added)}");
        Assert.True(right.Length == 0,
            $"right now: take them out of {s_path} (UPDATE_GOLDEN=1 does):\n{string.Join('\n', right)}");
    }
}
