using System.Diagnostics;
using QuantumNet.Access.ControlPlane;
using QuantumNet.Snapshots;

namespace QuantumNet.Tests.ControlPlane;

/// <summary>Runs a client's commands on this machine, by sh.</summary>
internal static class LocalShell
{
    /// <summary>Runs a script; <paramref name="firstFolder"/> comes first in PATH.</summary>
    public static async Task<CommandOutput> RunAsync(string script, string firstFolder, CancellationToken stop)
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{firstFolder}:/usr/bin:/bin".TrimStart(':');
        using Process shell = Process.Start(start)!;
        await shell.StandardInput.WriteAsync(script.AsMemory(), stop);
        shell.StandardInput.Close();
        Task<string> error = shell.StandardError.ReadToEndAsync(stop);
        using var output = new MemoryStream();
        await shell.StandardOutput.BaseStream.CopyToAsync(output, stop);
        await shell.WaitForExitAsync(stop);
        return new CommandOutput { ExitStatus = shell.ExitCode, StandardOutput = output.ToArray(), StandardError = await error };
    }
}
