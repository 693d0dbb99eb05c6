using System.Diagnostics;
using System.Text.RegularExpressions;
using QuantumNet.Tests.Lab;

namespace QuantumNet.Tests.Help;

/// <summary>The documents' lines for a shell work as they stand there: each block is run by bash, with the program
/// quantumnet on PATH and the documents' cloud in place of an inventory's.</summary>
public sealed partial class DocumentShellTests
{
    /// <summary>How many calls of quantumnet a document has at least: none may get lost unnoticed.</summary>
    private static readonly Dictionary<string, int> s_least = new()
    {
        ["README.md"] = 6,
        ["CONTRIBUTING.md"] = 1,
        ["samples/README.md"] = 2,
        ["docs/access.md"] = 4,
        ["docs/agents.md"] = 1,
        ["docs/collecting.md"] = 7,
        ["docs/first-five-minutes.md"] = 2,
        ["docs/health-checks.md"] = 3,
        ["en-US/about_QuantumNet.help.txt"] = 1,
        ["en-US/about_QuantumNet_Access.help.txt"] = 1,
    };

    /// <summary>Answers a call as on the live cloud, and notes how it ended.</summary>
    private const string Program = """
        #!/bin/bash
        arguments=()
        while [ $# -gt 0 ]; do
            case $1 in
            -Inventory) arguments+=(-Snapshot "$DOCUMENT_CLOUD"); shift ;;
            *) arguments+=("$1") ;;
            esac
            shift
        done
        dotnet "$QUANTUMNET_DLL" "${arguments[@]}" 2> "$DOCUMENT_CALLS.error"
        status=$?
        printf '%s: %s %s\n' "$status" "${arguments[*]}" "$(tr '\n' ' ' < "$DOCUMENT_CALLS.error")" >> "$DOCUMENT_CALLS"
        exit $status
        """;

    public static TheoryData<string> Documents => [.. s_least.Keys];

    [SkippableTheory]
    [MemberData(nameof(Documents))]
    public void Shell_lines_run(string document)
    {
        Skip.If(OperatingSystem.IsWindows(), "There is no bash here.");
        using var cloud = new DocumentCloud();
        string[] scripts = [.. CommandBlock.Of(document).Where(block => block.IsShell)
            .Select(block => OursIn(block.Text)).Where(script => script.Length > 0)];
        int expected = scripts.Sum(script => Call().Count(script));
        foreach (string script in scripts)
            Run(cloud, script);
        string[] calls = File.ReadAllLines(Path.Combine(cloud.Folder, "calls"));
        Assert.DoesNotContain(calls, call => call.StartsWith("1:", StringComparison.Ordinal)
            || call.Contains("error:", StringComparison.Ordinal));
        Assert.Equal(expected, calls.Length);
        Assert.True(expected >= s_least[document], $"{document} has {expected} calls.");
    }

    [Fact]
    public void Every_document_with_calls_is_known() =>
        Assert.Equal(s_least.Keys, CommandBlock.Documents().Where(document =>
            CommandBlock.Of(document).Any(block => block.IsShell && Call().IsMatch(OursIn(block.Text)))));

    /// <summary>The lines that call quantumnet or set what it reads; those of other programs are theirs.
    /// Of a line for cron, the command.</summary>
    private static string OursIn(string block) => string.Join('\n', Comment().Replace(block, "")
        .Replace("dotnet run --project src/QuantumNet.Cli --", "quantumnet", StringComparison.Ordinal).Split('\n')
        .Select(line => Cron().IsMatch(line) ? Cron().Replace(line, "").Replace("\\%", "%", StringComparison.Ordinal)
            : line)
        .Where(line => Call().IsMatch(line) || Variable().IsMatch(line)));

    private static void Run(DocumentCloud cloud, string script)
    {
        string programs = Directory.CreateDirectory(Path.Combine(cloud.Folder, "programs")).FullName;
        Write(Path.Combine(programs, "quantumnet"), Program);
        Write(Path.Combine(programs, "pass"), "#!/bin/sh\necho secret\n");
        Write(Path.Combine(cloud.Folder, ".stack-password"), "secret\n");
        Directory.CreateDirectory(Path.Combine(cloud.Folder, "prometheus", "node-exporter"));
        Directory.CreateDirectory(Path.Combine(cloud.Folder, "quantumnet"));
        var start = new ProcessStartInfo("bash", ["-c", "hash jq 2> /dev/null || jq() { cat; }\n" + cloud.Here(script)])
        {
            WorkingDirectory = cloud.Folder, RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = $"{programs}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["HOME"] = cloud.Folder;
        start.Environment["DOCUMENT_CLOUD"] = cloud.Snapshot;
        start.Environment["DOCUMENT_CALLS"] = Path.Combine(cloud.Folder, "calls");
        start.Environment["QUANTUMNET_DLL"] = Path.Combine(AppContext.BaseDirectory, "QuantumNet.Cli.dll");
        using Process bash = Process.Start(start)!;
        bash.StandardInput.Close();
        bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
    }

    private static void Write(string path, string text)
    {
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [GeneratedRegex(@"(?<=^|[|;(]\s*)quantumnet (?=\S)", RegexOptions.Multiline)]
    private static partial Regex Call();

    [GeneratedRegex(@"^(export QUANTUMNET_|\w+=)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\s#.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^[\d*]+ [\d*]+ [\d*]+ [\d*]+ [\d*]+\s+")]
    private static partial Regex Cron();
}
