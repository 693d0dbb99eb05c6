using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using QuantumNet.Tests.Lab;

namespace QuantumNet.Tests.Packages;

/// <summary>THIRD-PARTY-NOTICES.md names what packages carry, with its licence: made of the packages themselves
/// (UPDATE_GOLDEN=1), so that nothing is forgotten when one is added or changes.</summary>
public sealed class NoticesTests
{
    /// <summary>Where PowerShellStandard.Library says that its licence stands: PowerShell's, which is MIT.</summary>
    private const string PowerShells = "https://github.com/PowerShell/PowerShell/blob/master/LICENSE.txt";

    private static readonly string s_file = Path.Combine(Repository.Root, "THIRD-PARTY-NOTICES.md");

    [Fact]
    public void Notices_are_those_of_the_packages_that_are_carried()
    {
        string made = Write();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            File.WriteAllText(s_file, made);
        Assert.Equal(made, File.ReadAllText(s_file).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Every_package_has_a_licence_that_may_be_carried()
    {
        Package[] packages = [.. Packages()];
        Assert.Contains(packages, package => package.Name == "SSH.NET");
        Assert.All(packages, package => Assert.Contains(package.Licence, (string[])["MIT", "Apache-2.0"]));
        Assert.All(packages, package => Assert.NotEmpty(package.Holder));
    }

    private sealed record Package(string Name, string Version, string Licence, string Holder, string Project);

    /// <summary>What the projects of src bring along: packages with an assembly that is copied.</summary>
    private static IEnumerable<Package> Packages()
    {
        SortedDictionary<string, Package> packages = new(StringComparer.OrdinalIgnoreCase);
        foreach (string project in Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")))
        {
            using JsonDocument assets = JsonDocument.Parse(
                File.ReadAllText(Path.Combine(project, "obj", "project.assets.json")));
            string folder = assets.RootElement.GetProperty("packageFolders").EnumerateObject().First().Name;
            foreach (JsonProperty entry in assets.RootElement.GetProperty("targets").EnumerateObject()
                .SelectMany(target => target.Value.EnumerateObject()))
            {
                string[] name = entry.Name.Split('/');
                if (entry.Value.GetProperty("type").GetString() == "package" && IsCarried(entry.Value))
                    packages.TryAdd(entry.Name, Read(folder, name[0], name[1]));
            }
        }
        return packages.Values;
    }

    private static bool IsCarried(JsonElement package) => package.TryGetProperty("runtime", out JsonElement runtime)
        && runtime.EnumerateObject().Any(file => file.Name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase));

    private static Package Read(string folder, string name, string version)
    {
        string path = Path.Combine(folder, name.ToLowerInvariant(), version.ToLowerInvariant());
        XElement about = XDocument.Load(Path.Combine(path, $"{name.ToLowerInvariant()}.nuspec")).Root!
            .Elements().First(element => element.Name.LocalName == "metadata");
        string Of(string element) =>
            about.Elements().FirstOrDefault(one => one.Name.LocalName == element)?.Value.Trim() ?? "";
        XElement? licence = about.Elements().FirstOrDefault(one => one.Name.LocalName == "license");
        string text = Array.Find(["LICENSE.md", "LICENSE.txt", "LICENSE.TXT", "LICENSE"],
            file => File.Exists(Path.Combine(path, file))) is { } found
            ? File.ReadAllText(Path.Combine(path, found)).ReplaceLineEndings("\n").Trim() : "";
        string kind = licence?.Attribute("type")?.Value == "expression" ? licence.Value
            : IsMit(text) || Of("licenseUrl") == PowerShells ? "MIT" : "";
        string holder = Of("copyright") is { Length: > 0 } copyright ? copyright : Of("authors");
        bool saysSo = holder.Contains("Copyright", StringComparison.OrdinalIgnoreCase) || holder.Contains('\u00a9');
        return new(name, version, kind, saysSo ? holder : $"Copyright (c) {holder}", Of("projectUrl"));
    }

    private static bool IsMit(string text) =>
        text.Contains("Permission is hereby granted, free of charge", StringComparison.Ordinal);

    private static string Write()
    {
        var text = new StringBuilder("""
            # Third parties

            What the packages of QuantumNet carry besides its own code, and under which licence. The module holds these
            assemblies in `lib`, the program of one file within itself; the latter holds a copy of the .NET runtime, too
            (MIT; its own notices lie beside it as `dotnet-LICENSE.txt` and `dotnet-ThirdPartyNotices.txt`).


            """.ReplaceLineEndings("\n"));
        Package[] packages = [.. Packages()];
        foreach (Package package in packages)
        {
            text.Append($"## {package.Name} {package.Version}\n\n{package.Licence} licence. {package.Holder}\n");
            if (package.Project.Length > 0)
                text.Append($"<{package.Project}>\n");
            text.Append('\n');
        }
        text.Append("## The MIT licence\n\n").Append(s_mit.ReplaceLineEndings("\n")).Append('\n');
        if (Array.Exists(packages, package => package.Licence == "Apache-2.0"))
            text.Append("\n## The Apache-2.0 licence\n\n```\n").Append(Apache()).Append("\n```\n");
        return text.ToString();
    }

    private static string Apache() => File.ReadAllText(Path.Combine(Repository.Root, "packaging", "Apache-2.0.txt"))
        .ReplaceLineEndings("\n").Trim('\n');

    private const string s_mit = """
        Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
        documentation files (the "Software"), to deal in the Software without restriction, including without limitation
        the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and
        to permit persons to whom the Software is furnished to do so, subject to the following conditions:

        The above copyright notice and this permission notice shall be included in all copies or substantial portions of
        the Software.

        THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO
        THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
        AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
        CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
        IN THE SOFTWARE.
        """;
}
