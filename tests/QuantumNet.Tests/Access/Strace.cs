using System.Diagnostics;

namespace QuantumNet.Tests.Access;

/// <summary>Runs programs under strace(1).</summary>
internal static class Strace
{
    private const string Path = "/usr/bin/strace";

    /// <summary>Skips the test where it cannot be.</summary>
    public static void Need()
    {
        Skip.IfNot(File.Exists(Path), "strace is not installed");
        Skip.IfNot(Run("/bin/true", ["-e", "trace=none"]) == 0, "strace may not trace here");
    }

    /// <summary>A command line of quantumnet, for dotnet.</summary>
    public static string[] Quantumnet(params string[] command) =>
        [System.IO.Path.Combine(AppContext.BaseDirectory, "QuantumNet.Cli.dll"), .. command];

    /// <summary>The program's exit status.</summary>
    public static int Run(string program, string[] options, params string[] arguments) =>
        Run([], program, options, arguments);

    /// <summary>The same, with variables of the environment besides.</summary>
    public static int Run(Dictionary<string, string> variables, string program, string[] options,
        params string[] arguments)
    {
        ProcessStartInfo start = new(Path, ["-qq", .. options, program, .. arguments])
            { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return process.ExitCode;
    }
}
