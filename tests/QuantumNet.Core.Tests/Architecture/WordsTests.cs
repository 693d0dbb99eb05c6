using System.Text.RegularExpressions;

namespace QuantumNet.Core.Tests.Architecture;

/// <summary>One word for one thing, in what users and newcomers read: the code with its messages, the help and the
/// documents.</summary>
public sealed class WordsTests
{
    /// <summary>What is not said, as a regular expression, and what is said in its place.</summary>
    private static readonly (string Not, string Say)[] s_glossary =
    [
        (@"\b(takes|taken) in (a|an|the|it|what|every|by|one|all)\b", "accepts, covers"),
        (@"\blets? (it |them |packets |the packet )?through\b", "forwards, accepts"),
        (@"\bthr(ows|own) away\b", "drops, discards"),
        (@"\banew\b", "again, re-"),
        (@"\bmend(s|ed|ing)?\b", "fix"),
        (@"\bis another than\b", "differs from, has changed"),
        (@"\b(cannot|can not|could not) be told\b", "cannot be determined"),
        (@"\b(can|cannot|could not) be had\b", "is possible, can be obtained"),
        (@"\bwould settle (it|them|the|what)\b", "run ... on NODE"),
        (@"\bwill bite\b|\bbites\b", "there is a latent fault, does harm"),
        (@"\b(beginning|beginnings) of (an id|ids|the id|its id)\b|\bunique beginning", "prefix of an id"),
        (@"\bnothing to (mend|fix)\b", "no action needed"),
        (@"(?<!\bthere )\b(is|are) no (?!longer\b|more\b)\w+", "is not a"),
    ];

    private static readonly string[] s_kinds = [".cs", ".md", ".txt", ".ps1xml", ".ps1", ".psd1"];

    [Fact]
    public void Old_phrases_are_not_in_code_help_or_documents() => Assert.Empty(
        SourceFiles.In("src", "docs", "en-US", "README.md", "tests/Operational", "QuantumNet.psd1")
            .Where(file => s_kinds.Contains(Path.GetExtension(file.Name)))
            .SelectMany(file => Found(string.Join('\n', file.Lines)).Select(what => $"{file.Name}: {what}")));

    [Theory]
    [InlineData("/// the bridge lets\n    /// packets through", "lets packets through")]
    [InlineData("Say(\"Where that cannot be told, \"", "cannot be told")]
    [InlineData("so many as the table takes in a minute", "takes in a")]
    [InlineData("'x' is no port, and there is no bridge that is no longer used", "is no port")]
    [InlineData("no action needed")]
    public void Old_phrases_are_found_across_lines(string text, params string[] phrases) =>
        Assert.Equal(phrases, Found(text).Select(found => found.Split('"')[1]));

    private static IEnumerable<string> Found(string text)
    {
        string joined = Regex.Replace(text, @"\s*\n\s*(///?|#|\+ \$?"")?\s*", " ");
        return s_glossary.SelectMany(entry => Regex.Matches(joined, entry.Not, RegexOptions.IgnoreCase)
            .Select(match => $"\"{match.Value}\"; say: {entry.Say}"));
    }
}
