using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumNet.Snapshots;

namespace QuantumNet.Access.ControlPlane;

/// <summary>One round of questions: keeps the answers, and reports each failure once.</summary>
internal sealed class ApiFetch(ApiSession session, ApiOptions options, IGatherObserver observer)
{
    private readonly object _lock = new();
    private readonly List<CommandOutput> _answers = [];
    private readonly HashSet<string> _failed = [];

    /// <summary>The answers so far, by kind and URL, whatever the order they came in.</summary>
    public CommandOutput[] Answers()
    {
        lock (_lock)
            return [.. _answers.OrderBy(answer => answer.Collector, StringComparer.Ordinal)
                .ThenBy(answer => answer.StartedAt)];
    }

    /// <summary>Asks Neutron for a list or an object and keeps the answer.</summary>
    /// <param name="kind">What it is, for the answer and for messages.</param>
    /// <param name="path">Path below <c>/v2.0/</c>, with query.</param>
    /// <param name="list">Name of the list in the answer; empty for an object.</param>
    /// <param name="subject">What it is asked about.</param>
    /// <param name="stop">Ends it.</param>
    public Task<List<JsonElement>> NetworkAsync(
        string kind, string path, string list, string subject, CancellationToken stop) =>
            GuardAsync(kind,
                async () => await AskAsync(kind, new Uri(session.Network(), path), list, subject, true, stop)
                    .ConfigureAwait(false));

    /// <summary>Asks Neutron without keeping the answer: it is partial.</summary>
    public Task<List<JsonElement>> LookUpAsync(string path, string list, CancellationToken stop) =>
        GuardAsync(RecordKinds.Port, async () =>
            await AskAsync(RecordKinds.Port, new Uri(session.Network(), path), list, "", false, stop)
                .ConfigureAwait(false));

    /// <summary>Asks Nova for servers, of all projects where the user may.</summary>
    public Task<List<JsonElement>> ServersAsync(string query, CancellationToken stop) =>
        GuardComputeAsync(RecordKinds.Instance, async () =>
        {
            var all = new Uri(session.Compute(), $"servers/detail?all_tenants=1&limit={options.PageSize}{query}");
            List<ApiAnswer> pages = await session.GetAsync(all, "servers", stop).ConfigureAwait(false);
            if (pages[^1].Status is 400 or 403)
            {
                var own = new Uri(session.Compute(), $"servers/detail?limit={options.PageSize}{query}");
                pages = await session.GetAsync(own, "servers", stop).ConfigureAwait(false);
            }
            return Keep(pages, RecordKinds.Instance, "servers", "", true);
        });

    /// <summary>Asks Nova for one server; one that Nova does not know is not a failure (a port may
    /// be anything's).</summary>
    public Task<List<JsonElement>> ServerAsync(string id, CancellationToken stop) =>
        GuardComputeAsync(RecordKinds.Instance, async () =>
            await AskAsync(RecordKinds.Instance,
                    new Uri(session.Compute(), $"servers/{Uri.EscapeDataString(id)}"), "", id, true, stop)
                .ConfigureAwait(false));

    /// <summary>Asks Nova for the end of a console's log (a POST that changes nothing;
    /// its body stands in the answer's argv).</summary>
    /// <param name="id">The instance.</param>
    /// <param name="mayFail">Whether it was not asked for by name: then a console that cannot be obtained is
    /// told, and no failure.</param>
    /// <param name="stop">Ends it.</param>
    public Task ConsoleAsync(string id, bool mayFail, CancellationToken stop) =>
        GuardComputeAsync(RecordKinds.Console, async () =>
        {
            var url = new Uri(session.Compute(), $"servers/{Uri.EscapeDataString(id)}/action");
            ApiAnswer answer = await session.PostAsync(url, ConsoleBody, stop).ConfigureAwait(false);
            if (answer.IsSuccess || !mayFail)
                return Keep([answer], RecordKinds.Console, "", id, true);
            observer.CommandFinished(ApiSession.ToOutput(answer, RecordKinds.Console, id));
            observer.Missing(
                $"The console log of instance {id} is left out: {SafeUrl.Show(url)} answered {answer.Status}.");
            return [];
        });

    private string ConsoleBody =>
        new JsonObject { ["os-getConsoleOutput"] = new JsonObject { ["length"] = options.ConsoleLines } }
            .ToJsonString();

    private async Task<List<JsonElement>> AskAsync(
        string kind, Uri url, string list, string subject, bool keep, CancellationToken stop)
    {
        List<ApiAnswer> pages = await session.GetAsync(url, list, stop).ConfigureAwait(false);
        return Keep(pages, kind, list, subject, keep);
    }

    private List<JsonElement> Keep(List<ApiAnswer> pages, string kind, string list, string subject, bool keep)
    {
        var found = new List<JsonElement>();
        foreach (ApiAnswer page in pages)
        {
            CommandOutput output = ApiSession.ToOutput(page, kind, subject);
            if (page.Method == "POST")
                output = output with { Argv = [.. output.Argv, ConsoleBody] };
            observer.CommandFinished(output);
            if (keep)
                Add(output);
            if (page.Error is not null)
            {
                Report(kind, page.Error);
                continue;
            }
            if (!page.IsSuccess)
            {
                // An id that is not there is an answer; a list that is not there is a failure.
                if (page.Status != 404 || list.Length > 0)
                    Report(kind, page);
                continue;
            }
            using JsonDocument? json = JsonReading.TryParse(page.Body);
            if (json is null)
            {
                Report(kind, ControlPlaneErrors.NotJson(page.Url, JsonReading.ErrorMessage(page.Body)));
                continue;
            }
            found.AddRange(Items(json.RootElement, list).Select(item => item.Clone()));
        }
        return found;
    }

    private static IEnumerable<JsonElement> Items(JsonElement root, string list)
    {
        if (list.Length > 0)
            return root.Property(list).Items();
        return root.ValueKind == JsonValueKind.Object ? root.EnumerateObject().Select(property => property.Value) : [];
    }

    private void Add(CommandOutput output)
    {
        lock (_lock)
            _answers.Add(output);
    }

    private void Report(string kind, ApiAnswer answer)
    {
        string said = JsonReading.ErrorMessage(answer.Body);
        Report(kind, answer.Status == 403
            ? ControlPlaneErrors.Forbidden(answer.Url, Plural(kind), said)
            : ControlPlaneErrors.Failed(answer.Url, answer.Status, said));
    }

    /// <summary>Reports a failure of a kind; further ones with the same id are the same trouble.</summary>
    private void Report(string kind, QuantumError error)
    {
        lock (_lock)
        {
            if (!_failed.Add($"{kind} {error.Id}"))
                return;
        }
        observer.Failed(error);
    }

    private static string Plural(string kind) => kind switch
    {
        RecordKinds.DhcpAgent => "which DHCP agents serve a network",
        RecordKinds.SecurityGroupRule => "security group rules",
        RecordKinds.Console => "console logs",
        _ => kind + "s",
    };

    /// <summary>What a cloud without Nova cannot be asked.</summary>
    private Task<List<JsonElement>> GuardComputeAsync(string kind, Func<Task<List<JsonElement>>> ask) =>
        session.HasCompute(observer) ? GuardAsync(kind, ask) : Task.FromResult(new List<JsonElement>());

    /// <summary>Lets the rest go on when a question fails as a whole.</summary>
    private async Task<List<JsonElement>> GuardAsync(string kind, Func<Task<List<JsonElement>>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (QuantumException e)
        {
            Report(kind, e.Error);
            return [];
        }
    }
}
