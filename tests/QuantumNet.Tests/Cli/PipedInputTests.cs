using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using QuantumNet.Cli;
using QuantumNet.Tests.Lab;

namespace QuantumNet.Tests.Cli;

/// <summary>One <c>quantumnet</c> pipes into the next as cmdlets do, by JSON.</summary>
public sealed class PipedInputTests
{
    private static readonly string s_fleet = Path.Combine(Repository.Root, "samples", "fleet-three-causes");

    [Fact]
    public void Ports_pipe_into_a_test()
    {
        string ports = Run(null, "Get-QuantumPort", "-DeviceOwner", "compute:*", "-Snapshot",
            s_fleet, "-As", "Json").Output;
        (int status, string output, string error) = Run(ports, "Test-DhcpPath", "-Snapshot", s_fleet, "-As", "Json");
        Assert.Equal((2, ""), (status, error));
        Assert.Equal(Ids(ports), Ids(output));
    }

    [Fact]
    public void Verdicts_pipe_into_a_report()
    {
        string page = Path.Combine(Directory.CreateTempSubdirectory("quantumnet-piped-").FullName, "report.html");
        string verdicts = Run(null, "Test-DhcpPath", "-Snapshot", s_fleet, "-As", "Json").Output;
        (int status, _, string error) = Run(verdicts, "Export-DhcpPathReport", page);
        Assert.Equal((0, ""), (status, error));
        string html = File.ReadAllText(page);
        Assert.All(Ids(verdicts), id => Assert.Contains(id, html, StringComparison.Ordinal));
        Directory.Delete(Path.GetDirectoryName(page)!, recursive: true);
    }

    [Fact]
    public void Agents_name_the_nodes_of_the_next_question()
    {
        string agents = Run(null, "Get-QuantumAgent", "-AgentType", "*switch*", "-Snapshot",
            s_fleet, "-As", "Json").Output;
        string node = JsonDocument.Parse(agents).RootElement[0].GetProperty("ComputerName").GetString()!;
        (int status, string output, string error) = Run($"{{ \"cn\": \"{node}\" }}", "Get-OvsBridge",
            "-Snapshot", s_fleet, "-As", "Json");
        Assert.Equal((0, ""), (status, error));
        Assert.All(JsonDocument.Parse(output).RootElement.EnumerateArray(),
            bridge => Assert.Equal(node, bridge.GetProperty("ComputerName").GetString()));
    }

    [Theory]
    [InlineData("\"QN4001\"")]
    [InlineData("[\"QN4001\"]")]
    [InlineData("{\"code\":\"QN4001\"}")]
    [InlineData("[{\"Cause\":\"QN4001\",\"Other\":{\"a\":[1]}},{\"Cause\":null}]")]
    [InlineData("\uFEFF {\"Cause\":\"QN4001\"}\n{\"Cause\":null}\n")]
    public void Arrays_lines_and_plain_texts_are_taken(string json)
    {
        (int status, string output, string error) = Run(json, "Get-QuantumCheck", "-As", "Json");
        Assert.Equal((0, ""), (status, error));
        Assert.Equal("QN4001",
            Assert.Single(JsonDocument.Parse(output).RootElement.EnumerateArray()).GetProperty("Code").GetString());
    }

    [Fact]
    public void Verdicts_pipe_into_explain()
    {
        string verdicts = Run(null, "Test-DhcpPath", "-Snapshot", s_fleet, "-As", "Json").Output;
        (int status, string output, string error) = Run(verdicts, "explain");
        Assert.Equal((0, ""), (status, error));
        string[] causes = [.. JsonDocument.Parse(verdicts).RootElement.EnumerateArray()
            .Select(one => one.GetProperty("Cause").GetString()).OfType<string>().Where(cause => cause.Length > 0)];
        Assert.NotEmpty(causes);
        Assert.Equal(causes.Length, output.Split("Remedy ").Length - 1);
        Assert.All(causes, cause => Assert.Contains(cause, output, StringComparison.Ordinal));
    }

    [Fact]
    public void An_empty_array_is_no_object_and_an_empty_input_is_no_pipe()
    {
        Assert.Equal("[]", Run("[]", "Get-QuantumCheck", "-As", "Json").Output.Trim());
        Assert.Contains("QN4001", Run(" \n", "Get-QuantumCheck", "-As", "Json").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_command_line_names_is_not_asked_of_the_pipe()
    {
        (int status, string output, string error) = Run("no JSON, somebody else's lines", "Get-QuantumCheck",
            "QN4001", "-As", "Json");
        Assert.Equal((0, ""), (status, error));
        Assert.Contains("QN4001", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-QuantumCheck", "{ \"Code\": ", "InputNotJson", "line 1")]
    [InlineData("Get-QuantumCheck", "one\ntwo\n", "InputNotJson", "line 1")]
    [InlineData("Get-QuantumCheck", "[{ \"Cause\": \"QN4001\" }, { \"Colour\": \"red\" }]",
        "InputNotBound", "Object 2")]
    [InlineData("Get-NodeLink", "[{ \"Colour\": \"red\" }]", "InputNotBound", "ComputerName, Node, Cn")]
    [InlineData("Test-DhcpPath", "[{ \"NetworkId\": \"x\" }]", "PortWithoutId", "PortId")]
    [InlineData("Export-DhcpPathReport", "[{ \"Status\": \"ACTIVE\" }]", "InputNotBound", "$.Status")]
    public void What_cannot_be_bound_is_told_with_its_place(string command, string json, string id, string told)
    {
        string[] arguments =
            command.StartsWith("Export", StringComparison.Ordinal) ? [command, "./never-written.html"] : [command];
        (int status, _, string error) = Run(json, [.. arguments, .. command == "Get-QuantumCheck"
            ? Array.Empty<string>() : command == "Export-DhcpPathReport" ? [] : ["-Snapshot", s_fleet]]);
        Assert.Equal(1, status);
        Assert.Contains($"({id})", error, StringComparison.Ordinal);
        Assert.Contains(told, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[", "{\"Code\":\"QN4001\"}", ",", "{\"Code\":\"QN4002\"}", "]")]
    [InlineData("", "{\"Code\":\"QN4001\"}", "\n", "\"QN4002\"", "\n")]
    public async Task Each_object_is_judged_before_the_next_one_comes(
        string start, string first, string between, string second, string end)
    {
        var pipe = new Pipe();
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new CliTerminal { Output = TextWriter.Synchronized(output), Error = error,
            Piped = pipe.Reader.AsStream() };
        Task<int> run = Task.Run(
            () => Application.Run(["Get-QuantumCheck", "-As", "JsonLines"], terminal, CancellationToken.None));

        await Write(pipe.Writer, start + first[..5]);
        await Write(pipe.Writer, first[5..]);
        await Until(() => output.ToString().Contains("QN4001", StringComparison.Ordinal), run);
        Assert.DoesNotContain("QN4002", output.ToString(), StringComparison.Ordinal);

        await Write(pipe.Writer, between + second + end);
        await pipe.Writer.CompleteAsync();
        Assert.Equal((0, ""), (await run, error.ToString()));
        Assert.Contains("QN4002", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Verbose:false", false)]
    [InlineData("-Verbose", true)]
    public async Task Waiting_for_a_slow_pipe_is_told_by_Verbose_alone(string verbose, bool isTold)
    {
        var pipe = new Pipe();
        using var error = new StringWriter();
        var terminal = new CliTerminal { Output = TextWriter.Null, Error = TextWriter.Synchronized(error),
            Piped = pipe.Reader.AsStream() };
        Task<int> run = Task.Run(
            () => Application.Run(["Get-QuantumCheck", verbose], terminal, CancellationToken.None));

        await Task.Delay(TimeSpan.FromSeconds(2.5));
        await Write(pipe.Writer, "\"QN4001\"");
        await pipe.Writer.CompleteAsync();
        Assert.Equal(0, await run);
        Assert.Equal(isTold, error.ToString().Contains("standard input", StringComparison.Ordinal));
        Assert.Equal(isTold, error.ToString().Length > 0);
    }

    [Fact]
    public void What_came_before_a_broken_object_is_answered()
    {
        (int status, string output, string error) = Run("[{\"Code\":\"QN4001\"}, nonsense",
            "Get-QuantumCheck", "-As", "Json");
        Assert.Equal(1, status);
        Assert.Contains("(InputNotJson)", error, StringComparison.Ordinal);
        Assert.Equal("QN4001",
            Assert.Single(JsonDocument.Parse(output).RootElement.EnumerateArray()).GetProperty("Code").GetString());
    }

    [Fact]
    public void An_object_larger_than_the_first_buffer_is_whole()
    {
        string padding = new('x', 300_000);
        (int status, string output,
            _) = Run($"[{{\"Other\":\"{padding}\",\"Code\":\"QN4001\"}},{{\"Code\":\"QN4002\"}}]",
                "Get-QuantumCheck", "-As", "Json");
        Assert.Equal(0, status);
        Assert.Equal(["QN4001", "QN4002"],
            JsonDocument.Parse(output).RootElement.EnumerateArray().Select(one => one.GetProperty("Code").GetString()));
    }

    private static async Task Write(PipeWriter pipe, string text)
    {
        await pipe.WriteAsync(Encoding.UTF8.GetBytes(text));
        await pipe.FlushAsync();
    }

    private static async Task Until(Func<bool> condition, Task<int> run)
    {
        while (!condition() && !run.IsCompleted)
            await Task.Delay(20);
    }

    [Fact]
    public void Help_says_what_may_be_piped()
    {
        string help = Run(null, "Test-DhcpPath", "-?").Output;
        Assert.Contains("standard input: JSON, as -As Json writes it: "
                + "objects with PortId, Port, Mac, InstanceId, or QuantumPort objects.",
            string.Join(' ', help.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
        Assert.DoesNotContain("standard input:", Run(null, "Get-QuantumConnection", "-?").Output,
            StringComparison.Ordinal);
    }

    private static string[] Ids(string json) =>
        [.. JsonDocument.Parse(json).RootElement.EnumerateArray().Select(one => one.GetProperty("PortId").GetString()!)
            .Order(StringComparer.Ordinal)];

    private static (int Status, string Output, string Error) Run(string? piped, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using MemoryStream? input = piped is null ? null : new MemoryStream(Encoding.UTF8.GetBytes(piped));
        int status = Application.Run(arguments,
            new CliTerminal { Output = output, Error = error, Piped = input }, CancellationToken.None);
        return (status, output.ToString(), error.ToString());
    }
}
