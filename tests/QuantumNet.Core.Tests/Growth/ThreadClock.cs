using System.Runtime.InteropServices;

namespace QuantumNet.Core.Tests.Growth;

/// <summary>The processor time of the thread that asks, which other work on the machine does not change much.</summary>
internal static class ThreadClock
{
    private const int OfThisThread = 3;         // CLOCK_THREAD_CPUTIME_ID, clock_gettime(2)

    /// <summary>Whether this machine tells it.</summary>
    public static bool IsThere => OperatingSystem.IsLinux();

    /// <summary>The least time that some work took in a few turns, in milliseconds.</summary>
    public static double Least(Action work, int turns)
    {
        double least = double.MaxValue;
        for (int i = 0; i < turns; i++)
        {
            double start = Now();
            work();
            least = Math.Min(least, Now() - start);
        }
        return least;
    }

    private static double Now()
    {
        if (clock_gettime(OfThisThread, out Time time) != 0)
            throw new InvalidOperationException("clock_gettime failed");
        return (time.Seconds * 1e3) + (time.Nanoseconds / 1e6);
    }

    [DllImport("libc")]
    private static extern int clock_gettime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
