using System.Management.Automation.Language;
using QuantumNet.Tests.Help;
using QuantumNet.Tests.Lab;

namespace QuantumNet.Engine.Tests.Documents;

/// <summary>The documents' command lines work as they stand there: each is run in PowerShell, or bound where it would
/// act on live nodes. What was not run is listed in not-run.txt.</summary>
public sealed class DocumentTests
{
    private static readonly string s_notRun =
        Path.Combine(Repository.Root, "tests", "QuantumNet.Engine.Tests", "Documents", "not-run.txt");

    /// <summary>How many statements a document has at least: none may get lost unnoticed.</summary>
    private static readonly Dictionary<string, int> s_least = new()
    {
        ["README.md"] = 18,
        ["docs/access.md"] = 3,
        ["docs/first-five-minutes.md"] = 8,
        ["docs/health-checks.md"] = 6,
        ["docs/offline-incidents.md"] = 13,
        ["en-US/about_QuantumNet.help.txt"] = 8,
        ["en-US/about_QuantumNet_Snapshots.help.txt"] = 6,
        ["en-US/about_QuantumNet_WritingACheck.help.txt"] = 1,
    };

    public static TheoryData<string> Documents => [.. s_least.Keys];

    public static TheoryData<string> Pages => [.. CommandBlock.HelpPages()];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Examples_of_help_run(string page) => Run(page, least: 3);

    [Theory]
    [MemberData(nameof(Documents))]
    public void Command_lines_run(string document) => Run(document, s_least[document]);

    [Fact]
    public void Every_document_with_statements_is_known() =>
        Assert.Equal(s_least.Keys, CommandBlock.Documents().Where(document => StatementsOf(document).Any()));

    [Fact]
    public void Every_line_of_the_list_is_a_known_documents() => Assert.All(Listed(),
        line => Assert.Contains(line.Split(": ")[0], s_least.Keys.Concat(CommandBlock.HelpPages())));

    private static void Run(string document, int least)
    {
        using var session = new DocumentSession();
        StatementOutcome[] outcomes = [.. StatementsOf(document).Select(session.Run)];
        Assert.Empty(outcomes.Where(one => one.Error is not null).Select(one => $"{one.Text}: {one.Error}"));
        Assert.True(outcomes.Length >= least, $"{document} has {outcomes.Length} statements.");
        Assert.Equal(Listed().Where(line => line.StartsWith(document + ": ", StringComparison.Ordinal)),
            outcomes.Where(one => one.WhyNotRun is not null)
                .Select(one => $"{document}: {one.Text}  # {one.WhyNotRun}"));
    }

    private static IEnumerable<string> Listed() => File.ReadLines(s_notRun);

    private static IEnumerable<StatementAst> StatementsOf(string document)
    {
        foreach (CommandBlock block in CommandBlock.Of(document).Where(block => !block.IsShell))
        {
            ScriptBlockAst script = Parser.ParseInput(block.Text, out _, out ParseError[] errors);
            Assert.Empty(errors.Select(error => $"{document}: {error.Message}: {error.Extent.Text}"));
            foreach (StatementAst statement in script.EndBlock.Statements)
                yield return statement;
        }
    }
}
