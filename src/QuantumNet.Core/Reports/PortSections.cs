namespace QuantumNet.Reports;

/// <summary>The causes, each with its remedy and its ports: the path drawn, the findings with their lines.</summary>
internal sealed class PortSections(MarkupWriter page, bool isAlone)
{
    // Ports of one cause differ in their names only; a page of thousands of drawings helps nobody.
    private const int MaximumDrawn = 12;

    /// <summary>Writes a section per cause.</summary>
    public void Write(List<CauseGroup> groups)
    {
        for (int i = 0; i < groups.Count; i++)
        {
            page.Open("section", ("id", $"cause-{i + 1}"), ("class", "cause")).Line();
            Head(groups[i]);
            if (isAlone)
                Body(page, groups[i].Results[0], [.. groups[i].Remedies]);
            else
                Ports(groups[i]);
            page.Close().Line();
        }
    }

    /// <summary>One port: what it is, its path, its findings.</summary>
    public static void Body(MarkupWriter page, DhcpPathResult port, IReadOnlyCollection<string> told)
    {
        page.Open("div", ("class", "port")).Line();
        Facts(page, port);
        page.Open("div", ("class", "drawing")).Open("h3").Text("Path of ").Name(ReportInput.NameOf(port)).Close();
        PathDrawing.Write(page, port);
        page.Close().Line().Open("div", ("class", "findings")).Element("h3", "Findings");
        FindingList.Write(page, port.Findings, told);
        page.Close().Close().Line();
    }

    private void Head(CauseGroup group)
    {
        page.Open("h2");
        Signs.Inline(page, Signs.ClassOf(group.Status));
        page.Text(" ").Element("code", group.Code).Text(" ")
            .Name(group.Title.Length > 0 ? group.Title : Signs.WordOf(group.Status)).Close().Line();
        page.Open("p").Text("Where: ")
            .Element("strong", group.ComputerName.Length > 0 ? group.ComputerName : "not known");
        if (group.Object.Length > 0)
            page.Text(", ").Element("code", group.Object);
        string[] lost = [.. group.Results.Select(result => Words.Of(result.Direction))
            .Where(words => words.Length > 0).Distinct()];
        page.Text(lost.Length > 0 ? $" ({string.Join(", ", lost)})" : "").Close().Line();
        foreach (string remedy in group.Remedies)
            page.Open("p", ("class", "remedy")).Element("strong", "What to do: ").Text(remedy).Close().Line();
    }

    private void Ports(CauseGroup group)
    {
        page.Element("p", $"{Words.Count(group.Results.Count, "port", "ports")} "
            + $"on {Words.Count(group.NetworkCount, "network", "networks")}:").Line();
        for (int i = 0; i < group.Results.Count && i < MaximumDrawn; i++)
        {
            DhcpPathResult port = group.Results[i];
            page.Open("details", ("class", "one"), ("open", i == 0 ? "open" : null)).Open("summary")
                .Name(ReportInput.NameOf(port));
            page.Text(" ").Element("span", string.Join(" \u00b7 ",
                    new[] { port.IpAddress, port.ComputeNode }.Where(text => text.Length > 0)), ("class", "muted"))
                .Close().Line();
            page.Open("p").Name(port.Summary).Close().Line();
            Body(page, port, [.. group.Remedies]);
            page.Close().Line();
        }
        if (group.Results.Count <= MaximumDrawn)
            return;
        int rest = group.Results.Count - MaximumDrawn;
        page.Open("details")
            .Element("summary", $"{Words.Count(rest, "more port", "more ports")} of the same cause, not drawn").Line();
        PortTable.Write(page, [.. group.Results.Skip(MaximumDrawn)]);
        page.Close().Line();
    }

    private static void Facts(MarkupWriter page, DhcpPathResult port)
    {
        page.Open("dl", ("class", "facts")).Line();
        Fact(page, "Instance", port.InstanceName.Length > 0 && port.InstanceId.Length > 0
            ? $"{port.InstanceName} ({port.InstanceId})" : port.InstanceName + port.InstanceId);
        Fact(page, "Port", port.PortId);
        Fact(page, "Address", port.IpAddress);
        Fact(page, "MAC", port.Mac);
        Fact(page, "Network", port.NetworkId);
        Fact(page, "Compute node", port.ComputeNode);
        Fact(page, "DHCP served by", string.Join(", ", port.DhcpNodes));
        page.Close().Line();
    }

    private static void Fact(MarkupWriter page, string name, string value)
    {
        if (value.Length > 0)
            page.Open("div").Element("dt", name).Open("dd").Name(value).Close().Close().Line();
    }
}
