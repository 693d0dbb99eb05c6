using System.Collections.Concurrent;
using System.Diagnostics;
using QuantumNet.Access;
using QuantumNet.Access.Gathering;
using QuantumNet.Access.Ssh;
using QuantumNet.Snapshots;

namespace QuantumNet.Tests.Access;

/// <summary>Keeps what a gatherer says.</summary>
internal sealed class Listener : IGatherObserver
{
    public ConcurrentQueue<CommandOutput> Outputs { get; } = [];
    public ConcurrentQueue<QuantumError> Errors { get; } = [];
    public ConcurrentQueue<string> Said { get; } = [];
    public void Verbose(string text) => Said.Enqueue(text);
    public void CommandFinished(CommandOutput output) => Outputs.Enqueue(output);
    public void Failed(QuantumError error) => Errors.Enqueue(error);
}

/// <summary>A collector that only declares.</summary>
internal sealed class Declared(string name, params CommandTemplate[] commands) : ICollector
{
    public string Name => name;
    public IReadOnlyList<CommandTemplate> Commands => commands;
    public int Read(CommandOutput output, TextSource source, NodeState into) => 0;
}

/// <summary>A folder of programs that stand in for the node's tools, put first on its PATH by a shell
/// of the test's own.</summary>
internal sealed class Bench : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("quantumnet-bench-").FullName;

    /// <summary>The shells that were opened, in order.</summary>
    public List<INodeShell> Opened { get; } = [];

    /// <summary>Adds a program, as a script for sh.</summary>
    public Bench Program(string name, string script)
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return this;
    }

    /// <summary>This machine's shell with the programs first on its PATH.</summary>
    public INodeTransport Transport(params string[] shell) =>
        new BenchTransport(this, shell.Length == 0 ? ["sh"] : shell);

    public async Task<NodeGathering> GatherAsync(CommandTemplate[] commands,
        IGatherObserver? observer = null, string[]? shell = null, int timeoutSeconds = 60, string[]? networks = null,
        CancellationToken stop = default)
    {
        GatherPlan plan = GatherPlan.For([new Declared("Test", commands)], networks);
        return await new NodeGatherer(Transport(shell ?? []), observer ?? new Listener())
            .GatherAsync(new() { Name = "n1" }, plan, timeoutSeconds, stop);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private sealed class BenchTransport(Bench bench, string[] shell) : INodeTransport
    {
        public Task<INodeShell> OpenAsync(InventoryNode node, CancellationToken stop)
        {
            ProcessStartInfo start = new(shell[0]);
            foreach (string argument in shell.Skip(1).Append("-s"))
                start.ArgumentList.Add(argument);
            start.Environment["PATH"] = bench.Folder + ":" + Environment.GetEnvironmentVariable("PATH");
            INodeShell opened = ProcessShell.Start(start,
                (status, said) => status == 0 ? null : AccessErrors.ShellFailed(node.Name, said));
            lock (bench.Opened)
                bench.Opened.Add(opened);
            return Task.FromResult(opened);
        }
    }
}
