using System.Globalization;
using System.Text;
using QuantumNet.Core.Tests;
using QuantumNet.Core.Tests.Growth;
using QuantumNet.Diagnosis;
using QuantumNet.Snapshots;

namespace QuantumNet.Fuzz;

/// <summary>Real outputs, changed at random, are read, judged and scrubbed: none makes anything throw, none takes a
/// second. <c>QUANTUMNET_FUZZ</c> tells how many (20,000 of each kind when it is not set), <c>QUANTUMNET_SEED</c> the
/// first seed. What went wrong is told by its seed, and its input is kept in the folder <c>fuzz</c> beside the tests'
/// assembly, to become a fixture.</summary>
public sealed class FuzzTests
{
    private const double LongestMilliseconds = 1000;
    private const int ReadingsPerJudgement = 40;

    private static readonly QuantumSnapshot[] s_snapshots = [Load("healthy-neutron-vxlan"), Load("healthy-grizzly-gre"),
        Load("traced-QN5006-no-inbound-flow"), SnapshotReader.Load(
            Path.Combine(Samples.Folder, "neutron-zed", "hybrid-gre.zip"))];

    private static int Count { get; } = Number("QUANTUMNET_FUZZ", 20_000);

    private static int FirstSeed { get; } = Number("QUANTUMNET_SEED", 1);

    [Fact]
    public void Changed_output_of_a_node_is_read() =>
        Run(snapshot => snapshot.Outputs, (snapshot, output) =>
            CloudReader.Read(snapshot with { Outputs = [output], RecordOutputs = [] }));

    [Fact]
    public void Changed_answer_of_the_control_plane_is_read() =>
        Run(snapshot => snapshot.RecordOutputs, (snapshot, output) =>
            CloudReader.Read(snapshot with { Outputs = [], RecordOutputs = [output] }));

    [Fact]
    public void Changed_output_is_scrubbed_and_no_more_the_second_time() =>
        Run(snapshot => [.. snapshot.Outputs, .. snapshot.RecordOutputs], (_, output) =>
        {
            ReadOnlyMemory<byte> clean = Scrubber.Scrub(output.StandardOutput);
            Assert.Equal(Encoding.Latin1.GetString(clean.Span), Encoding.Latin1.GetString(Scrubber.Scrub(clean).Span));
        });

    [Fact]
    public void Snapshot_with_a_changed_output_is_judged() =>
        Run(snapshot => [.. snapshot.Outputs, .. snapshot.RecordOutputs], (snapshot, changed) =>
        {
            Cloud cloud = CloudReader.Read(snapshot with
            {
                Outputs = [.. snapshot.Outputs.Select(one => IsSame(one, changed) ? changed : one)],
                RecordOutputs = [.. snapshot.RecordOutputs.Select(one => IsSame(one, changed) ? changed : one)],
            });
            DhcpPathTester tester = new(cloud);
            foreach (QuantumPort port in cloud.Records.Ports.Take(3))
                tester.Test(port);
        }, Count / ReadingsPerJudgement);

    private static void Run(Func<QuantumSnapshot, CommandOutput[]> of, Action<QuantumSnapshot, CommandOutput> read,
        int? count = null)
    {
        CommandOutput[][] outputs = [.. s_snapshots.Select(
            snapshot => of(snapshot).Where(output => !output.StandardOutput.IsEmpty).ToArray())];
        int last = FirstSeed + (count ?? Count);
        ParallelOptions two = new() { MaxDegreeOfParallelism = 2 };
        Parallel.For(FirstSeed, last, two, seed =>
        {
            Random random = new(seed);
            int which = random.Next(outputs.Length);
            if (outputs[which].Length == 0)
                return;
            CommandOutput real = outputs[which][random.Next(outputs[which].Length)];
            CommandOutput other = outputs[which][random.Next(outputs[which].Length)];
            CommandOutput changed = real with
            {
                StandardOutput = Mutation.Of(real.StandardOutput.Span, other.StandardOutput.Span, random),
            };
            Judge(seed, changed, () => read(s_snapshots[which], changed));
        });
    }

    private static void Judge(int seed, CommandOutput changed, Action read)
    {
        try
        {
            if (!ThreadClock.IsThere)
                read();
            // What took long is timed again: another thread's garbage may have been collected meanwhile.
            else if (ThreadClock.Least(read, 1) > LongestMilliseconds
                && ThreadClock.Least(read, 3) is > LongestMilliseconds and var took)
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"it took {took:0} ms"));
        }
        catch (Exception e)
        {
            string folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "fuzz")).FullName;
            string file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{seed}.txt"));
            File.WriteAllBytes(file, changed.StandardOutput.ToArray());
            throw new InvalidOperationException($"seed {seed}: {changed.Command}: {e.Message} (input: {file})", e);
        }
    }

    private static bool IsSame(CommandOutput one, CommandOutput other) => one.ComputerName == other.ComputerName
        && one.Collector == other.Collector && one.Command == other.Command && one.StartedAt == other.StartedAt;

    private static QuantumSnapshot Load(string sample) =>
        SnapshotReader.Load(Path.Combine(Samples.Folder, "..", "..", "samples", sample));

    private static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int number)
            ? number : otherwise;
}
