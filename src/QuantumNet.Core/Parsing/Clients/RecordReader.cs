using System.Text.Json;

namespace QuantumNet.Parsing.Clients;

/// <summary>Reads all answers of the control plane, REST or client, into one set of typed records.
/// What several answers tell of the same id (a list and a show) becomes one record.</summary>
public static class RecordReader
{
    /// <summary>Reads the answers; what is not understood goes to <paramref name="issues"/>. Never throws.</summary>
    public static CloudRecords Read(IReadOnlyList<CommandOutput> recordOutputs, ICollection<ParseIssue> issues)
    {
        var store = new RecordStore();
        foreach (CommandOutput output in recordOutputs)
        {
            var source = new TextSource(output.ComputerName, output.Command, issues) { TakenAt = output.StartedAt };
            if (RecordRequest.Of(output.Argv) is { } request)
                ReadAnswer(output, request, source, store);
            else
                source.Report(1, 1, "Unknown request", output.Text);
        }
        return store.ToRecords(issues);
    }

    /// <summary>The requests that were refused or failed; an id that does not exist is an answer,
    /// not a failure.</summary>
    public static List<GatherFailure> ReadFailures(IReadOnlyList<CommandOutput> recordOutputs)
    {
        var failures = new List<GatherFailure>();
        foreach (CommandOutput output in recordOutputs)
        {
            if (Succeeded(output) || IsNotFound(output))
                continue;
            failures.Add(new()
            {
                ComputerName = output.ComputerName,
                Code = output.TimedOut ? "QN9004" : "QN9003",
                Command = output.Command,
                Message = ErrorText(output),
                Advice = "Check the credentials, the role and the service's log on the controller.",
            });
        }
        return failures;
    }

    private static void ReadAnswer(CommandOutput output, RecordRequest request, TextSource source, RecordStore store)
    {
        if (!Succeeded(output) || request.Kind == RecordRequest.None)
            return;
        if (request.Kind == "console")
        {
            store.Answered(request);
            store.AddConsole(request, output, ConsoleText(output), source);
            return;
        }
        List<RecordFields> records = RecordAnswer.Read(output, source, out bool isWhole);
        foreach (RecordFields fields in records)
        {
            fields.Command = output.Command;
            fields.AnsweredBy = output.ComputerName;
            fields.Source = request.Source;
            isWhole &= store.Add(request, fields, source);
        }
        if (isWhole)
            store.Answered(request);
    }

    private static bool IsRest(CommandOutput output) => output.Argv is ["GET" or "POST", ..];

    private static bool Succeeded(CommandOutput output) =>
        !output.TimedOut && (IsRest(output) ? output.ExitStatus is >= 200 and < 300 : output.ExitStatus is 0);

    private static bool IsNotFound(CommandOutput output) => IsRest(output)
        ? output.ExitStatus == 404
        : output.ExitStatus is > 0 && (output.StandardError.Contains("found for", StringComparison.Ordinal)
            || output.StandardError.Contains("Unable to find", StringComparison.Ordinal)
            || output.StandardError.Contains("could not be found", StringComparison.Ordinal));

    private static string ErrorText(CommandOutput output)
    {
        string text = output.StandardError.Trim();
        if (text.Length == 0)
            text = output.Text.Trim();
        if (output.ExitStatus is null && !output.TimedOut)
            return text;
        string status = IsRest(output) ? $"HTTP {output.ExitStatus}" : $"exit status {output.ExitStatus}";
        return output.TimedOut ? $"ran past its deadline: {text}" : $"{status}: {text}";
    }

    /// <summary>The console's text: <c>{"output": "..."}</c> of the API, or what the client printed.</summary>
    private static string ConsoleText(CommandOutput output)
    {
        if (!IsRest(output))
            return output.Text;
        try
        {
            using JsonDocument document = JsonDocument.Parse(output.StandardOutput);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("output", out JsonElement text)
                ? FieldValue.Of(text).Text ?? "" : "";
        }
        catch (JsonException)
        {
            return output.Text;
        }
    }
}
