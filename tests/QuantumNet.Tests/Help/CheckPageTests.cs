using System.Text;
using QuantumNet.Faults;
using QuantumNet.Tests.Lab;

namespace QuantumNet.Tests.Help;

/// <summary>The lists of checks are the catalogue's. <c>UPDATE_GOLDEN=1</c> writes them again;
/// what a code means is kept.</summary>
public sealed class CheckPageTests
{
    private static readonly string s_page = Path.Combine(Repository.Root, "docs", "checks.md");
    private static readonly string s_about = Path.Combine(Repository.Root, "en-US", "about_QuantumNet_Checks.help.txt");

    [Fact]
    public void The_page_of_checks_is_the_catalogue()
    {
        Dictionary<string, string> meanings = CheckPages.ReadMeanings(File.ReadAllText(s_page));
        AssertSame(s_page, CheckPages.Markdown(meanings), withMark: false);
    }

    [Fact]
    public void Every_code_is_told_what_it_means()
    {
        Dictionary<string, string> meanings = CheckPages.ReadMeanings(File.ReadAllText(s_page));
        string[] untold = [.. CheckCatalog.All.Where(check => meanings.GetValueOrDefault(check.Code, "").Length < 40)
            .Select(check => check.Code)];
        Assert.Empty(untold);
    }

    [Fact]
    public void The_topic_of_checks_is_the_catalogue() => AssertSame(s_about, CheckPages.About(), withMark: true);

    private static void AssertSame(string path, string expected, bool withMark)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            File.WriteAllText(path, expected, new UTF8Encoding(withMark));
        Assert.Equal(expected, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }
}
