using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Net;
using QuantumNet.Cli.Binding;
using QuantumNet.Cli.Output;
using QuantumNet.Pipeline;

namespace QuantumNet.Cli;

/// <summary>Runs a cmdlet where there is no PowerShell: its objects are printed as they come,
/// its diagnostics go to standard error.</summary>
internal sealed class CliHost(CliTerminal terminal, CommonOptions options, bool asksFirst, ResultStream results,
    Credentials credentials) : ICommandHost
{
    /// <summary>What it comes to.</summary>
    public Outcome Outcome { get; } = new();

    public ConnectionStore Connections { get; } = new() { HowToConnect = DefaultSource.Advice };

    public int Width => terminal.Width;

    public void Object(object value)
    {
        Outcome.Add(value);
        results.Add(value);
    }

    public void Error(QuantumError error)
    {
        Outcome.Add(error);
        results.Add(error);
        if (IsShown(options.ErrorAction))
            terminal.PrintError(error);
        if (options.ErrorAction == Preference.Stop || IsRefused(options.ErrorAction))
            throw new CommandEndedException();
    }

    [DoesNotReturn]
    public void Fail(QuantumError error)
    {
        Outcome.Add(error);
        results.Add(error);
        terminal.PrintError(error);
        throw new CommandEndedException();
    }

    [DoesNotReturn]
    public void Stopped() => throw new OperationCanceledException();

    public void Warning(string text)
    {
        if (IsShown(options.WarningAction))
            terminal.PrintDiagnostic("warning", text);
        if (options.WarningAction == Preference.Stop)
            Fail(UsageErrors.WarningStops(text));
        if (IsRefused(options.WarningAction))
            throw new CommandEndedException();
    }

    private static bool IsShown(Preference action) => action is not (Preference.SilentlyContinue or Preference.Ignore);

    /// <summary>Whether the user was asked and does not want to go on.</summary>
    private bool IsRefused(Preference action) =>
        action == Preference.Inquire
        && !terminal.Ask("Go on?", "pass -ErrorAction Continue or -WarningAction Continue to go on.");

    public void Verbose(string text)
    {
        if (options.Verbose)
            terminal.PrintDiagnostic("verbose", text);
    }

    public void Debug(string text)
    {
        if (options.Debug)
            terminal.PrintDiagnostic("debug", text);
    }

    public void Progress(ProgressUpdate update)
    {
        if (IsShown(options.ProgressAction))
            terminal.ShowProgress(update);
    }

    public bool ShouldProcess(string target, string action)
    {
        if (options.WhatIf)
        {
            terminal.PrintDiagnostic("what if", $"{action}: {target}");
            return false;
        }
        return options.Confirm ?? asksFirst ? terminal.Ask($"{action}: {target}?") : true;
    }

    public bool ShouldContinue(string question, string caption) =>
        options.Confirm == false || terminal.Ask($"{caption}: {question}");

    public NetworkCredential? CredentialOf(string parameter, PSCredential? given) => credentials.Of(parameter);

    public string ResolvePath(string path) =>
        Path.GetFullPath(path is "~" || path.StartsWith("~/", StringComparison.Ordinal)
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..]
            : path);
}

/// <summary>The cmdlet has ended early; what there is to say has been said.</summary>
internal sealed class CommandEndedException : Exception;
