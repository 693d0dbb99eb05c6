using System.Diagnostics;
using System.Management.Automation;
using QuantumNet.Pipeline;

namespace QuantumNet.Tests.Pipeline;

public sealed class PumpTests
{
    [Fact]
    public void Objects_arrive_in_order_on_the_callers_thread()
    {
        int caller = Environment.CurrentManagedThreadId;
        var threads = new HashSet<int>();
        var host = new TestHost { OnObject = _ => threads.Add(Environment.CurrentManagedThreadId) };
        host.Run(new PumpingCmdlet(async (pipe, stop) =>
        {
            for (int i = 0; i < 5000; i++)
                pipe.Object(i);
            await Task.Yield();
        }));
        Assert.Equal(Enumerable.Range(0, 5000).Cast<object>(), host.Objects);
        Assert.Equal([caller], threads);
    }

    [Fact]
    public void A_reader_that_has_enough_ends_the_work()
    {
        var ended = new TaskCompletionSource();
        var host = new TestHost { OnObject = value => { if ((int)value == 3)
            throw new InvalidOperationException("enough"); } };
        var cmdlet = new PumpingCmdlet(async (pipe, stop) =>
        {
            using CancellationTokenRegistration _ = stop.Register(ended.SetResult);
            for (int i = 0; ; i++)
            {
                pipe.Object(i);
                await Task.Yield();
            }
        });
        var error = Assert.Throws<InvalidOperationException>(() => host.Run(cmdlet));
        Assert.Equal("enough", error.Message);
        Assert.Equal(3, host.Objects.Count);
        Assert.True(ended.Task.IsCompleted);
    }

    [Fact]
    public async Task Stopping_ends_a_cmdlet_whose_work_is_deaf()
    {
        var started = new ManualResetEventSlim();
        var release = new ManualResetEventSlim();
        var cmdlet = new PumpingCmdlet((pipe, stop) =>
        {
            started.Set();
            release.Wait(TimeSpan.FromSeconds(30), CancellationToken.None);
            return Task.CompletedTask;
        });
        var host = new TestHost();
        Task run = Task.Run(() => host.Run(cmdlet));
        Assert.True(started.Wait(TimeSpan.FromSeconds(10)));
        var clock = Stopwatch.StartNew();
        cmdlet.Stop();
        await Assert.ThrowsAsync<OperationCanceledException>(() => run);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"it took {clock.Elapsed}");
        release.Set();
    }

    [Fact]
    public async Task Stopping_ends_work_that_waits_for_its_token()
    {
        var started = new TaskCompletionSource();
        var cmdlet = new PumpingCmdlet(async (pipe, stop) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, stop);
        });
        Task run = Task.Run(() => new TestHost().Run(cmdlet));
        await started.Task.WaitAsync(TimeSpan.FromSeconds(10));
        cmdlet.Stop();
        await Assert.ThrowsAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public void What_was_written_before_a_failure_is_kept()
    {
        var host = new TestHost();
        var cmdlet = new PumpingCmdlet((pipe, stop) =>
        {
            pipe.Object(1);
            pipe.Error(Errors.NodeNotFound("n1"));
            throw Errors.NoConnection().ToException();
        });
        var error = Assert.Throws<QuantumException>(() => host.Run(cmdlet));
        Assert.Equal("NoConnection", error.Error.Id);
        Assert.Equal([1], host.Objects);
        Assert.Equal("NodeNotFound", Assert.Single(host.Errors).Id);
    }

    [Fact]
    public void A_slow_reader_holds_the_writer_back()
    {
        int written = 0, lead = 0;
        var host = new TestHost { OnObject = value => lead = Math.Max(lead, Volatile.Read(ref written) - (int)value) };
        host.Run(new PumpingCmdlet((pipe, stop) =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                pipe.Object(i);
                Volatile.Write(ref written, i);
            }
            return Task.CompletedTask;
        }));
        Assert.Equal(20_000, host.Objects.Count);
        Assert.InRange(lead, 0, 1100);
    }

    [Fact]
    public void Progress_names_what_is_waited_for_and_is_taken_away_at_the_end()
    {
        var clock = new ManualClock();
        var host = new TestHost();
        host.Run(new PumpingCmdlet(async (pipe, stop) =>
        {
            pipe.Board.Planned(3);
            pipe.Board.Asking("compute1").Dispose();
            using IDisposable asking = pipe.Board.Asking("network1");
            pipe.ShowProgress();
            clock.Advance(TimeSpan.FromSeconds(2));
            pipe.ShowProgress();
            await Task.Yield();
        })
        { Clock = clock });
        Assert.Equal([new("Gathering", "1 of 3; waiting for network1", 33), ProgressUpdate.Completed],
            host.ProgressUpdates);
    }

    [Cmdlet(VerbsDiagnostic.Test, "Pump")]
    private sealed class PumpingCmdlet(Func<PipelineWriter, CancellationToken, Task> work) : QuantumCmdlet
    {
        private protected override void Process() => Pump(work);
    }
}

public sealed class ProgressThrottleTests
{
    [Fact]
    public void The_first_second_is_quiet_then_four_updates_a_second_pass()
    {
        var clock = new ManualClock();
        var throttle = new ProgressThrottle(clock);
        int shown = 0;
        for (int tick = 0; tick < 99; tick++)
        {
            shown += throttle.Allows() ? 1 : 0;
            clock.Advance(TimeSpan.FromMilliseconds(10));
        }
        Assert.Equal(0, shown);
        Assert.False(throttle.HasShown);
        for (int tick = 0; tick < 200; tick++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(10));
            shown += throttle.Allows() ? 1 : 0;
        }
        Assert.InRange(shown, 7, 8);
        Assert.True(throttle.HasShown);
    }
}

/// <summary>A clock that moves when told.</summary>
internal sealed class ManualClock : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public void Advance(TimeSpan span) => Interlocked.Add(ref _ticks, span.Ticks);
}
