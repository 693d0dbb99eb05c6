namespace QuantumNet.Reports;

/// <summary>What the verdicts rest on: what was collected, what failed, what was not understood.</summary>
internal static class CollectionSection
{
    private const int MaximumIssues = 200;

    /// <summary>Writes it.</summary>
    public static void Write(MarkupWriter page, IReadOnlyList<QuantumCollection> collections)
    {
        page.Open("section", ("id", "collected")).Element("h2", "What was collected, and what was not").Line();
        if (collections.Count == 0)
            page.Element("p", "These results do not tell what was collected: they were read back from text. "
                + "Test the ports again from the snapshot to see it.", ("class", "muted")).Line();
        foreach (QuantumCollection collection in collections)
            One(page, collection);
        page.Close().Line();
    }

    private static void One(MarkupWriter page, QuantumCollection collection)
    {
        string records = collection.RecordKinds.Length == 0 ? "none" : string.Join(", ", collection.RecordKinds);
        page.Open("p").Text($"Collected {Words.Time(collection.CollectedAt)}. "
            + $"Records ({SourceOf(collection.RecordSource)}): {records}.").Close().Line();
        Missing(page, collection);
        page.Open("table", ("class", "stack")).Open("thead").Open("tr");
        foreach (string head in (string[])["Node", "Roles", "Collected", "Failed", "Not collected"])
            page.Element("th", head, ("scope", "col"));
        page.Close().Close().Open("tbody").Line();
        foreach (CollectedNode node in collection.Nodes.Where(node => node.Commands.Length > 0))
            NodeRow(page, node);
        page.Close().Close().Line();
        foreach (CollectedNode node in collection.Nodes.Where(node => node.Commands.Length > 0))
            Commands(page, node);
        NotUnderstood(page, collection.Issues);
    }

    private static string SourceOf(RecordSource source) => source switch
    {
        RecordSource.Api => "REST API",
        RecordSource.Client => "command-line client",
        _ => "worked out from the nodes",
    };

    private static void Missing(MarkupWriter page, QuantumCollection collection)
    {
        if (collection.Failures.Length == 0)
        {
            page.Element("p", "Every node answered, and no command was refused or cut off.").Line();
            return;
        }
        page.Open("ul", ("class", "failures")).Line();
        foreach (GatherFailure failure in collection.Failures)
        {
            page.Open("li");
            Signs.Inline(page, "unknown");
            page.Text(" ").Element("code", failure.Code).Text(" ").Element("strong", failure.ComputerName).Text(": ");
            if (failure.Command.Length > 0)
                page.Element("code", failure.Command).Text(" ");
            page.Name(failure.Message).Text(" ").Element("span", failure.Advice, ("class", "muted")).Close().Line();
        }
        page.Close().Line();
    }

    private static void NodeRow(MarkupWriter page, CollectedNode node)
    {
        page.Open("tr").Open("td", ("data-label", "Node")).Element("strong", node.ComputerName).Close();
        page.Open("td", ("data-label", "Roles")).Name(string.Join(", ", node.Roles)).Close();
        foreach ((string label, CollectionState state) in (ReadOnlySpan<(string, CollectionState)>)[("Collected",
                CollectionState.Collected), ("Failed", CollectionState.Failed),
            ("Not collected", CollectionState.NotCollected)])
        {
            // What is absent or not understood gave no records either; the list below tells which it was.
            int count = node.Commands.Count(command => command.State == state
                || (state == CollectionState.Failed
                    && command.State is CollectionState.NotUnderstood or CollectionState.Absent));
            page.Element("td", count.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ("data-label", label), ("class", "number"));
        }
        page.Close().Line();
    }

    private static void Commands(MarkupWriter page, CollectedNode node)
    {
        page.Open("details").Open("summary").Text("Commands on ").Name(node.ComputerName).Close().Line()
            .Open("ul", ("class", "commands")).Line();
        foreach (CollectedCommand command in node.Commands
            .OrderBy(command => command.State == CollectionState.Collected ? 1 : 0))
        {
            page.Open("li");
            Signs.Inline(page, command.State == CollectionState.Collected ? "ok" : "unknown");
            page.Text(" ").Element("code",
                command.Command.Length > 0 ? command.Command : $"{command.Collector} {command.Subject}".Trim());
            if (command.State != CollectionState.Collected)
                page.Text(": ").Name(command.Reason.Length > 0 ? command.Reason
                    : command.State == CollectionState.NotCollected ? "not collected" : "failed");
            page.Close().Line();
        }
        page.Close().Close().Line();
    }

    private static void NotUnderstood(MarkupWriter page, ParseIssue[] issues)
    {
        if (issues.Length == 0)
            return;
        page.Open("details").Element("summary", Words.Count(issues.Length, "piece of output was not understood",
            "pieces of output were not understood")).Line();
        page.Open("ul", ("class", "commands")).Line();
        foreach (ParseIssue issue in issues.Take(MaximumIssues))
        {
            page.Open("li").Name(issue.ComputerName).Text(": ").Element("code", issue.Command)
                .Text(
                    FormattableString.Invariant($", line {issue.LineNumber}, column {issue.Column}: {issue.Reason}: "))
                .Element("code", issue.Text).Close().Line();
        }
        if (issues.Length > MaximumIssues)
            page.Element("li", $"and {issues.Length - MaximumIssues} more").Line();
        page.Close().Close().Line();
    }
}
