using System.Xml.Linq;
using QuantumNet.Cli.Binding;
using QuantumNet.HelpPages;
using QuantumNet.Tests.Lab;

namespace QuantumNet.Tests.Help;

/// <summary>The builder of help: what it does with a page that was changed, and with a cmdlet that was.</summary>
public sealed class HelpPagesTests
{
    private static readonly HelpFolder s_folder = new(Repository.Root);

    [Fact]
    public void Page_of_an_unchanged_cmdlet_stays_as_it_is()
    {
        string text = File.ReadAllText(s_folder.PathOf("Test-DhcpPath")).ReplaceLineEndings("\n");
        Assert.Equal(text, PageWriter.Write(PageReader.Read(text)));
    }

    [Fact]
    public void New_parameter_gets_a_place_to_be_filled_in()
    {
        CommandPage page = s_folder.Read("Get-OvsFlow");
        CommandPage before = page with { Parameters = [.. page.Parameters.Where(one => one.Name != "Table")] };
        CommandPage after = PageUpdate.Update(before, CommandCatalog.Find("Get-OvsFlow")!);
        PageParameter added = Assert.Single(after.Parameters, one => one.Name == "Table");
        Assert.Contains("{{ Fill Table Description }}", added.Description, StringComparison.Ordinal);
        Assert.Equal("System.Int32[]", added.Facts.Type);
        Assert.Equal(page.Parameters.Where(one => one.Name != "Table").Select(one => one.Description),
            after.Parameters.Where(one => one.Name != "Table").Select(one => one.Description));
    }

    [Fact]
    public void Parameter_that_is_gone_leaves_the_page()
    {
        CommandPage page = s_folder.Read("Get-OvsFlow");
        var gone = new PageParameter("Gone", "It was here.", new ParameterFacts());
        CommandPage before = page with { Parameters = [.. page.Parameters, gone] };
        CommandPage after = PageUpdate.Update(before, CommandCatalog.Find("Get-OvsFlow")!);
        Assert.Equal(page.Parameters.Select(one => one.Name), after.Parameters.Select(one => one.Name));
    }

    [Fact]
    public void Facts_that_were_changed_by_hand_become_the_cmdlets_again()
    {
        string text = File.ReadAllText(s_folder.PathOf("Trace-DhcpPacket")).ReplaceLineEndings("\n");
        string changed = text.Replace("DefaultValue: 60", "DefaultValue: 10", StringComparison.Ordinal)
            .Replace("[-PortId] <string[]>", "[[-PortId] <string>]", StringComparison.Ordinal);
        Assert.NotEqual(text, changed);
        CommandPage after = PageUpdate.Update(PageReader.Read(changed), CommandCatalog.Find("Trace-DhcpPacket")!);
        Assert.Equal(text, PageWriter.Write(after));
    }

    [Fact]
    public void Cmdlet_without_a_page_gets_one_to_fill_in()
    {
        CommandPage page = PageUpdate.Update(PageUpdate.Create("Get-OvsFlow"), CommandCatalog.Find("Get-OvsFlow")!);
        string text = PageWriter.Write(page);
        Assert.Contains("{{ Fill Synopsis }}", text, StringComparison.Ordinal);
        Assert.Equal(text, PageWriter.Write(PageReader.Read(text)));
        Assert.Equal(s_folder.Read("Get-OvsFlow").Syntax.Select(block => block.ToString()),
            page.Syntax.Select(block => block.ToString()));
    }

    [Theory]
    [InlineData("Get-X [[-A] <string[]>] [-B] <int> -C <uri> [-D <Nullable<int>>] -E [-F]")]
    [InlineData("Get-X")]
    public void Syntax_survives_reading_and_writing(string text) =>
        Assert.Equal(text, SyntaxBlock.Parse("Set", false, text).ToString());

    [Fact]
    public void Syntax_knows_what_may_be_left_out()
    {
        const string Text = "Get-X [[-A] <a>] [-B] <b> [-C <c>] -D <d> [-E] -F";
        SyntaxParameter[] parameters = SyntaxBlock.Parse("Set", false, Text).Parameters;
        Assert.Equal([false, true, false, true, false, true], parameters.Select(parameter => parameter.IsMandatory));
        Assert.Equal([true, true, false, false, false, false], parameters.Select(parameter => parameter.IsPositional));
        Assert.Equal(["a", "b", "c", "d", "", ""], parameters.Select(parameter => parameter.Type));
    }

    [Fact]
    public void Page_with_an_address_links_to_it_first()
    {
        CommandPage page = s_folder.Read("Get-OvsFlow");
        XElement[] links = Links(page with { HelpUri = "https://example.org/Get-OvsFlow" });
        Assert.Equal("Online Version" + "https://example.org/Get-OvsFlow", links[0].Value);
        Assert.Equal(page.Links.Length + 1, links.Length);
        Assert.Equal(page.Links.Length, Links(page).Length);
    }

    [Theory]
    [InlineData("  Position: Named", "  Posture: Named", "Posture")]
    [InlineData("## NOTES", "## NOTICE", "'## NOTES'")]
    [InlineData("```powershell\n", "Before the commands.\n\n```powershell\n", "an example begins with its commands")]
    [InlineData("document type: cmdlet", "", "line 1")]
    public void Page_out_of_form_is_refused_with_the_reason(string text, string wrong, string reason)
    {
        string page = File.ReadAllText(s_folder.PathOf("Get-OvsFlow")).ReplaceLineEndings("\n");
        string broken = wrong.Length == 0 ? page[4..] : page.Replace(text, wrong, StringComparison.Ordinal);
        FormatException error = Assert.Throws<FormatException>(() => PageReader.Read(broken));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static XElement[] Links(CommandPage page) => [.. XDocument.Parse(MamlWriter.Write([page])).Descendants()
        .Where(element => element.Name.LocalName == "navigationLink")];
}
