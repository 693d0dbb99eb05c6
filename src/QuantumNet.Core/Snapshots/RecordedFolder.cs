using System.Buffers;
using System.Globalization;
using System.Text;
using QuantumNet.Parsing.Clients;

namespace QuantumNet.Snapshots;

/// <summary>A folder of outputs with an <c>index.tsv</c>, its columns file, status, host and command.</summary>
internal static class RecordedFolder
{
    public const string IndexName = "index.tsv";

    private static readonly string[] s_clients = ["openstack", "neutron", "quantum", "nova"];
    private static readonly SearchValues<char> s_shell = SearchValues.Create(";|<>&$`'\"");

    public static QuantumSnapshot Load(SnapshotFiles files, string prefix)
    {
        List<CommandOutput> outputs = [], records = [];
        string index = Text(files, prefix + IndexName);
        DateTime takenAt = TakenAt(files, prefix);
        foreach (string line in index.Split('\n'))
        {
            string[] columns = line.TrimEnd('\r').Split('\t', 4);
            if (columns.Length < 4 || columns[0] == "file"
                || files.ReadUnpacked(prefix + columns[0]) is not { } content)
                continue;
            CommandOutput output = new()
            {
                ComputerName = columns[2],
                Argv = SplitCommand(columns[3]),
                ExitStatus = int.TryParse(columns[1], CultureInfo.InvariantCulture, out int status) ? status : null,
                StartedAt = takenAt,
                StandardOutput = content,
            };
            (IsRecord(output) ? records : outputs).Add(output);
        }
        CommandOutput[] answers = [.. records.Where(output => output.Argv[0] == "curl").Select(HttpAnswer.FromCurl)];
        HashSet<string> told = [.. answers.Select(KindOf)];
        bool hasApi = answers.Length > 0;
        return new()
        {
            CollectedAt = takenAt,
            RecordSource = hasApi ? RecordSource.Api : records.Count > 0 ? RecordSource.Client : RecordSource.Inferred,
            Nodes = [.. outputs.Select(output => output.ComputerName).Distinct()
                .Select(name => new SnapshotNode { ComputerName = name })],
            Outputs = [.. outputs],
            // Where both the API and a client told of a kind, the API's answer is the fuller one.
            RecordOutputs = [.. answers,
                .. records.Where(output => output.Argv[0] != "curl" && !told.Contains(KindOf(output)))],
        };
    }

    private static string Text(SnapshotFiles files, string name) =>
        files.Exists(name) && files.Read(name) is { } content ? Encoding.UTF8.GetString(content.Span) : "";

    /// <summary>A client's answer, or one of the API that holds records; what else <c>curl</c> fetched (the metadata
    /// service) is an output like others.</summary>
    private static bool IsRecord(CommandOutput output) => output.Argv.Length > 0
        && (output.Argv[0] == "curl"
            ? KindOf(output) is not ("" or RecordRequest.None) && output.StandardOutput.Span.Contains((byte)'{')
            : CommandPrefix.Strip(output.Argv).Argv is [string program, ..] && Array.IndexOf(s_clients, program) >= 0);

    private static string KindOf(CommandOutput output) =>
        RecordRequest.Of(output.Argv[0] == "curl" ? ["GET", output.Argv[^1]] : output.Argv)?.Kind ?? "";
    /// <summary>Splits a plain command; what needs a shell stays whole, as <c>sh -c</c>.</summary>
    private static string[] SplitCommand(string command)
    {
        if (command.StartsWith("curl ", StringComparison.Ordinal))
            return ["curl", command[(command.LastIndexOf(' ') + 1)..]];
        return command.AsSpan().IndexOfAny(s_shell) >= 0
            ? ["sh", "-c", command]
            : command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The time in <c>about.txt</c> (<c>... recorded 2026-01-02T03:04:05Z</c>); else the minimum.</summary>
    private static DateTime TakenAt(SnapshotFiles files, string prefix)
    {
        string about = Text(files, prefix + "about.txt");
        int at = about.IndexOf("recorded ", StringComparison.Ordinal);
        string word = at < 0 ? "" : about[(at + "recorded ".Length)..].Split('\n', ' ')[0];
        return DateTime.TryParse(word, CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out DateTime time)
            ? time : DateTime.MinValue;
    }
}
