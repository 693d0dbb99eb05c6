using System.Management.Automation.Runspaces;

namespace QuantumNet.Engine.Tests;

/// <summary>The real PowerShell, with the module imported from beside the tests.
/// One runspace, so one question at a time.</summary>
internal sealed class Engine : IDisposable
{
    private readonly Runspace _runspace;

    /// <param name="more">Cmdlets besides those of the module.</param>
    public Engine(params SessionStateCmdletEntry[] more)
    {
        var state = InitialSessionState.CreateDefault();
        state.ImportPSModule(Path.Combine(AppContext.BaseDirectory, "QuantumNet.psd1"));
        state.Commands.Add(more);
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
    }

    /// <summary>Runs a script; what it emits, and the error that ended it or else the first that did not.</summary>
    public (IReadOnlyList<PSObject> Output, ErrorRecord? Error) Run(string script, params object?[] input)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(script, useLocalScope: true);
        var output = new PSDataCollection<PSObject>();
        try
        {
            shell.Invoke(input, output);
            return ([.. output], shell.Streams.Error.FirstOrDefault());
        }
        catch (RuntimeException e)
        {
            return ([.. output], e.ErrorRecord);
        }
    }

    /// <summary>Runs a script that must not fail.</summary>
    public IReadOnlyList<PSObject> Get(string script, params object?[] input)
    {
        (IReadOnlyList<PSObject> output, ErrorRecord? error) = Run(script, input);
        Assert.True(error is null, $"{script}: {error}");
        return output;
    }

    /// <summary>What PowerShell knows of a cmdlet.</summary>
    public CmdletInfo Command(string name) => (CmdletInfo)Assert.Single(Get($"Get-Command -Name {name}")).BaseObject;

    public void Dispose() => _runspace.Dispose();
}
