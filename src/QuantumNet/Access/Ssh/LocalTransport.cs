using System.Diagnostics;

namespace QuantumNet.Access.Ssh;

/// <summary>The shell of this machine.</summary>
internal sealed class LocalTransport(string shell = "sh") : INodeTransport
{
    public Task<INodeShell> OpenAsync(InventoryNode node, CancellationToken stop)
    {
        ProcessStartInfo start = new(shell);
        start.ArgumentList.Add("-s");
        INodeShell opened = ProcessShell.Start(start, (status, said) => status == 0 ? null
            : AccessErrors.ShellFailed(node.Name, said.Trim().Length > 0 ? said.Trim() : $"exit status {status}"));
        return Task.FromResult(opened);
    }
}
