using QuantumNet.Access.Gathering;

namespace QuantumNet.Access;

/// <summary>The nodes of one gathering, so many at a time. Each is begun once, as soon as somebody knows that it is
/// wanted; disposing ends those that still run.</summary>
/// <param name="gather">Gathers one node.</param>
/// <param name="throttle">How many at a time.</param>
/// <param name="stop">Ends them.</param>
internal sealed class NodeRound(Func<InventoryNode, GatherPlan, CancellationToken, Task<NodeGathering>> gather,
    int throttle, CancellationToken stop) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
    private readonly SemaphoreSlim _gate = new(Math.Max(1, throttle));
    private readonly Dictionary<InventoryNode, Task<NodeGathering>> _begun = [];
    private readonly List<Task<NodeGathering>> _vain = [];
    private readonly object _lock = new();
    private GatherPlan? _plan;

    /// <summary>Begins with nodes that are wanted, whatever else will be.</summary>
    /// <returns>How many were not begun before.</returns>
    public int Begin(IEnumerable<InventoryNode> nodes, GatherPlan plan)
    {
        lock (_lock)
        {
            _plan ??= plan;
            return IsSame(_plan, plan) ? Add(nodes) : 0;
        }
    }

    /// <summary>Begins with what is wanted after all. What was begun for other networks was in vain.</summary>
    /// <returns>How many nodes were not begun before.</returns>
    public int Settle(IEnumerable<InventoryNode> nodes, GatherPlan plan)
    {
        lock (_lock)
        {
            if (_plan is null || !IsSame(_plan, plan))
            {
                _vain.AddRange(_begun.Values);
                _begun.Clear();
                _plan = plan;
            }
            return Add(nodes);
        }
    }

    /// <summary>What nodes gave that were begun, in their order.</summary>
    public Task<NodeGathering[]> FinishAsync(IEnumerable<InventoryNode> nodes)
    {
        lock (_lock)
            return Task.WhenAll(nodes.Select(node => _begun[node]));
    }

    private int Add(IEnumerable<InventoryNode> nodes)
    {
        int before = _begun.Count;
        foreach (InventoryNode node in nodes)
        {
            if (!_begun.ContainsKey(node))
                _begun[node] = GatherAsync(node, _plan!);
        }
        return _begun.Count - before;
    }

    /// <summary>Ends what nobody waits for any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        try
        {
            await Task.WhenAll(_begun.Values.Concat(_vain)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // That was the wish.
        }
        _stop.Dispose();
        _gate.Dispose();
    }

    private async Task<NodeGathering> GatherAsync(InventoryNode node, GatherPlan plan)
    {
        await _gate.WaitAsync(_stop.Token).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => gather(node, plan, _stop.Token), _stop.Token).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private static bool IsSame(GatherPlan one, GatherPlan other) =>
        one.NetworkIds.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(other.NetworkIds)
        && one.Commands.Length == other.Commands.Length;
}
