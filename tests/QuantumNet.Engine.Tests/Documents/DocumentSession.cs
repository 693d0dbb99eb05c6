using System.Management.Automation.Language;
using QuantumNet.Cli.Binding;
using QuantumNet.Tests.Help;

namespace QuantumNet.Engine.Tests.Documents;

/// <summary>PowerShell with the documents' cloud connected, in which one document is run from top to bottom.</summary>
internal sealed class DocumentSession : IDisposable
{
    private const string Elsewhere = "ssh runs it on a node";

    private static readonly string[] s_live =
        ["Measure-DhcpCounter", "Restart-QuantumAgent", "Send-DhcpProbe", "Trace-DhcpPacket"];
    private static readonly string[] s_reached = ["ComputerName", "Test", "Transport"];

    private readonly DocumentCloud _cloud = new();
    private readonly Engine _engine = new([.. CommandCatalog.All().Select(BindingTwin.Of)]);

    public DocumentSession()
    {
        // What the reader has of his own; Pester's word runs its block as Pester does.
        _engine.Get($$"""
            Set-Location '{{_cloud.Folder}}'
            function global:Send-Alarm { }
            function global:BeforeDiscovery([scriptblock] $Block) { & $Block }
            function global:Get-Credential([string] $Name) {
                [pscredential]::new($Name, [securestring]::new())
            }
            """);
        Connect();
    }

    /// <summary>Runs a statement, or binds its parameters where it would act on live nodes.</summary>
    public StatementOutcome Run(StatementAst statement)
    {
        CommandAst[] commands = [.. statement.FindAll(one => one is CommandAst, searchNestedScriptBlocks: true)
            .Cast<CommandAst>()];
        CommandAst[] ours = [.. commands.Where(IsOurs)];
        if (ours.Length == 0 || commands[0].GetCommandName() is "Describe")
            return new(statement, $"{commands.FirstOrDefault()?.GetCommandName()} is not a cmdlet of QuantumNet", null);
        (CommandAst Command, string? Why)[] bound = [.. ours.Select(one => (one, WhyOnlyBound(one, commands)))
            .Where(one => one.Item2 is not null)];
        string twins = string.Concat(bound.Select(one => one.Command.GetCommandName()).Distinct()
            .Select(name => $"Set-Alias {name} Bind-{name.Replace("-", "", StringComparison.Ordinal)}; "));
        CommandAst[] run = [.. ours.Except(bound.Select(one => one.Command))];
        string script = bound.Any(one => one.Why == Elsewhere) ? "" : twins + _cloud.Here(Offline(statement, run));
        ErrorRecord? error = _engine.Run(script).Error;
        if (bound.Length > 0 && ours[0].GetCommandName() == "Connect-Quantum")
            Connect();
        return new(statement, bound.FirstOrDefault().Why, error);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _cloud.Dispose();
    }

    private void Connect() => _engine.Get($"Connect-Quantum -Snapshot '{_cloud.Snapshot}'");

    private static bool IsOurs(CommandAst command) =>
        command.GetCommandName() is { } name && CommandCatalog.Find(name) is not null;

    private static string? WhyOnlyBound(CommandAst command, CommandAst[] all)
    {
        string name = command.GetCommandName();
        if (Array.IndexOf(s_live, name) >= 0 && !Has(command, "Snapshot") && !Has(command, "Before"))
            return $"{name} needs live nodes";
        if (name == "Connect-Quantum" && s_reached.Any(parameter => Has(command, parameter)))
            return "it says how live nodes are reached";
        if (name == "Test-InstanceReachability" && Has(command, "From"))
            return "no cloud of the samples has a router";
        if (name == "Get-NovaConsoleLog")
            return "no cloud of the samples has a console log";
        if (Has(command, "Live"))
            return "-Live asks live nodes";
        if (Has(command, "MaxAgeSeconds"))
            return "-MaxAgeSeconds works on live nodes";
        return Array.Exists(all, one => one.Parent == command.Parent && one.GetCommandName() == "ssh")
            ? Elsewhere : null;
    }

    private static bool Has(CommandAst command, string parameter) =>
        command.CommandElements.OfType<CommandParameterAst>().Any(one => one.ParameterName == parameter);

    /// <summary>The statement with the documents' cloud in place of an inventory.</summary>
    private string Offline(StatementAst statement, CommandAst[] ours)
    {
        string text = statement.Extent.Text;
        foreach (CommandAst command in ours.Reverse())
        {
            int at = command.CommandElements.ToList().FindIndex(one => one is CommandParameterAst
            {
                ParameterName: "Inventory",
            });
            if (at < 0)
                continue;
            int start = command.CommandElements[at].Extent.StartOffset - statement.Extent.StartOffset;
            int end = command.CommandElements[at + 1].Extent.EndOffset - statement.Extent.StartOffset;
            text = $"{text[..start]}-Snapshot '{_cloud.Snapshot}'{text[end..]}";
        }
        return text;
    }
}

/// <summary>What became of a statement.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="WhyNotRun">Why it was not run; null where it was.</param>
/// <param name="Error">The first error.</param>
internal sealed record StatementOutcome(StatementAst Statement, string? WhyNotRun, ErrorRecord? Error)
{
    /// <summary>The statement in one line.</summary>
    public string Text => string.Join(' ',
        Statement.Extent.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
