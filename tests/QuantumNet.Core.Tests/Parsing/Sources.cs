namespace QuantumNet.Core.Tests.Parsing;

/// <summary>Sources for parsers under test.</summary>
internal static class Sources
{
    /// <summary>A source that collects what was not understood.</summary>
    public static TextSource Of(string command, out List<ParseIssue> issues)
    {
        issues = [];
        return new TextSource("node1", command, issues);
    }

    /// <summary>The nodes of the recorded Zed cloud: variant and host.</summary>
    public static TheoryData<string, string> ZedNodes()
    {
        var nodes = new TheoryData<string, string>();
        foreach (string variant in (string[])["hybrid+gre", "hybrid+vxlan", "ovsfw+vxlan"])
        {
            nodes.Add(variant, "compute1");
            nodes.Add(variant, "netnode");
        }
        return nodes;
    }
}
