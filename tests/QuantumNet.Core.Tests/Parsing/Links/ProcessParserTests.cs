using QuantumNet.Parsing.Links;

namespace QuantumNet.Core.Tests.Parsing.Links;

public sealed class ProcessParserTests
{
    private static List<NodeProcess> ParseSample(string path)
    {
        List<NodeProcess> processes = PsParser.ParseAll(Samples.Text(path),
            Sources.Of("ps -ef", out List<ParseIssue> issues));
        Assert.Empty(issues);
        return processes;
    }

    [Fact]
    public void Reads_the_seeds_pair_of_dnsmasq_without_a_header()
    {
        List<NodeProcess> processes = ParseSample("seed/ps-ef-grep-8920.txt");

        Assert.Equal([(8920, 1, "nobody"), (8921, 8920, "root"), (25444, 1618, "root")],
            processes.Select(process => (process.ProcessId, process.ParentProcessId, process.User)));
        Assert.Equal(("19:15", "dnsmasq", "--no-hosts"),
            (processes[0].Started, processes[0].Argv[0], processes[0].Argv[1]));
        Assert.Contains("--interface=tap9a41d8fa-a7", processes[0].Argv);
    }

    [Theory]
    [MemberData(nameof(Sources.ZedNodes), MemberType = typeof(Sources))]
    public void Reads_every_line_of_a_recorded_cloud(string variant, string host)
    {
        string path = $"neutron-zed/{variant}/{host}/ps-ef.txt";
        List<NodeProcess> processes = ParseSample(path);

        Assert.Equal(Samples.Text(path).Count(c => c == '\n') - 1, processes.Count);
        Assert.Equal((1, 0, "root", "bash"),
            (processes[0].ProcessId, processes[0].ParentProcessId, processes[0].User, processes[0].Argv[0]));
    }

    [Fact]
    public void The_header_decides_the_columns()
    {
        NodeProcess process = Assert.Single(PsParser.ParseAll(
            "    PID USER     COMMAND\n    12 neutron  /usr/bin/python3 -c x\n",
            Sources.Of("ps", out List<ParseIssue> issues)));

        Assert.Empty(issues);
        Assert.Equal((12, "neutron", "/usr/bin/python3"), (process.ProcessId, process.User, process.Argv[0]));
    }

    [Theory]
    [InlineData("UID PID PPID C STIME TTY TIME CMD\nroot x 1 0 1 ? 0 a\n", 2, "Not a number")]
    [InlineData("root 1 0\n", 1, "Truncated")]
    public void Reports_what_is_no_process(string text, int line, string reason)
    {
        PsParser.ParseAll(text, Sources.Of("ps -ef", out List<ParseIssue> issues));

        Assert.Equal((line, reason), (issues[0].LineNumber, issues[0].Reason));
    }

    [Fact]
    public void Reads_the_exact_arguments_of_a_recorded_dnsmasq()
    {
        string text = Samples.Text("neutron-zed/hybrid+gre/netnode/dnsmasq/cmdline.txt").Replace('\n', '\0');
        NodeProcess process = Assert.Single(
            ProcCmdlineParser.ParseAll(text, Sources.Of("cat /proc/282/cmdline", out List<ParseIssue> issues)));

        Assert.Empty(issues);
        Assert.Equal((282, "dnsmasq", "--no-hosts"), (process.ProcessId, process.Argv[0], process.Argv[1]));
        Assert.Equal(text.Count(c => c == '\0'), process.Argv.Length);
    }

    [Fact]
    public void Keeps_empty_arguments_and_gives_no_process_for_an_empty_file()
    {
        TextSource source = Sources.Of("cat", out List<ParseIssue> issues) with { Path = "/proc/7/cmdline" };

        Assert.Equal(["a b", "", "c", ""], ProcCmdlineParser.ParseAll("a b\0\0c\0\0", source)[0].Argv);
        Assert.Empty(ProcCmdlineParser.ParseAll("", source));
        Assert.Empty(issues);
        ProcCmdlineParser.ParseAll("a\0", source with { Path = "/elsewhere" });
        Assert.Equal("Process id unknown", Assert.Single(issues).Reason);
    }

    [Fact]
    public void Never_throws()
    {
        Mutations.NeverThrow(Samples.Text("neutron-zed/hybrid+gre/netnode/ps-ef.txt"),
            text => PsParser.ParseAll(text, Sources.Of("x", out _)));
        Mutations.NeverThrow("dnsmasq\0--a\0",
            text => ProcCmdlineParser.ParseAll(text, Sources.Of("cat /proc/1/cmdline", out _)));
    }
}
