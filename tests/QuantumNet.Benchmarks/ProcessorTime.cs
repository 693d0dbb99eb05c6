using System.Diagnostics;

namespace QuantumNet.Benchmarks;

/// <summary>Measures work by the processor time that the process spends, which other programs on the machine change
/// less than the time on the wall.</summary>
internal static class ProcessorTime
{
    /// <summary>Does some work and prints what it took.</summary>
    /// <param name="what">What it is.</param>
    /// <param name="count">How many things it does something with; one where that says nothing.</param>
    /// <param name="work">The work.</param>
    public static T Measure<T>(string what, int count, Func<T> work)
    {
        GC.Collect();
        long allocated = GC.GetTotalAllocatedBytes();
        TimeSpan processor = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        T result = work();
        TimeSpan wall = clock.Elapsed;
        processor = Process.GetCurrentProcess().TotalProcessorTime - processor;
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        string each = count == 1 ? ""
            : $"; each {processor.TotalMicroseconds / count:n2} us and {allocated / count:n0} bytes";
        Console.WriteLine($"{what}: {wall.TotalSeconds:f2} s, processor {processor.TotalSeconds:f2} s, "
            + $"{allocated >> 20} MiB allocated{each}");
        return result;
    }
}
