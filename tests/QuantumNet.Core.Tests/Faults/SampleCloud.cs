using System.Text;
using QuantumNet.Diagnosis;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Faults;

/// <summary>A recorded healthy cloud with pieces of what its nodes and control plane printed changed,
/// and the verdict on its instances.</summary>
internal sealed class SampleCloud(string sample = "healthy-neutron-vxlan")
{
    private QuantumSnapshot _snapshot = SnapshotReader.Load(
        Path.Combine(Samples.Folder, "..", "..", "samples", sample));

    /// <summary>Changes what a command printed on a node; the command is named by a piece of it.</summary>
    public SampleCloud With(string node, string command, Func<string, string> edit)
    {
        bool found = false;
        _snapshot = _snapshot with
        {
            Outputs = Array.ConvertAll(_snapshot.Outputs, output =>
            {
                if (output.ComputerName != node || !output.Command.Contains(command, StringComparison.Ordinal))
                    return output;
                found = true;
                return output with { StandardOutput = Encoding.UTF8.GetBytes(edit(output.Text)) };
            }),
        };
        Assert.True(found, $"no '{command}' on {node}");
        return this;
    }

    /// <summary>Adds a line at the end of what a command printed on a node.</summary>
    public SampleCloud WithLine(string node, string command, string line) =>
        With(node, command, text => $"{text.TrimEnd('\n')}\n{line}\n");

    /// <summary>Adds another command's output on a node, made of one that is there:
    /// both its arguments and what it printed.</summary>
    public SampleCloud Adding(string node, string command, Func<string, string> argument, Func<string, string> edit)
    {
        CommandOutput known = _snapshot.Outputs
            .First(output => output.ComputerName == node && output.Command.EndsWith(command, StringComparison.Ordinal));
        CommandOutput added = known with { Argv = Array.ConvertAll(known.Argv, word => argument(word)),
            StandardOutput = Encoding.UTF8.GetBytes(edit(known.Text)) };
        _snapshot = _snapshot with { Outputs = [.. _snapshot.Outputs, added] };
        return this;
    }

    /// <summary>Adds another command's output on a node, beside one that is there.</summary>
    public SampleCloud Adding(string node, string beside, string[] argv, string text)
    {
        CommandOutput known = _snapshot.Outputs
            .First(output => output.ComputerName == node && output.Command.EndsWith(beside, StringComparison.Ordinal));
        CommandOutput added =
            known with { Argv = argv, StandardOutput = Encoding.UTF8.GetBytes(text) };
        _snapshot = _snapshot with { Outputs = [.. _snapshot.Outputs, added] };
        return this;
    }

    /// <summary>Lets a command fail on a node.</summary>
    public SampleCloud Failing(string node, string command, int exitStatus, string said, string printed)
    {
        _snapshot = _snapshot with
        {
            Outputs = Array.ConvertAll(_snapshot.Outputs, output => output.ComputerName != node
                || !output.Command.Contains(command, StringComparison.Ordinal) ? output
                : output with { ExitStatus = exitStatus, StandardError = said,
                    StandardOutput = Encoding.UTF8.GetBytes(exitStatus == 0 ? printed : "") }),
        };
        return this;
    }

    /// <summary>Adds what a command printed on a node.</summary>
    public SampleCloud Printing(string node, string command, string text)
    {
        _snapshot = _snapshot with { Outputs = [.. _snapshot.Outputs, new() { ComputerName = node,
            Argv = command.Split(' '), ExitStatus = 0, StartedAt = _snapshot.CollectedAt,
            StandardOutput = Encoding.UTF8.GetBytes(text) }] };
        return this;
    }

    /// <summary>Takes a command's output away from a node.</summary>
    public SampleCloud Without(string node, string command)
    {
        _snapshot = _snapshot with { Outputs = [.. _snapshot.Outputs.Where(
            output => output.ComputerName != node || !output.Command.Contains(command, StringComparison.Ordinal))] };
        return this;
    }

    /// <summary>Changes the control plane's answers.</summary>
    public SampleCloud WithRecords(Func<string, string, string> edit)
    {
        _snapshot = _snapshot with
        {
            RecordOutputs = Array.ConvertAll(_snapshot.RecordOutputs,
                output => output with { StandardOutput = Encoding.UTF8.GetBytes(edit(output.Command, output.Text)) }),
        };
        return this;
    }

    /// <summary>Keeps only the control plane's answers to some commands.</summary>
    public SampleCloud KeepingRecords(Predicate<string> keeps)
    {
        _snapshot = _snapshot
            with { RecordOutputs = [.. _snapshot.RecordOutputs.Where(output => keeps(output.Command))] };
        return this;
    }

    /// <summary>The cloud read.</summary>
    public Cloud Read() => CloudReader.Read(_snapshot);

    /// <summary>The verdict on the port with that MAC.</summary>
    public DhcpPathResult Test(string mac)
    {
        Cloud cloud = Read();
        return new DhcpPathTester(cloud).Test(cloud.Records.Ports.First(port => port.Mac == mac));
    }
}
