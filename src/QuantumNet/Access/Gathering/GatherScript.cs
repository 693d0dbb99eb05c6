using System.Globalization;
using System.Text;
using QuantumNet.Snapshots;
using QuantumNet.Snapshots.Frames;

namespace QuantumNet.Access.Gathering;

/// <summary>Writes the one POSIX sh script that runs a plan on a node. It makes no file there, changes nothing,
/// needs only what POSIX and a timeout program give (dash, bash and busybox run it), and ends with everything it
/// started when its standard input ends.</summary>
internal sealed class GatherScript
{
    private const int MaximumSubjects = 500;
    private const string NoFile = "Permission denied: a link, or no ordinary file, is not read";
    private const string OddName = "Permission denied: no service gives a file such a name, and it is not read";
    private static readonly CommandScope[] s_loops = [CommandScope.Bridge, CommandScope.DhcpNamespace,
        CommandScope.DhcpNetwork, CommandScope.DnsmasqProcess, CommandScope.NftTable];

    private static readonly CommandTemplate s_usual = new();

    private readonly StringBuilder _text = new();
    private readonly bool _masks;

    private GatherScript(bool masks = false) => _masks = masks;

    /// <summary>The script of a plan.</summary>
    /// <param name="plan">What to run.</param>
    /// <param name="environment">The node's variables.</param>
    /// <param name="sudo">Whether commands that need root go through <c>sudo -n</c>.</param>
    /// <param name="nonce">Marks the frames; told to nobody.</param>
    /// <param name="run">Marks the processes of this run.</param>
    public static string Write(
        GatherPlan plan, IReadOnlyDictionary<string, string> environment, bool sudo, string nonce, string run)
    {
        GatherScript script = new();
        script.WriteHead(environment, sudo, nonce, run);
        foreach (PlannedCommand command in plan.First)
            script.WriteRun(command, "''");
        script._text.Append(ScriptLanes.Join(LanesOf(plan, masks: false))).Append(ScriptParts.Tail);
        return script._text.ToString();
    }

    /// <summary>What runs side by side.</summary>
    /// <param name="plan">What to run.</param>
    /// <param name="masks">Whether what may hold secrets passes through the function <c>hide</c>.</param>
    public static string[] LanesOf(GatherPlan plan, bool masks) =>
        Array.ConvertAll(plan.Lanes, lane => LaneOf(lane, plan.NetworkIds, masks));

    private static string LaneOf(PlannedCommand[] commands, string[] networkIds, bool masks)
    {
        GatherScript lane = new(masks);
        foreach (PlannedCommand command in commands.Where(command => command.Template.Scope == CommandScope.Node))
            lane.WriteRun(command, "''");
        foreach (CommandScope scope in s_loops)
            lane.WriteLoop(commands, networkIds, scope);
        foreach (PlannedCommand command in commands.Where(command => command.Template.Scope == CommandScope.File))
            lane.WriteFiles(command);
        return lane._text.ToString();
    }

    /// <summary>A script that runs commands as they stand, some side by side, in an environment that a file on the node
    /// sets. The shell takes another script after it.</summary>
    public static string WriteCommands(IReadOnlyList<CommandTemplate> commands,
        IReadOnlyList<string> inputs, string environmentFile, IReadOnlyDictionary<string, string> environment,
        string nonce, string run)
    {
        GatherScript script = new();
        script.WriteHead(environment, sudo: false, nonce, run, ScriptParts.KeepInput);
        if (environmentFile.Length > 0)
            script.Line($"if [ -r {ShellQuote.Word(environmentFile)} ]; then set -a; . "
                + $"{ShellQuote.Word(environmentFile)} >/dev/null 2>&1 </dev/null; set +a; fi");
        GatherScript[] lanes = [.. Enumerable.Range(0, Math.Min(commands.Count, ScriptLanes.Most))
            .Select(_ => new GatherScript())];
        for (int i = 0; i < commands.Count; i++)
        {
            GatherScript lane = lanes[i % lanes.Length];
            lane.Line($"i={ShellQuote.Word(inputs[i])}");
            lane.WriteRun(new(i, commands[i], []), "''");
        }
        script._text.Append(ScriptLanes.Join([.. lanes.Select(lane => lane._text.ToString())]))
            .Append(ScriptParts.NextTail);
        return script._text.ToString();
    }

    /// <summary>A script that runs the first commands of a plan, and only asks about the others whether they may run.
    /// </summary>
    /// <param name="plan">The commands, as they stand.</param>
    /// <param name="facts">How many of them are run.</param>
    /// <param name="isMadeUp">Whether a command is about something that need not be there.</param>
    /// <param name="node">The node: its variables, and whether it needs sudo.</param>
    /// <param name="nonce">Marks the frames; told to nobody.</param>
    /// <param name="run">Marks the processes of this run.</param>
    public static string WriteProbe(
        GatherPlan plan, int facts, Func<int, bool> isMadeUp, InventoryNode node, string nonce, string run)
    {
        GatherScript script = new();
        script.WriteHead(node.Environment, node.Sudo, nonce, run);
        foreach (PlannedCommand command in plan.Commands)
        {
            if (command.Number == facts)
                script._text.Append(ScriptParts.Probe);
            if (command.Number >= facts && FileReading.Reads(command.Template.Argv))
                script.Line($"SHOW={ShellQuote.Word(FileReading.FilterOf(command.Template.Argv))}; "
                    + $"file_root {ShellQuote.Word(command.Template.Argv[^1])}");
            script.WriteRun(command, command.Number >= facts && isMadeUp(command.Number) ? "'made-up'" : "''");
        }
        script._text.Append(ScriptParts.Tail);
        return script._text.ToString();
    }

    private void WriteHead(
        IReadOnlyDictionary<string, string> environment, bool sudo, string nonce, string run, string before = "")
    {
        Line("{");
        _text.Append(before);
        Line($"N='{nonce}' QUANTUMNET_RUN='{run}'");
        Line("export QUANTUMNET_RUN");
        Line($"S={(sudo ? "'sudo -n'" : "")} K= B=");
        _text.Append(ScriptParts.Head).Append(ScriptParts.Begin);
        foreach ((string name, string value) in environment)
            Line($"export {name}={ShellQuote.Word(value)}");
    }

    private void WriteRun(PlannedCommand command, string subject)
    {
        CommandTemplate template = command.Template;
        if (template.IsFallback)
            _text.Append("[ -n \"$ok\" ] || ");
        string[] words = [.. template.Argv.Select(ShellQuote.Template)];
        Line(string.Create(CultureInfo.InvariantCulture,
            $"run {command.Number} {subject} {template.TimeoutSeconds} {template.MaximumBytes + 1} "
                + $"'{Cut(command)}' {(AllowList.NeedsRoot(template.Argv) ? 1 : 0)} "
                + $"{string.Join(' ', words)}"));
    }

    /// <summary>What cuts an output on the node: an output that may be long is not sent just to be discarded.
    /// </summary>
    private string Cut(PlannedCommand command)
    {
        CommandTemplate template = command.Template;
        string cut = template.KeepsTail ? "tail -c"
            : template.MaximumBytes == s_usual.MaximumBytes ? "" : "head -c";
        return !_masks || !command.MayHoldSecrets ? cut : cut.Length > 0 ? "hide " + cut : "hide head -c";
    }

    private void WriteLoop(PlannedCommand[] all, string[] networkIds, CommandScope scope)
    {
        PlannedCommand[] commands = [.. all.Where(command => command.Template.Scope == scope)];
        if (commands.Length == 0)
            return;
        (string lookup, string variable) = scope switch
        {
            CommandScope.Bridge => ("look_bridges", "bridge"),
            CommandScope.DhcpNamespace => ("look_namespaces", "namespace"),
            CommandScope.DhcpNetwork => ("look_networks", "folder"),
            CommandScope.NftTable => ("look_tables", "nft"),
            _ => ("look_processes", "pid"),
        };
        if (scope == CommandScope.DnsmasqProcess && networkIds.Length > 0)
            Line($"P={ShellQuote.Word(string.Join('\n', networkIds))}");
        Line(lookup);
        Line(scope == CommandScope.DhcpNetwork ? "k=0 V=$G" : "k=0");
        Line($"for {variable} in $a; do IFS=$F");
        Line(scope switch
        {
            CommandScope.DhcpNamespace => "namespace=${namespace%% *}; network=${namespace#qdhcp-}; "
                + "case $namespace in qdhcp-?*) ;; *) continue ;; esac",
            CommandScope.DhcpNetwork => "network=${folder##*/}",
            CommandScope.NftTable => "family=${nft%% *} table=${nft#* }",
            CommandScope.Bridge => "case $bridge in -*) continue ;; esac",
            _ => ":",
        });
        if (networkIds.Length > 0 && scope is CommandScope.DhcpNamespace or CommandScope.DhcpNetwork)
            Line($"case $network in {string.Join('|', networkIds.Select(ShellQuote.Word))}) ;; "
                + "*) continue ;; esac");
        Line($"k=$((k + 1)); [ $k -le {MaximumSubjects} ] || break");
        foreach (PlannedCommand command in commands)
            WriteSubject(command, scope, variable);
        Line("done; IFS=$F V=");
    }

    private void WriteSubject(PlannedCommand command, CommandScope scope, string variable)
    {
        if (scope == CommandScope.DhcpNetwork && FileReading.Reads(command.Template.Argv))
            WriteRead(command, $"\"${variable}\"", ShellQuote.Template(command.Template.Argv[^1]));
        else
            WriteRun(command, $"\"${variable}\"");
    }

    /// <summary>Reads one file: as root reads those of others where the node's tools can, else as its login.</summary>
    private void WriteRead(PlannedCommand command, string subject, string file, string skip = "")
    {
        string[] argv = command.Template.Argv;
        Line($"SHOW={ShellQuote.Word(FileReading.FilterOf(argv))} "
            + $"THEN={ShellQuote.Word(string.Join(' ', FileReading.AfterOf(argv)))}; file_root {file}");
        if (skip.Length > 0)
            Line(skip);
        Line($"if [ -n \"$R\" ] || {{ [ -z \"$S\" ] && safe {file}; }}; then");
        WriteRun(command, subject);
        Line($"else skip {command.Number} {subject} '{NoFile}' 126");
        Line("fi; R=");
    }

    private void WriteFiles(PlannedCommand command)
    {
        CommandTemplate template = command.Template;
        Line("k=0");
        foreach (string pattern in template.FilePatterns)
        {
            Line($"look_files {command.Number} {FileReading.LookupOf(pattern)}; IFS=$L");
            Line("for file in $a; do IFS=$F");
            Line("b=${file%%:*} file=${file#*:}");
            Line($"case $file in {pattern}) ;; *) continue ;; esac");
            Line("case $b in d*) continue ;; esac");
            Line($"k=$((k + 1)); [ $k -le {MaximumSubjects} ] || break");
            Line($"case $b in f*) b=${{b#f}} ;; *) skip {command.Number} \"$file\" '{NoFile}' 126; continue ;; esac");
            Line($"case $file in *[!a-zA-Z0-9_./-]*) skip {command.Number} \"$file\" '{OddName}' 126; continue ;; "
                + "esac");
            WriteRead(command, "\"$file\"", "\"$file\"", PassedOver(template));
            Line("done; IFS=$F");
        }
    }

    /// <summary>Of a log only the end is read.</summary>
    private static string PassedOver(CommandTemplate template) => !template.KeepsTail ? "" : string.Create(
        CultureInfo.InvariantCulture, $"[ $b -le {template.MaximumBytes} ] || h=$((b - {template.MaximumBytes}))");

    private void Line(string line) => _text.Append(line).Append('\n');
}
