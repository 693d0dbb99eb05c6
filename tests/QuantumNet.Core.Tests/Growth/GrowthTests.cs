using System.Globalization;
using System.Text;
using QuantumNet.Snapshots;
using Xunit.Abstractions;

namespace QuantumNet.Core.Tests.Growth;

/// <summary>Whoever can write a log line, name an interface or answer in a node's stead can choose what is read. The
/// time that reading takes grows with the text and no faster: of hostile text twice as long costs less than three
/// times as much.</summary>
public sealed class GrowthTests(ITestOutputHelper output)
{
    private const int Length = 16 * 1024;

    /// <summary>Below it a doubling says nothing: the clock and the collector of garbage are coarser.</summary>
    private const double ShortestMilliseconds = 20;

    private static readonly string[] s_snapshots = [Path.Combine("..", "..", "samples", "healthy-neutron-vxlan"),
        Path.Combine("..", "..", "samples", "healthy-grizzly-gre"), Path.Combine("neutron-zed", "hybrid-gre.zip")];

    private static readonly QuantumSnapshot[] s_real =
        Array.ConvertAll(s_snapshots, path => SnapshotReader.Load(Path.Combine(Samples.Folder, path)));

    private static readonly CommandOutput[] s_ofNodes = Distinct(s_real.SelectMany(one => one.Outputs));
    private static readonly CommandOutput[] s_ofRecords = Distinct(s_real.SelectMany(one => one.RecordOutputs));

    public static TheoryData<string, string> Commands()
    {
        TheoryData<string, string> data = [];
        foreach (CommandOutput one in s_ofNodes)
            data.Add("node", one.Command);
        foreach (CommandOutput one in s_ofRecords)
            data.Add("records", one.Command);
        return data;
    }

    [SkippableTheory, MemberData(nameof(Commands))]
    public void Reading_an_output_takes_time_in_proportion(string source, string command)
    {
        CommandOutput[] outputs = source == "node" ? s_ofNodes : s_ofRecords;
        CommandOutput real = outputs.First(one => one.Command == command);
        foreach ((string name, Func<int, string> of) in HostileText.Shapes(real.Text))
            Judge($"{command}: {name}", of, text => Read(real, text, source == "node"));
    }

    [SkippableFact]
    public void Taking_secrets_out_takes_time_in_proportion()
    {
        string real = string.Concat(s_ofNodes.Concat(s_ofRecords).Select(one => one.Text));
        string[] units = ["a-a-", "password ", "password=\"", "\"password\": ['", "token:", "('token', ", "| secret |",
            "-----BEGIN PRIVATE KEY-----", "-----BEGIN A", "://", "://a@", "\"token\": {\"id\"", "\"token\": {",
            "gAAAA", "eyJ.", "Bearer ", "mysql -p ", "curl -u ", "authorization: basic ", "secret = |  ", "-token -",
            "\\\"pass",
            "password is ", "_pass", "token= ", "password=[", "export ", "secret\n  "];
        foreach ((string name, Func<int, string> of) in HostileText.Shapes(real)
            .Concat(units.Select(unit => (unit, (Func<int, string>)(length => HostileText.Repeat(unit, length))))))
            Judge($"scrubber: {name}", of, text => Scrubber.Scrub(text));
    }

    private void Judge(string what, Func<int, string> of, Action<string> read)
    {
        Skip.IfNot(ThreadClock.IsThere, "needs the processor time of a thread");
        string one = of(Length), two = of(2 * Length), four = of(4 * Length);
        read(one);
        double first = ThreadClock.Least(() => read(one), 2), last = ThreadClock.Least(() => read(four), 2);
        if (last < ShortestMilliseconds || last < 9 * first)
            return;
        // The same again with more care, at each doubling.
        first = ThreadClock.Least(() => read(one), 5);
        double middle = ThreadClock.Least(() => read(two), 5);
        last = ThreadClock.Least(() => read(four), 5);
        string told = string.Create(CultureInfo.InvariantCulture,
            $"{what}: {first:0.0}, {middle:0.0} and {last:0.0} ms for {Length} characters, twice and 4 times as many");
        output.WriteLine(told);
        Assert.False(middle > 3 * first && last > 3 * middle, told);
    }

    private static void Read(CommandOutput real, string text, bool isOfNode)
    {
        CommandOutput output = real with { StandardOutput = Encoding.UTF8.GetBytes(text) };
        CloudReader.Read(new()
        {
            RecordSource = s_real[0].RecordSource,
            Nodes = [new() { ComputerName = real.ComputerName }],
            Outputs = isOfNode ? [output] : [],
            RecordOutputs = isOfNode ? [] : [output],
        });
    }

    private static CommandOutput[] Distinct(IEnumerable<CommandOutput> outputs) => [.. outputs
        .Where(one => one.ExitStatus == 0 && !one.StandardOutput.IsEmpty)
        .OrderByDescending(one => one.StandardOutput.Length)
        .DistinctBy(one => (one.Collector, string.Join(' ', one.Argv.Take(2))))];
}
