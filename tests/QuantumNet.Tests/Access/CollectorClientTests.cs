using System.Diagnostics;
using QuantumNet.Access.Collecting;
using QuantumNet.Parsing.Clients;
using QuantumNet.Snapshots.Parts;

namespace QuantumNet.Tests.Access;

/// <summary>The part of a controller: what the first answers name is asked about by the script itself.</summary>
public sealed class CollectorClientTests : IDisposable
{
    private const string Net = "5f0e6a3c-8c1b-4f5e-9d0a-1b2c3d4e5f60", Port = "11111111-1111-4111-8111-111111111111",
        Subnet = "22222222-2222-4222-8222-222222222222", Agent = "33333333-3333-4333-8333-333333333333";

    /// <summary>Answers of the openstack client, as it prints them: lists, and any show as an object.</summary>
    private const string Answer = $$"""
        answer() {
        case "$*" in
        'network list '*) id={{Net}} ;;
        'subnet list '*) id={{Subnet}} ;;
        'port list '*) id={{Port}} ;;
        'network agent list -f'*) id={{Agent}} ;;
        'server list '*) echo 'public endpoint for compute service not found' >&2; return 1 ;;
        *' list '*) echo '[]'; return ;;
        *) echo '{"id": "'$1'"}'; return ;;
        esac
        printf '[\n  {\n    "ID": "%s",\n    "Name": "a \\"ID\\" b"\n  }\n]\n' "$id"
        }

        """;

    private static readonly string[] s_expected =
    [
        $"openstack network agent list --network {Net} -f json", "openstack network agent list -f json",
        $"openstack network agent show {Agent} -f json", "openstack network list --long -f json",
        $"openstack network show {Net} -f json", "openstack port list --long -f json",
        $"openstack port show {Port} -f json", "openstack security group rule list -f json",
        "openstack subnet list --long -f json", $"openstack subnet show {Subnet} -f json",
    ];

    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    public static TheoryData<string> Shells => GatherScriptTests.Shells;

    [SkippableTheory, MemberData(nameof(Shells))]
    public void Client_that_takes_commands_is_started_twice(string shell)
    {
        GatherScriptTests.RequireShell(shell);
        string started = Path.Combine(_bench.Folder, "started");
        _bench.Program("openstack", $"echo >> {started}\n{Answer}\n"
            + "while read -r words; do case $words in '!echo '*) echo \"${words#!echo }\" ;; "
            + "*) answer $words ;; esac; done");
        Part part = Take(shell);
        Assert.True(part.IsWhole);
        Assert.Equal(s_expected, Asked(part));
        Assert.All(part.RecordOutputs, output => Assert.Equal(0, output.ExitStatus));
        Assert.Equal(2, File.ReadAllLines(started).Length);
        CommandOutput agents = part.RecordOutputs.Single(output => output.Argv.Contains("--network"));
        Assert.Equal((RecordKindOf(agents), Net), (agents.Collector, agents.Subject));
    }

    [SkippableTheory, MemberData(nameof(Shells))]
    public void Client_that_takes_none_is_started_for_each(string shell)
    {
        GatherScriptTests.RequireShell(shell);
        _bench.Program("openstack", $"{Answer}\n[ $# -gt 0 ] || exit 2; answer \"$@\"");
        Part part = Take(shell);
        Assert.Equal(s_expected, Asked(part));
        Assert.All(part.RecordOutputs, output => Assert.Equal(0, output.ExitStatus));
    }

    [Fact]
    public void Old_client_that_refuses_columns_is_asked_for_each_port()
    {
        _bench.Program("quantum", $"""
            case "$*" in
            *' -c '*) echo 'unrecognized arguments: -c' >&2; exit 2 ;;
            port-list) id={Port} ;;
            net-list) id={Net} ;;
            *) echo '+--+'; exit ;;
            esac
            printf '+----+\n| id |\n+----+\n| %s | x |\n+----+\n' $id
            """).Program("nova", "case $* in 'list --all-tenants') exit 1 ;; *) echo '+--+' ;; esac");
        Part part = Take("sh", missing: ["openstack", "neutron"]);
        Assert.Equal(
            [
                "nova list", "quantum agent-list", $"quantum dhcp-agent-list-hosting-net {Net}", "quantum net-list",
                "quantum port-list", $"quantum port-show {Port}", "quantum security-group-rule-list",
                "quantum subnet-list",
            ], Asked(part));
    }

    [Fact]
    public void Login_that_fails_is_an_answer_that_failed()
    {
        _bench.Program("openstack", "echo 'Missing value auth-url required for auth plugin password' >&2; exit 1");
        Part part = Take("sh");
        Assert.NotEmpty(RecordReader.ReadFailures(part.RecordOutputs));
        Assert.Empty(part.Outputs);
    }

    [Fact]
    public void Node_without_settings_of_a_client_is_not_asked_unless_it_is_a_controller()
    {
        _bench.Program("openstack", Answer + "answer \"$@\"");
        Assert.Empty(Take("sh", new() { Role = CollectorRole.All, Collectors = ["NodeLink"],
            EnvironmentFiles = ["/nowhere/openrc"] }).RecordOutputs);
    }

    [Fact]
    public void Settings_come_from_the_first_file_that_there_is_and_are_in_no_output()
    {
        string file = Path.Combine(_bench.Folder, "open rc");
        File.WriteAllText(file, "OS_AUTH_URL=http://ctl:5000 OS_PASSWORD=hidden42; echo said\n");
        _bench.Program("openstack", "[ \"$OS_PASSWORD\" = hidden42 ] && echo '[]' || exit 1");
        Part part = Take("sh", new() { Role = CollectorRole.All, Collectors = ["Process"],
            EnvironmentFiles = ["/nowhere/openrc", file] });
        Assert.NotEmpty(part.RecordOutputs);
        Assert.DoesNotContain("hidden42", string.Concat(part.Outputs.Concat(part.RecordOutputs)
            .Select(output => output.Text + output.StandardError + output.Command)), StringComparison.Ordinal);
    }

    private static string RecordKindOf(CommandOutput output) => RecordRequest.Of(output.Argv)!.Kind;

    private static string[] Asked(Part part) =>
        [.. part.RecordOutputs.Where(output => output.ExitStatus == 0).Select(output => output.Command)
            .Order(StringComparer.Ordinal)];

    private Part Take(string shell, CollectorOptions? options = null, params string[] missing)
    {
        string[] words = shell.Split(' ');
        ProcessStartInfo start = new(words[0]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (string argument in (string[])[.. words.Skip(1), "-s"])
            start.ArgumentList.Add(argument);
        start.Environment["PATH"] = _bench.Folder + ":" + Environment.GetEnvironmentVariable("PATH");
        start.Environment.Remove("OS_AUTH_URL");
        start.Environment.Remove("OS_CLOUD");
        using Process process = Process.Start(start)!;
        string script = CollectorScript.Write(options ?? new() { Role = CollectorRole.Controller });
        // The machine may have these clients.
        foreach (string client in missing)
            script = script.Replace($"command -v {client}", $"command -v no-{client}", StringComparison.Ordinal);
        process.StandardInput.Write(script);
        process.StandardInput.Close();
        using MemoryStream printed = new();
        process.StandardOutput.BaseStream.CopyTo(printed);
        process.WaitForExit();
        return PartReader.Read("x", Assert.Single(PartText.Find(printed.ToArray(), _ => int.MaxValue)))!;
    }
}
