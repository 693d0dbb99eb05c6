using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using QuantumNet.Cli.Binding;
using QuantumNet.Cli.Help;
using QuantumNet.Cli.Output;
using QuantumNet.Pipeline;

namespace QuantumNet.Cli.Mcp;

/// <summary>A cmdlet as a tool (Model Context Protocol, Server Features, Tools).</summary>
internal sealed class CmdletTool : McpServerTool
{
    private readonly CommandEntry _command;
    private readonly ConnectionStore _connections;
    private readonly bool _allowsChanges;

    /// <summary>The tool of a cmdlet.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="connections">The cloud that it reads.</param>
    /// <param name="allowsChanges">Whether it may change nodes.</param>
    public CmdletTool(CommandEntry command, ConnectionStore connections, bool allowsChanges)
    {
        (_command, _connections, _allowsChanges) = (command, connections, allowsChanges);
        var page = PageSource.Of(command.Name);
        ProtocolTool = new Tool
        {
            Name = command.Name,
            Title = page.Synopsis,
            Description = string.Join("\n\n", [page.Synopsis, .. page.Description]),
            InputSchema = ToolSchema.Input(command, page),
            OutputSchema = ToolSchema.Output(command),
            Annotations = new ToolAnnotations
            {
                ReadOnlyHint = !allowsChanges || !command.SupportsShouldProcess,
                DestructiveHint = allowsChanges && ToolCatalog.ChangesNode(command),
                OpenWorldHint = true,
            },
        };
    }

    /// <inheritdoc/>
    public override Tool ProtocolTool { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<object> Metadata => [];

    /// <inheritdoc/>
    public override async ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        Dictionary<string, JsonElement> given = new(request.Params?.Arguments ?? new Dictionary<string, JsonElement>(),
            StringComparer.OrdinalIgnoreCase);
        ToolResult result = new(ToolArguments.Number(given, ToolSchema.Skip, 0),
            Math.Min(ToolArguments.Number(given, ToolSchema.First, ToolResult.UsualCount), ToolResult.MostCount),
            ToolArguments.Texts(given, ToolSchema.Property));
        var host = new ToolHost(result, _connections, _allowsChanges, Teller(request, cancellationToken));
        await Task.Run(() => Run(given, host, cancellationToken), cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        JsonElement answer = result.ToJson();
        string text = JsonResults.Compact(answer);
        return new CallToolResult
        {
            IsError = result.IsFailure,
            StructuredContent = answer,
            Content = [new TextContentBlock { Text = text }],
        };
    }

    private void Run(Dictionary<string, JsonElement> given, ToolHost host, CancellationToken stop)
    {
        using QuantumCmdlet cmdlet = _command.Create();
        cmdlet.CommandHost = host;
        using CancellationTokenRegistration stopping = stop.Register(cmdlet.Stop);
        try
        {
            CommandParameter[] own = ToolCatalog.ParametersOf(_command);
            var binder = new ArgumentBinder(_command.Name, own, [], _command.DefaultSet);
            IReadOnlyDictionary<string, object> bound = binder.Bind(
                ToolArguments.CommandLine(_command.Name, given, own));
            binder.CheckSets([]);
            BoundValues.Apply(cmdlet, own, bound);
            cmdlet.Run();
        }
        catch (QuantumException e)
        {
            host.Error(e.Error);
        }
        catch (CommandEndedException)
        {
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    /// <summary>Tells the program how far it is, where it wants to know.</summary>
    private static Action<ProgressUpdate> Teller(
        RequestContext<CallToolRequestParams> request, CancellationToken stop)
    {
        if (request.Params?.ProgressToken is not { } token)
            return _ => { };
        int told = 0;
        return update =>
        {
            if (update.IsCompleted)
                return;
            string text = update.Status.Length > 0 ? $"{update.Activity}: {update.Status}" : update.Activity;
            // Whether it arrives is not waited for: the next one tells more.
            _ = request.Server.NotifyProgressAsync(token,
                new ProgressNotificationValue { Progress = ++told, Message = text }, cancellationToken: stop);
        };
    }
}
