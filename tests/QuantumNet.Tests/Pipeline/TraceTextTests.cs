namespace QuantumNet.Tests.Pipeline;

public sealed class TraceTextTests
{
    private static readonly DateTime s_start = new(2026, 11, 30, 4, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Matrix_has_hops_in_their_order_messages_in_that_of_time_and_marks_the_loss()
    {
        DhcpTraceResult result = new()
        {
            FirstMissing = "net1/tap2",
            Points =
            [
                new() { Hop = "c1/tap1", IsCaptured = true },
                new() { Hop = "c1/br-int", Reason = "inside Open vSwitch" },
                new() { Hop = "net1/tap2", IsCaptured = true },
            ],
            Transactions =
            [
                new() { IsOfPort = true, Hops =
                [
                    Seen("c1/tap1", DhcpMessageType.Offer, 2, 1), Seen("c1/tap1", DhcpMessageType.Discover, 1, 3),
                ] },
                new() { Hops = [Seen("net1/tap2", DhcpMessageType.Nak, 0, 9)] },
            ],
        };
        Assert.Equal("""
                         Discover  Offer
              c1/tap1           3      1
              c1/br-int         -      -  inside Open vSwitch
            X net1/tap2         .      .
            """, TraceText.Matrix(result).ReplaceLineEndings());
    }

    [Fact]
    public void Matrix_without_a_message_lists_the_points() => Assert.Equal("c1/tap1: 0",
        TraceText.Matrix(new() { Points = [new() { Hop = "c1/tap1", IsCaptured = true }] }));

    private static DhcpTraceHop Seen(string hop, DhcpMessageType type, int second, int count) =>
        new() { Hop = hop, Type = type, Time = s_start.AddSeconds(second), Count = count };
}
