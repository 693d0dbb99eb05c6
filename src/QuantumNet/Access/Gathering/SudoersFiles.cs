using QuantumNet.Snapshots;

namespace QuantumNet.Access.Gathering;

/// <summary>The rules by which sudo(8) lets the files of services be found and read, as <see cref="FileReading"/>
/// tells.</summary>
/// <remarks>sudo compares arguments joined by blanks, so that who runs it may part and join them at any of these:
/// therefore programs have their full names, what guards comes before what it guards, and no argument holds a blank.
/// </remarks>
internal static class SudoersFiles
{
    private const string Find = "/usr/bin/find -P ";
    private const string Network = "[0-9a-f-]+";
    private const string Letters = "[a-zA-Z0-9_.-]";

    /// <summary>The rules, without the program that ends them, which is timeout(1).</summary>
    /// <param name="collectors">Whose files they are.</param>
    /// <param name="container">What stands before a command that is run in a container.</param>
    public static IEnumerable<string> Rules(IEnumerable<ICollector> collectors, string container)
    {
        CommandTemplate[] templates = [.. collectors.SelectMany(collector => collector.Commands)
            .Where(template => FileReading.Reads(template.Argv))];
        foreach (string folder in ServicePlaces.DhcpFolders)
            yield return "--foreground -k 2 20 " + Listing(folder + "/*");
        yield return $"--foreground -k 2 10 {container}"
            + Listing(ServicePlaces.DhcpFolders[0] + "/*").Replace("(/usr)?/s?bin/", "/usr/bin/",
                StringComparison.Ordinal);
        foreach (string pattern in templates.SelectMany(template => template.FilePatterns).Distinct())
            yield return "--foreground -k 2 20 " + Listing(pattern);
        foreach (CommandTemplate template in templates)
        {
            foreach (string path in Paths(template))
            {
                string before = template.Scope == CommandScope.DhcpNetwork ? $"({container})?" : "";
                yield return $"-k 2 {template.TimeoutSeconds} {before}{Reading(path, template)}";
            }
        }
    }

    private static string Listing(string pattern) =>
        Sudoers.Program("find") + string.Concat(FileReading.List(pattern)[1..]
            .Select(word => " " + Sudoers.Literal(word)));

    private static IEnumerable<string> Paths(CommandTemplate template) => template.Scope != CommandScope.DhcpNetwork
        ? template.FilePatterns
        : ServicePlaces.DhcpFolders.Select(
            folder => template.Argv[^1].Replace("{folder}", folder + "/{network}", StringComparison.Ordinal));

    /// <summary>find's command for a file, as the script makes it (<see cref="FileParts.Read"/>).</summary>
    private static string Reading(string path, CommandTemplate template)
    {
        string root = FileReading.RootOf(path);
        string[] parts = path[(root.Length + 1)..].Split('/');
        // The way is written once, each step in the other: an expression of sudoers(5) has 1,024 characters.
        string way = string.Concat(parts.Select(part => "(/" + Name(part))) + string.Concat(parts.Select(_ => ")?"));
        string filter = FileReading.FilterOf(template.Argv);
        string how = filter.Length > 0 ? $"/bin/sh -c {Sudoers.Literal(filter)} {{}}"
            : "/bin/dd iflag=nofollow iflag=nonblock iflag=skip_bytes bs=64k status=none skip=[0-9]+ if={}";
        how = how.Replace("{}", @"\{\}", StringComparison.Ordinal);
        return $@"{Find}{Sudoers.Literal(root)} \( (-path {Sudoers.Literal(root)}{way}( -o )?)+ \) "
            + $@"-fprintf /dev/stderr @%y@ \( ! -path {Name(path)} -o -type f -execdir {how} ; \) -o -prune";
    }

    private static string Name(string path) => Sudoers.Literal(path)
        .Replace(@"\{network\}", Network, StringComparison.Ordinal)
        .Replace(@"\*", Letters + "*", StringComparison.Ordinal)
        .Replace(@"\?", Letters, StringComparison.Ordinal)
        .Replace(@"\[", "[", StringComparison.Ordinal).Replace(@"\]", "]", StringComparison.Ordinal);
}
