using System.Text;
using QuantumNet.Faults;
using QuantumNet.Snapshots;

namespace QuantumNet.Tests.Help;

/// <summary>The two texts that list the checks, written from the catalogue.
/// What a check means is told by hand in docs/checks.md and kept.</summary>
internal static class CheckPages
{
    private const int Width = 78;

    private static readonly (string Layer, string Title)[] s_layers =
    [
        ("ControlPlane", "Control plane"), ("Devices", "Devices of the instance"),
        ("Iptables", "iptables and security groups"), ("Integration", "br-int"),
        ("Tunnel", "Tunnels and physical networks"), ("DhcpServer", "DHCP server"), ("Guest", "Guest"),
        ("Gathering", "Gathering: limits of what can be said"),
    ];

    /// <summary>What docs/checks.md says of each code by hand: the text between its heading and its list.</summary>
    public static Dictionary<string, string> ReadMeanings(string page)
    {
        var meanings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string entry in page.ReplaceLineEndings("\n").Split("\n### ").Skip(1))
        {
            int end = entry.IndexOf('\n', StringComparison.Ordinal);
            string code = entry[..entry.IndexOf(':', StringComparison.Ordinal)];
            meanings[code] = entry[end..].Split("\n- ")[0].Trim();
        }
        return meanings;
    }

    /// <summary>docs/checks.md.</summary>
    public static string Markdown(IReadOnlyDictionary<string, string> meanings)
    {
        var text = new StringBuilder("# Every check\n\n");
        text.Append("`Get-QuantumCheck` prints this table in the shell; "
            + "`Get-Help about_QuantumNet_Checks` is its short form.\n");
        text.Append("A code never changes its meaning. `Error`: no lease. `Warning`: "
            + "DHCP works, but there is a latent fault. `Info`: worth knowing.\n");
        foreach ((string layer, string title) in s_layers)
        {
            text.Append($"\n## {title}\n");
            foreach (CheckInfo check in CheckCatalog.All.Where(check => check.Layer == layer))
                AppendMarkdown(text, check, meanings.GetValueOrDefault(check.Code, ""));
        }
        return text.ToString();
    }

    /// <summary>en-US/about_QuantumNet_Checks.help.txt.</summary>
    public static string About()
    {
        var text = new StringBuilder("TOPIC\n    about_QuantumNet_Checks\n\nSYNOPSIS\n"
            + "    Every fault code, and what to do about it.\n\nDESCRIPTION\n");
        Wrap(text, 4, "Get-QuantumCheck emits this table as objects. What each code means, and what it is judged by, "
            + "is said in docs/checks.md of the project. A code never changes its meaning.");
        foreach ((string layer, string title) in s_layers)
        {
            text.Append($"\n{title.ToUpperInvariant()}\n");
            foreach (CheckInfo check in CheckCatalog.All.Where(check => check.Layer == layer))
            {
                Wrap(text, 4, $"{check.Code}  {check.Title} ({check.Severity.ToString().ToLowerInvariant()})", 12);
                Wrap(text, 12, check.Remedy);
            }
        }
        text.Append("\nSEE ALSO\n    Get-QuantumCheck\n    Test-DhcpPath\n    about_QuantumNet_WritingACheck\n");
        return text.ToString();
    }

    private static void AppendMarkdown(StringBuilder text, CheckInfo check, string meaning)
    {
        text.Append($"\n### {check.Code}: {check.Title}\n\n{meaning}\n\n- Severity: {check.Severity}\n");
        if (check.Explains.Length > 0)
            text.Append($"- Brings about: {string.Join(", ", check.Explains)}\n");
        if (check.Needs.Length > 0)
            text.Append($"- Evidence: {string.Join("; ", check.Needs.Select(Evidence))}\n");
        text.Append($"- Remedy: {check.Remedy}\n");
        if (check.Reference.Length > 0)
            text.Append($"- Known from: {check.Reference}\n");
    }

    private static string Evidence(string need)
    {
        if (need.StartsWith("record:", StringComparison.Ordinal))
            return $"the control plane's record of the {need["record:".Length..].Replace('-', ' ')}";
        ICollector? collector = Collectors.All.FirstOrDefault(one => one.Name == need);
        return collector is null ? need switch
        {
            "Trace" => "a capture (Trace-DhcpPacket)",
            _ => need,
        }
        : $"{need} (`{string.Join(' ', collector.Commands[0].Argv)}`)";
    }

    private static void Wrap(StringBuilder text, int indent, string words, int hanging = -1)
    {
        string line = new(' ', indent);
        bool isEmpty = true;
        foreach (string word in words.Split(' '))
        {
            if (!isEmpty && line.Length + 1 + word.Length > Width)
            {
                text.Append(line.TrimEnd()).Append('\n');
                line = new string(' ', hanging < 0 ? indent : hanging);
                isEmpty = true;
            }
            line += isEmpty ? word : " " + word;
            isEmpty = false;
        }
        text.Append(line.TrimEnd()).Append('\n');
    }
}
