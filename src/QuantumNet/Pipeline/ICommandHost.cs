using System.Net;

namespace QuantumNet.Pipeline;

/// <summary>What a cmdlet needs of whatever runs it: PowerShell, <c>quantumnet</c>, or a test.
/// Called on the thread that runs the cmdlet, and nowhere else.</summary>
internal interface ICommandHost
{
    /// <summary>Emits an object. May throw when nobody reads any more.</summary>
    void Object(object value);

    /// <summary>Reports an error; the cmdlet goes on unless the host throws.</summary>
    void Error(QuantumError error);

    /// <summary>Reports an error that ends the cmdlet: always throws.</summary>
    [DoesNotReturn]
    void Fail(QuantumError error);

    /// <summary>Ends a cmdlet that was stopped: always throws.</summary>
    [DoesNotReturn]
    void Stopped();

    /// <summary>Warns.</summary>
    void Warning(string text);

    /// <summary>Tells what runs, for those who asked with <c>-Verbose</c>.</summary>
    void Verbose(string text);

    /// <summary>Tells what a developer wants to know, for those who asked with <c>-Debug</c>.</summary>
    void Debug(string text);

    /// <summary>Shows how far it is.</summary>
    void Progress(ProgressUpdate update);

    /// <summary>Asks whether a change may be made (<c>-WhatIf</c>, <c>-Confirm</c>).</summary>
    bool ShouldProcess(string target, string action);

    /// <summary>Asks a question of its own.</summary>
    bool ShouldContinue(string question, string caption);

    /// <summary>A path as the user wrote it (relative, <c>~</c>, PSDrive) as a full path of the file system.</summary>
    string ResolvePath(string path);

    /// <summary>The user and password of a parameter; null where none is given.
    /// Hosts without objects of PowerShell ask for the password.</summary>
    /// <param name="parameter">Its name.</param>
    /// <param name="given">Its value.</param>
    /// <exception cref="QuantumException">The password cannot be obtained.</exception>
    NetworkCredential? CredentialOf(string parameter, PSCredential? given) => given?.GetNetworkCredential();

    /// <summary>Columns of the terminal.</summary>
    int Width { get; }

    /// <summary>The connections of this session.</summary>
    ConnectionStore Connections { get; }
}

/// <summary>One state of a progress bar.</summary>
/// <param name="Activity">What is done.</param>
/// <param name="Status">How far it is, and what is still waited for; empty where nobody knows.</param>
/// <param name="Percent">How much of it is done; null where nobody knows.</param>
/// <param name="SecondsLeft">How long it still takes; null where nobody knows.</param>
/// <param name="IsCompleted">Whether the bar goes away.</param>
internal readonly record struct ProgressUpdate(
    string Activity, string Status, int? Percent = null, int? SecondsLeft = null, bool IsCompleted = false)
{
    /// <summary>Takes the bar away.</summary>
    public static ProgressUpdate Completed { get; } = new("Done", "Done", IsCompleted: true);
}
