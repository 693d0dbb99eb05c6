using QuantumNet.Pipeline;

namespace QuantumNet.Tests.Pipeline;

public sealed class ProgressBoardTests
{
    private readonly ManualClock _clock = new();
    private readonly ProgressBoard _board;

    public ProgressBoardTests() => _board = new ProgressBoard(_clock);

    [Fact]
    public void Nothing_under_way_is_nothing_to_show() => Assert.Null(_board.Now);

    [Fact]
    public void Many_questions_are_named_and_counted()
    {
        _board.Planned(6);
        List<IDisposable> asked = [.. new[] { "a", "b", "c", "d", "e" }.Select(_board.Asking)];
        Assert.Equal(new("Gathering", "0 of 6; waiting for a, b, c and 2 more", 0), _board.Now);
        asked[0].Dispose();
        asked[0].Dispose();
        Assert.Equal(new("Gathering", "1 of 6; waiting for b, c, d and 1 more", 16), _board.Now);
        asked.ForEach(one => one.Dispose());
        Assert.Null(_board.Now);
    }

    [Fact]
    public void A_wait_tells_how_long_it_still_takes()
    {
        using (_board.Waiting("Listening", TimeSpan.FromSeconds(30)))
        {
            _clock.Advance(TimeSpan.FromSeconds(12));
            Assert.Equal(new("Listening", "18 s left", 40, 18), _board.Now);
            _clock.Advance(TimeSpan.FromSeconds(60));
            Assert.Equal(new("Listening", "0 s left", 100, 0), _board.Now);
        }
        Assert.Null(_board.Now);
    }

    [Fact]
    public void Counted_things_end_with_the_last()
    {
        _board.Counted("Judging ports", 50, 200);
        Assert.Equal(new("Judging ports", "50 of 200", 25), _board.Now);
        _board.Counted("Judging ports", 200, 200);
        Assert.Null(_board.Now);
    }
}
