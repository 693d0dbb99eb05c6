namespace QuantumNet.Core.Tests.Corpus;

/// <summary>Every case of tests/corpus, with the control plane's records and without: the verdict is the golden one,
/// and it does not contradict what was true in the lab. <c>UPDATE_GOLDEN=1</c> writes the golden ones again;
/// what is true it does not touch.</summary>
public sealed class CorpusTests
{
    public static TheoryData<string> Cases => new(CorpusCase.All.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_verdict_is_true_and_the_golden_one(string name)
    {
        CorpusCase one = CorpusCase.All[name];
        QuantumSnapshot snapshot = one.Load();
        DhcpPathResult[] withRecords = Contract.Judge(snapshot, one.Ports);
        DhcpPathResult[] withoutRecords = Contract.Judge(
            snapshot with { RecordOutputs = [], RecordSource = RecordSource.Inferred }, one.Ports);

        string[] wrong = [.. withRecords.SelectMany(result => Truth.Contradictions(one, result, hasRecords: true)),
            .. withoutRecords.SelectMany(result => Truth.Contradictions(one, result, hasRecords: false))];
        if (one.KnownWrong.Length > 0)
        {
            Assert.True(wrong.Length > 0, $"{name} is right now: "
                + "take \"knownWrong\" out of its case.json, and write its golden file with UPDATE_GOLDEN=1");
            return;
        }
        Assert.True(wrong.Length == 0, $"{name} ({one.Text}):\n  {string.Join("\n  ", wrong)}");
        Assert.All(withRecords.Concat(withoutRecords), result => Assert.True(IsLocated(result),
            $"{name} is {result.Cause}, and no hop loses a packet"));
        AssertGolden(one, Contract.Write(withRecords, withoutRecords));
    }

    [Fact]
    public void A_known_wrong_answer_is_no_golden_one() =>
        Assert.Empty(CorpusCase.All.Values.Where(one => one.KnownWrong.Length > 0 && File.Exists(one.Golden))
            .Select(one => one.Name));

    // Of a network without any server nothing is lost: nobody is there to be asked.
    private static bool IsLocated(DhcpPathResult result) => result.Status != DhcpPathStatus.Broken
        || result.DhcpNodes.Length == 0 || Array.Exists(result.Hops, hop => hop.Action == HopAction.Dropped);

    private static void AssertGolden(CorpusCase one, string answer)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            File.WriteAllText(one.Golden, answer);
        Assert.True(File.Exists(one.Golden), $"{one.Name} has no golden file yet: UPDATE_GOLDEN=1 writes it");
        string[] golden = File.ReadAllText(one.Golden).ReplaceLineEndings("\n").Split('\n'), now = answer.Split('\n');
        if (golden.SequenceEqual(now))
            return;
        string[] differences = [.. golden.Except(now).Select(line => "- " + line.Trim()),
            .. now.Except(golden).Select(line => "+ " + line.Trim())];
        Assert.Fail($"{one.Name} ({one.Text}): the verdict changed. "
            + $"Where the new one is right, UPDATE_GOLDEN=1 writes it.\n{string.Join('\n', differences.Take(40))}");
    }
}
