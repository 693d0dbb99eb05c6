using System.Diagnostics;
using Xunit.Abstractions;

namespace QuantumNet.Tests.Lab;

/// <summary>The lab writes tests/corpus again: QUANTUMNET_CORPUS=all, or the bases to write, comma between them.
/// Some minutes a base. Then the corpus' own tests judge what was written;
/// <c>git diff</c> shows what is another now.</summary>
[Collection("lab")]
public sealed class CorpusLabTests(ITestOutputHelper log)
{
    private static readonly string s_bases = Environment.GetEnvironmentVariable("QUANTUMNET_CORPUS") ?? "";

    [SkippableFact]
    public void Corpus_is_gathered_anew()
    {
        Skip.If(s_bases.Length == 0, "QUANTUMNET_CORPUS does not name what to write");
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        ProcessStartInfo make = new(Path.Combine(Repository.Root, "tests", "corpus", "make"))
        {
            RedirectStandardOutput = true,
        };
        foreach (string name in s_bases == "all" ? [] : s_bases.Split(',', StringSplitOptions.RemoveEmptyEntries))
            make.ArgumentList.Add(name);
        using Process process = Process.Start(make)!;
        while (process.StandardOutput.ReadLine() is { } line)
            log.WriteLine(line);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
