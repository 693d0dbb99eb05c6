namespace QuantumNet.Tests.Pipeline;

public sealed class WrappedTextTests
{
    [Theory]
    [InlineData("one two three four", 9, "one two|three|four")]
    [InlineData("  one two three", 9, "  one two|  three")]
    [InlineData("abcdefghijkl mn", 9, "abcdefghi|jkl mn")]
    [InlineData("", 9, "")]
    public void Lines_break_between_words_and_keep_their_indent(string line, int room, string expected) =>
        Assert.Equal(expected.Split('|'), WrappedText.Lines(line, room));

    [Theory]
    [InlineData(0), InlineData(80), InlineData(30)]
    public void Value_beside_a_label_fits_80_columns_where_the_window_is_unknown(int columns)
    {
        string text = string.Join(' ', Enumerable.Repeat("word", 60)) + "\nnext";
        string[] lines = WrappedText.Beside(text, columns).Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 62));
        Assert.Equal("next", lines[^1]);
    }

    [Fact]
    public void Path_of_a_verdict_fits_beside_a_label_at_80_columns()
    {
        DhcpPathResult result = new()
        {
            Hops =
            [
                new() { Sequence = 1, ComputerName = "compute1", Component = HopComponent.Iptables,
                    Object = "neutron-openvswi-oa6f5a96d-c", Action = HopAction.Dropped, Rule = "-j DROP" },
                new() { Sequence = 14, ComputerName = "compute1", Component = HopComponent.LinuxBridge,
                    Object = "neutron-openvswi-oa6f5a96d-c", Action = HopAction.Unknown, Reason = "not reached" },
            ],
        };
        Assert.All(DhcpPathText.Path(result).Split('\n'), line => Assert.InRange(line.Length, 1, 62));
    }
}
