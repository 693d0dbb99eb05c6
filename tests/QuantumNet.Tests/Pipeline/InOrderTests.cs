using QuantumNet.Pipeline;

namespace QuantumNet.Tests.Pipeline;

public sealed class InOrderTests
{
    [Fact]
    public async Task What_is_there_early_waits_for_what_comes_before_it()
    {
        TaskCompletionSource<int>[] sources = [new(), new(), new()];
        TaskCompletionSource first = new();
        List<int> seen = [];
        Task run = InOrder.RunAsync(sources.Select(source => (Func<Task<int>>)(() => source.Task)), given =>
        {
            seen.Add(given);
            first.TrySetResult();
        });
        sources[2].SetResult(3);
        Assert.Empty(seen);
        sources[0].SetResult(1);
        await first.Task.WaitAsync(TimeSpan.FromSeconds(10));       // it does not wait for the slowest
        Assert.Equal([1], seen);
        sources[1].SetResult(2);
        await run;
        Assert.Equal([1, 2, 3], seen);
    }

    [Fact]
    public async Task All_are_started_at_once_and_none_is_left_running_when_one_throws()
    {
        TaskCompletionSource<int> slow = new();
        List<int> seen = [];
        Task run = InOrder.RunAsync<int>([() => Task.FromResult(1),
            () => Task.FromException<int>(new InvalidOperationException("no")), () => slow.Task], seen.Add);
        Assert.False(run.IsCompleted);
        slow.SetResult(3);
        await Assert.ThrowsAsync<InvalidOperationException>(() => run);
        Assert.Equal([1], seen);
    }
}
