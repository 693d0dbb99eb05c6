using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumNet.Access;
using QuantumNet.Access.Gathering;
using QuantumNet.Cli.Binding;
using QuantumNet.Cli.Completion;
using QuantumNet.Cli.Help;
using QuantumNet.Cli.Output;
using QuantumNet.Pipeline;

namespace QuantumNet.Cli;

/// <summary>Runs one command line.</summary>
internal static class Application
{
    /// <summary>Runs it and returns the exit status.</summary>
    public static int Run(string[] arguments, CliTerminal terminal, CancellationToken interrupted)
    {
        try
        {
            return arguments switch
            {
                [] => PrintOverview(terminal),
                ["-?" or "-h" or "-help" or "--help" or "help"] => PrintOverview(terminal),
                ["help" or "--help" or "-h" or "-?", var name, ..] => PrintHelp(name, terminal),
                ["--version" or "-version" or "-V"] => PrintVersion(terminal),
                ["explain", .. var rest] => Explain(rest, terminal, interrupted),
                ["man"] => PrintManual(terminal),
                ["completion", .. var rest] => PrintCompletion(rest, terminal),
                ["mcp", .. var rest] => Mcp.McpServing.Run(rest, terminal, interrupted),
                ["schema", .. var rest] => PrintSchema(rest, terminal),
                ["init", .. var rest] => Init(rest, terminal, interrupted),
                ["--sudoers", var user] => PrintSudoers(user, terminal),
                [var name, .. var rest] => RunCommand(Find(name), rest, terminal, interrupted),
            };
        }
        catch (QuantumException e)
        {
            terminal.PrintError(e.Error);
            return ExitStatus.CouldNotRun;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            return ExitStatus.Interrupted;
        }
    }

    private static CommandEntry Find(string name) => CommandCatalog.Find(name)
        ?? throw UsageErrors.UnknownCommand(name, CommandCatalog.All().Select(entry => entry.Name));

    private static int PrintOverview(CliTerminal terminal)
    {
        HelpPage.PrintOverview(terminal);
        return ExitStatus.Fine;
    }

    private static int PrintHelp(string name, CliTerminal terminal)
    {
        if (CommandCatalog.Find(name) is { } command)
            return HelpPage.PrintCommand(command, terminal);
        terminal.Output.WriteLine(Topics.Find(name)?.TrimEnd() ?? throw UsageErrors.UnknownTopic(name,
            [.. CommandCatalog.All().Select(entry => entry.Name), .. Topics.Names()]));
        return ExitStatus.Fine;
    }

    private static int PrintVersion(CliTerminal terminal)
    {
        terminal.Output.WriteLine($"quantumnet {ProductVersion.Text}");
        return ExitStatus.Fine;
    }

    private static int PrintManual(CliTerminal terminal)
    {
        terminal.Output.Write(ManualPage.Of(ProductVersion.Text));
        return ExitStatus.Fine;
    }

    /// <summary>The JSON schema of one type of results, or of all.</summary>
    private static int PrintSchema(string[] names, CliTerminal terminal)
    {
        SortedDictionary<string, Type> types = ResultSchema.All();
        if (names is [var name, ..] && !types.ContainsKey(name))
            throw UsageErrors.UnknownType(name, types.Keys);
        JsonNode schema = names is [var one, ..] ? ResultSchema.Of(types[one]) : ResultSchema.Document();
        terminal.Output.WriteLine(schema.ToJsonString(JsonResults.Options));
        return ExitStatus.Fine;
    }

    private static int PrintSudoers(string user, CliTerminal terminal)
    {
        terminal.Output.Write(AllowList.ToSudoers(user));
        return ExitStatus.Fine;
    }

    /// <summary>What the catalogue knows of codes, those of piped verdicts too.</summary>
    private static int Explain(string[] arguments, CliTerminal terminal, CancellationToken interrupted)
    {
        if (arguments.Length == 0 && terminal.Piped is null)
            throw UsageErrors.NothingToExplain();
        string[] codes = [.. arguments.TakeWhile(argument => !ArgumentName.Is(argument))];
        string[] rest = arguments[codes.Length..];
        string list = string.Join(',', codes.Select(code => code.Trim(',')));
        return RunCommand(Find("explain"), codes.Length == 0 ? rest : [list, .. rest], terminal, interrupted,
            OutputFormat.List);
    }

    /// <summary>A shell's script, or the values that such a script asks for.</summary>
    private static int PrintCompletion(string[] arguments, CliTerminal terminal)
    {
        if (arguments is ["values", var kind, var typed, .. var source])
            SeenValues.Print(kind, typed, source, terminal);
        else
            terminal.Output.Write(arguments is [var shell] && ShellScript.Of(shell) is { } script ? script
                : throw UsageErrors.UnknownShell(arguments.FirstOrDefault() ?? "", CompletedCommand.Shells));
        return ExitStatus.Fine;
    }

    /// <summary>Writes an inventory, or checks one, or prints what may stand in one.</summary>
    private static int Init(string[] arguments, CliTerminal terminal, CancellationToken interrupted)
    {
        if (arguments is [var only] && IsNamed(only, "Schema"))
        {
            terminal.Output.Write(InventorySchema.Text);
            return ExitStatus.Fine;
        }
        int validate = Array.FindIndex(arguments, argument => IsNamed(argument, "Validate"));
        return validate < 0 ? RunCommand(Find("init"), arguments, terminal, interrupted)
            : RunCommand(Find("Test-QuantumInventory"), [.. arguments[..validate], .. arguments[(validate + 1)..]],
                terminal, interrupted, OutputFormat.List);
    }

    private static bool IsNamed(string argument, string name) =>
        argument.StartsWith('-') && argument.TrimStart('-').Equals(name, StringComparison.OrdinalIgnoreCase);

    private static int RunCommand(CommandEntry entry, string[] arguments, CliTerminal terminal,
        CancellationToken interrupted, OutputFormat format = OutputFormat.Default)
    {
        CommandParameter[] own = CommandParameter.Of(entry.Type);
        CommandParameter[] common = CommonOptions.Parameters(entry.SupportsShouldProcess,
            Array.Exists(own, one => one.IsCredential));
        var binder = new ArgumentBinder(entry.Name, own, common, entry.DefaultSet);
        IReadOnlyDictionary<string, object> bound = binder.Bind(arguments);
        CommonOptions options = CommonOptions.From(entry.Name, bound);
        if (options.Help)
            return HelpPage.PrintCommand(entry, terminal);

        var results = ResultStream.Open(entry.Name, options.As == OutputFormat.Default ? format : options.As, terminal);
        var credentials = new Credentials(terminal, options, interrupted);
        var host = new CliHost(terminal, options, entry.AsksFirst, results, credentials);
        host.Connections.Fallback = new DefaultSource(host, terminal.Variable).Open;
        CommandParameter[] open = binder.OpenToPipeline();
        // What stands on standard input for a password is not an object.
        PipedObjects? piped = open.Length > 0 && options.PasswordDescriptor != 0 && terminal.Piped is { } input
            ? PipedObjects.Open(input, host.Verbose, interrupted) : null;
        binder.CheckSets(piped is null ? [] : open);
        using QuantumCmdlet cmdlet = entry.Create();
        cmdlet.CommandHost = host;
        BoundValues.Apply(cmdlet, own, bound);
        foreach (CommandParameter one in own.Where(one => one.IsCredential && bound.ContainsKey(one.Name)))
            credentials.Add(one.Name, (string)bound[one.Name]);
        bool stopped = !RunToEnd(cmdlet,
            () => Run(cmdlet, new PipelineBinder(entry.Name, cmdlet, open), piped), interrupted);
        results.End();
        return stopped ? ExitStatus.Interrupted : host.Outcome.Status;
    }

    /// <summary>False when it was interrupted.</summary>
    private static bool RunToEnd(QuantumCmdlet cmdlet, Action run, CancellationToken interrupted)
    {
        using CancellationTokenRegistration stop = interrupted.Register(cmdlet.Stop);
        try
        {
            run();
        }
        catch (CommandEndedException)
        {
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            return false;
        }
        return !interrupted.IsCancellationRequested;
    }

    /// <summary>Runs it as the head of a pipeline, or once for each object that came in, as it comes.</summary>
    private static void Run(QuantumCmdlet cmdlet, PipelineBinder binder, PipedObjects? piped)
    {
        if (piped is null)
        {
            cmdlet.Run();
            return;
        }
        cmdlet.RunBegin();
        for (int number = 1; TryNext(cmdlet, piped, out JsonElement value); number++)
        {
            try
            {
                binder.Bind(value, number);
            }
            catch (QuantumException e)
            {
                cmdlet.CommandHost.Error(e.Error);      // as in PowerShell, the next object may do
                continue;
            }
            cmdlet.RunProcess();
        }
        cmdlet.RunEnd();
    }

    private static bool TryNext(QuantumCmdlet cmdlet, PipedObjects piped, out JsonElement value)
    {
        try
        {
            return piped.TryNext(out value);
        }
        catch (QuantumException e)
        {
            cmdlet.CommandHost.Fail(e.Error);           // what is behind it cannot be read
            throw;
        }
    }
}
