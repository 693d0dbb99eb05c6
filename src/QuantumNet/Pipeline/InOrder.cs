namespace QuantumNet.Pipeline;

/// <summary>Runs tasks at once, and hands on what they give in their order, each as soon as it and all before it are
/// there.</summary>
internal static class InOrder
{
    /// <summary>Runs them. What one throws is thrown once all have ended; what those before it gave has been handed
    /// on.</summary>
    /// <param name="starts">Each starts one.</param>
    /// <param name="emit">Takes what they give, one after another.</param>
    public static async Task RunAsync<T>(IEnumerable<Func<Task<T>>> starts, Action<T> emit)
    {
        List<Task<T>> running = [.. starts.Select(start => start())];
        try
        {
            foreach (Task<T> one in running)
                emit(await one.ConfigureAwait(false));
        }
        finally
        {
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
