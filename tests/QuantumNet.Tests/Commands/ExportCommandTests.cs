using System.Runtime.CompilerServices;
using QuantumNet.Commands;
using QuantumNet.Pipeline;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Commands;

public sealed class ExportCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quantumnet-export-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Piped_results_become_a_page_that_remembers_what_was_collected()
    {
        TestHost tested = new TestHost().Run(new TestDhcpPathCommand { Snapshot = Sample() });
        DhcpPathResult result = Assert.IsType<DhcpPathResult>(Assert.Single(tested.Objects));
        TestHost host = Export(result, cmdlet => cmdlet.SetSwitch("PassThru", true));
        FileInfo file = Assert.IsType<FileInfo>(Assert.Single(host.Objects));
        byte[] bytes = File.ReadAllBytes(file.FullName);
        Assert.Equal((byte)'<', bytes[0]);
        string page = File.ReadAllText(file.FullName);
        Assert.Contains(result.Summary, page, StringComparison.Ordinal);
        Assert.Contains("ovs-vsctl show", page, StringComparison.Ordinal);
        Assert.Contains("A title of mine", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_results_it_tests_the_ports_itself()
    {
        TestHost host = new TestHost().Run(new ExportDhcpPathReportCommand { Path = Report, Snapshot = Sample() });
        Assert.Empty(host.Objects);
        Assert.Contains("can get its lease", File.ReadAllText(Report), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_but_for_NoClobber()
    {
        File.WriteAllText(Report, "mine");
        Assert.Equal("FileExists", Assert.Throws<QuantumException>(
            () => Export(new DhcpPathResult(), cmdlet => cmdlet.SetSwitch("NoClobber", true))).Error.Id);
        Assert.Equal("FileExists",
            Assert.Throws<QuantumException>(() => Export(new DhcpPathResult(), cmdlet => { cmdlet.SetSwitch("Force",
                true); cmdlet.SetSwitch("NoClobber", true); })).Error.Id);
        Assert.Equal("mine", File.ReadAllText(Report));
        Export(new DhcpPathResult(), _ => { });
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(Report), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_link_is_replaced_and_not_written_through()
    {
        Skip.If(OperatingSystem.IsWindows(), "links and modes of Unix");
        string other = Path.Combine(_folder, "other");
        File.WriteAllText(other, "mine");
        File.CreateSymbolicLink(Report, other);
        Export(new DhcpPathResult(), cmdlet => cmdlet.SetSwitch("Force", true));
        Assert.Equal("mine", File.ReadAllText(other));
        Assert.Null(new FileInfo(Report).LinkTarget);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Report));
        Assert.Equal(["other", Path.GetFileName(Report)],
            Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_is_written_when_the_answer_is_no_or_nothing_came_in()
    {
        TestHost host = new() { Agrees = false };
        host.Run(new ExportDhcpPathReportCommand { Path = Report, InputObject = [new DhcpPathResult()] });
        Assert.Equal("Write report: " + Report, Assert.Single(host.Questions));
        Assert.False(File.Exists(Report));
        var empty = new ExportDhcpPathReportCommand { Path = Report, CommandHost = host };
        empty.RunBegin();
        Assert.Equal("NothingToReport", Assert.Throws<QuantumException>(empty.RunEnd).Error.Id);
        Assert.False(File.Exists(Report));
    }

    [Fact]
    public void A_folder_that_is_missing_is_an_error_with_advice()
    {
        var cmdlet = new ExportDhcpPathReportCommand { Path = Path.Combine(_folder, "none", "x.html"),
            InputObject = [new DhcpPathResult()] };
        Assert.Equal("FolderNotFound", Assert.Throws<QuantumException>(() => new TestHost().Run(cmdlet)).Error.Id);
        cmdlet = new ExportDhcpPathReportCommand { Path = _folder, InputObject = [new DhcpPathResult()] };
        Assert.Equal("PathIsFolder", Assert.Throws<QuantumException>(() => new TestHost().Run(cmdlet)).Error.Id);
    }

    [SkippableFact]
    public void A_pipe_is_no_file_to_write()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "devices of Linux");
        string link = Path.Combine(_folder, "null.html");
        File.CreateSymbolicLink(link, "/dev/null");
        var cmdlet = new ExportDhcpPathReportCommand { Path = link, InputObject = [new DhcpPathResult()] };
        Assert.Equal("PathIsDevice", Assert.Throws<QuantumException>(() => new TestHost().Run(cmdlet)).Error.Id);
        Assert.Equal("/dev/null", new FileInfo(link).LinkTarget);
    }

    [Theory]
    [InlineData("x.svg", null, "<svg")]
    [InlineData("x.dot", null, "graph topology {")]
    [InlineData("x.GV", null, "graph topology {")]
    [InlineData("x.mmd", null, "flowchart LR")]
    [InlineData("x.txt", "Mermaid", "flowchart LR")]
    public void The_ending_or_the_format_tells_what_is_written(string name, string? format, string expected)
    {
        string path = Path.Combine(_folder, name);
        new TestHost().Run(new ExportQuantumTopologyCommand { Path = path, Format = format, Snapshot = Sample() });
        string text = File.ReadAllText(path);
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.Contains("compute1", text, StringComparison.Ordinal);
        Assert.Contains("gre", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_nodes_asked_for_are_drawn_and_unknown_ones_are_told()
    {
        string path = Path.Combine(_folder, "x.dot");
        TestHost host = new TestHost().Run(new ExportQuantumTopologyCommand { Path = path,
            ComputerName = ["compute1", "nowhere"], Snapshot = Sample() });
        Assert.Equal("NodeNotInSnapshot", Assert.Single(host.Errors).Id);
        Assert.Contains("compute1", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.DoesNotContain("netnode/bridge", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_tells_no_format_is_refused_before_anything_is_gathered()
    {
        var source = new RecordingSource();
        var cmdlet = new ExportQuantumTopologyCommand { Path = Path.Combine(_folder, "x.png"),
            Connection = TestHost.ConnectionTo(new Cloud(), source) };
        Assert.Equal("TopologyFormatUnknown",
            Assert.Throws<QuantumException>(() => new TestHost().Run(cmdlet)).Error.Id);
        Assert.Empty(source.Requests);
    }

    private string Report => Path.Combine(_folder, "report.html");

    private TestHost Export(DhcpPathResult result, Action<ExportDhcpPathReportCommand> set)
    {
        var cmdlet = new ExportDhcpPathReportCommand { Path = Report, InputObject = [result],
            Title = "A title of mine" };
        set(cmdlet);
        return new TestHost().Run(cmdlet);
    }

    private static string Sample([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "fixtures",
            "neutron-zed", "hybrid-gre.zip"));
}
