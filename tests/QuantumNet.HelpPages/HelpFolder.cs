using System.Text;
using QuantumNet.Cli.Binding;

namespace QuantumNet.HelpPages;

/// <summary>The pages of a project and the help file that is made of them.</summary>
/// <param name="root">The project's folder.</param>
internal sealed class HelpFolder(string root)
{
    /// <summary>The help file.</summary>
    public string MamlPath { get; } = Path.Combine(root, "en-US", "QuantumNet.dll-Help.xml");

    /// <summary>The page of a cmdlet.</summary>
    public string PathOf(string cmdlet) => Path.Combine(root, "docs", "en-US", cmdlet + ".md");

    /// <summary>Reads the page of a cmdlet.</summary>
    /// <exception cref="FormatException">It is not one: file and line are told.</exception>
    public CommandPage Read(string cmdlet)
    {
        string path = PathOf(cmdlet);
        try
        {
            return PageReader.Read(File.ReadAllText(path));
        }
        catch (FormatException e)
        {
            throw new FormatException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Every file with the text that it should have: the pages as the cmdlets' classes want them,
    /// then the help file made of them.</summary>
    public IEnumerable<(string Path, string Text)> Wanted()
    {
        var pages = new List<CommandPage>();
        foreach (CommandEntry command in CommandCatalog.All())
        {
            string path = PathOf(command.Name);
            CommandPage written = File.Exists(path) ? Read(command.Name) : PageUpdate.Create(command.Name);
            CommandPage page = PageUpdate.Update(written, command);
            pages.Add(page);
            yield return (path, PageWriter.Write(page));
        }
        yield return (MamlPath, MamlWriter.Write(pages.OrderBy(page => page.Name, StringComparer.OrdinalIgnoreCase)));
    }

    /// <summary>Writes what is not as it should be, and says which files these were.</summary>
    public IEnumerable<string> Build()
    {
        foreach ((string path, string text) in Wanted())
        {
            if (File.Exists(path) && File.ReadAllText(path).ReplaceLineEndings("\n") == text)
                continue;
            File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: path == MamlPath));
            yield return Path.GetRelativePath(root, path);
        }
    }
}
