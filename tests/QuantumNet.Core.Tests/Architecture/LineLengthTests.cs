namespace QuantumNet.Core.Tests.Architecture;

/// <summary>Keeps every line of C# within the columns of .editorconfig. Only what cannot be broken may be longer:
/// the lines of a raw string literal, and a line that begins with one.</summary>
public sealed class LineLengthTests
{
    private const int Limit = 120;
    private const string Long = "0123456789012345678901234567890123456789012345678901234567890123456789"
        + "01234567890123456789012345678901234567890123456789!";

    [Fact]
    public void Every_line_of_code_is_within_the_limit() =>
        Assert.Empty(SourceFiles.In("src", "tests").Where(file => file.Name.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(file => TooLong(file.Name, file.Lines)));

    [Theory]
    [InlineData($"// {Long}", "a.cs:1")]
    [InlineData($"Say(\"{Long}\");\nint x;", "a.cs:1")]
    [InlineData($"string a = \"\"\"\n    {Long}\n    \"\"\";\nstring b = \"{Long}\";", "a.cs:4")]
    [InlineData($"string a = \"\"\"\n    x\n    \"\"\" + \"{Long}\";", "a.cs:3")]
    [InlineData($"string a = \"\"\"x\"\"\" + \"{Long}\";\nSay(\"{Long}\");", "a.cs:1", "a.cs:2")]
    [InlineData($"Say($\"\"\"\"\n    \"\"\"\n    {Long}\n    \"\"\"\");")]
    [InlineData($"Say(\n    $$\"\"\"{Long}\"\"\");")]
    [InlineData("int x;")]
    public void Only_raw_literals_may_be_longer(string text, params string[] found) =>
        Assert.Equal(found, TooLong("a.cs", text.Split('\n')));

    private static IEnumerable<string> TooLong(string name, string[] lines)
    {
        int open = 0;       // quotation marks that close the raw literal around the line; 0 outside of one
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            bool isLast = open > 0 && MarksAt(line, 0) >= open;
            bool isData = (open > 0 && !isLast) || line.TrimStart('$').StartsWith("\"\"\"", StringComparison.Ordinal);
            if (lines[i].Length > Limit && (!isData || isLast))
                yield return $"{name}:{i + 1}";
            if (open == 0 || isLast)
                open = OpenedBy(isLast ? line[open..] : line);
        }
    }

    /// <summary>The marks of a raw literal that begins at the line's end; 0 when none does.</summary>
    private static int OpenedBy(string line)
    {
        int runs = 0, marks = 0;
        for (int at = line.IndexOf('"'); at >= 0; at = line.IndexOf('"', at + marks))
        {
            marks = MarksAt(line, at);
            runs += marks >= 3 ? 1 : 0;
            if (at + marks == line.Length)
                return marks >= 3 && runs % 2 == 1 ? marks : 0;
        }
        return 0;
    }

    private static int MarksAt(string line, int start)
    {
        int end = start;
        while (end < line.Length && line[end] == '"')
            end++;
        return end - start;
    }
}
