using QuantumNet.Cli;
using QuantumNet.Cli.Binding;
using QuantumNet.Tests.Lab;

namespace QuantumNet.Tests.Help;

/// <summary>The documents' lines for PowerShell do in quantumnet what it can do of them: the first command of each,
/// and what objects are piped on to. QuantumNet.Engine.Tests runs them in PowerShell, and lists those that would act
/// on live nodes, of which both only bind the parameters.</summary>
public sealed class DocumentLineTests
{
    private static readonly string[] s_live =
        ["Connect-Quantum", "Restart-QuantumAgent", "Send-DhcpProbe", "Trace-DhcpPacket"];
    private static readonly string[] s_liveOptions = ["-Live", "-From", "-MaxAgeSeconds"];

    /// <summary>How many lines of a document are run at least: none may get lost unnoticed.</summary>
    private static readonly Dictionary<string, int> s_least = new()
    {
        ["README.md"] = 16,
        ["docs/access.md"] = 3,
        ["docs/first-five-minutes.md"] = 6,
        ["docs/health-checks.md"] = 3,
        ["docs/offline-incidents.md"] = 12,
        ["en-US/about_QuantumNet.help.txt"] = 8,
        ["en-US/about_QuantumNet_Snapshots.help.txt"] = 6,
        ["en-US/about_QuantumNet_WritingACheck.help.txt"] = 1,
    };

    public static TheoryData<string> Documents => [.. s_least.Keys];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Lines_for_PowerShell_run_in_quantumnet(string document)
    {
        using var cloud = new DocumentCloud();
        string source = cloud.Snapshot;
        int count = 0;
        foreach (string line in LinesOf(document))
        {
            string[][] written = [.. ExampleLine.CommandsOf(cloud.Here(line))];
            string[][] commands = Array.ConvertAll(written, words => Offline(words, cloud));
            if (commands[0] is ["Connect-Quantum", .. var rest])
                source = rest is ["-Snapshot", var path, ..] ? In(cloud, path) : cloud.Snapshot;
            else if (IsLive(written[0]))
                Bind(written[0]);
            else
                Run(commands, source);
            count++;
        }
        Assert.True(count >= s_least[document], $"{document} has {count} lines.");
    }

    [Fact]
    public void Every_document_with_lines_is_known() =>
        Assert.Equal(s_least.Keys, CommandBlock.Documents().Where(document => LinesOf(document).Any()));

    /// <summary>Those that begin with a cmdlet: what else there is (a condition, a block) is PowerShell's.</summary>
    private static IEnumerable<string> LinesOf(string document) => CommandBlock.Of(document)
        .Where(block => !block.IsShell).SelectMany(block => block.Text.Replace("|\n", "| ", StringComparison.Ordinal)
            .Split('\n')).Where(line => CommandCatalog.Find(line.Split(' ')[0]) is not null);

    /// <summary>The command with the documents' cloud in place of an inventory, and files in its folder.</summary>
    private static string[] Offline(string[] words, DocumentCloud cloud) => [.. words.Select((word, i) =>
        word == "-Inventory" ? "-Snapshot" : i > 0 && words[i - 1] == "-Inventory" ? cloud.Snapshot
        : word.StartsWith("./", StringComparison.Ordinal) ? In(cloud, word) : word)];

    private static string In(DocumentCloud cloud, string path) => Path.Combine(cloud.Folder, path);

    /// <summary>Whether it acts on live nodes, so that only its parameters are bound.</summary>
    private static bool IsLive(string[] words) => Array.Exists(words, word => Array.IndexOf(s_liveOptions, word) >= 0)
        || (Array.IndexOf(s_live, words[0]) >= 0 && Array.IndexOf(words, "-Snapshot") < 0);

    private static void Bind(string[] words)
    {
        CommandEntry command = CommandCatalog.Find(words[0])!;
        var binder = new ArgumentBinder(command.Name, CommandParameter.Of(command.Type),
            CommonOptions.Parameters(command.SupportsShouldProcess), command.DefaultSet);
        binder.Bind([.. words.Skip(1)]);
        binder.CheckSets([]);
    }

    /// <summary>Runs the commands up to the first that only PowerShell has, each with the objects of the one before.
    /// </summary>
    private static void Run(string[][] commands, string source)
    {
        string[][] ours = [.. commands.TakeWhile(words => CommandCatalog.Find(words[0]) is not null)];
        byte[]? piped = null;
        for (int i = 0; i < ours.Length; i++)
        {
            using var output = new StringWriter();
            using var error = new StringWriter();
            var terminal = new CliTerminal
            {
                Output = output, Error = error, Piped = piped is null ? null : new MemoryStream(piped),
                Variable = name => name == DefaultSource.Snapshot ? source : null,
            };
            string[] words = i + 1 < ours.Length ? [.. ours[i], "-As", "Json"] : ours[i];
            int status = Application.Run(words, terminal, CancellationToken.None);
            Assert.DoesNotContain("error:", error.ToString(), StringComparison.Ordinal);
            Assert.NotEqual(1, status);
            piped = System.Text.Encoding.UTF8.GetBytes(output.ToString());
        }
    }
}
