using QuantumNet.Parsing;
using QuantumNet.Parsing.Links;

namespace QuantumNet.Core.Tests.Parsing.Links;

public sealed class BridgeFdbParserTests
{
    [Theory]
    [InlineData("bridge-fdb-show.txt")]
    [InlineData("bridge-s-fdb-show.txt")]
    [InlineData("bridge-d-fdb-show.txt")]
    [InlineData("bridge-j-fdb-show.txt")]
    public void Entries_of_bridges_are_read_in_every_form(string file)
    {
        TextSource source = Sources.Of("bridge fdb show", out List<ParseIssue> issues);
        List<LinuxBridgeMac> entries = BridgeFdbParser.ParseAll(Samples.Text($"iproute2-6.1.0/{file}"), source);
        Assert.Empty(issues);
        Assert.Equal(
            [
                "02:00:00:00:00:97 qvb0 sticky static", "02:00:00:00:00:98 qvb0 local", "02:00:00:00:00:99 qvb0 static",
                "02:00:00:00:0a:01 tap0 local", "02:00:00:00:0a:02 qbr0 local", "02:00:00:00:0b:01 tap0",
                "02:00:00:00:0b:02 qvb0",
            ],
            entries.Select(entry => $"{entry.Mac} {entry.Device}{(entry.IsSticky ? " sticky" : "")}"
                + $"{(entry.IsLocal ? " local" : "")}{(entry.IsStatic ? " static" : "")}")
                .Order(StringComparer.Ordinal));
        Assert.All(entries, entry => Assert.Equal("qbr0", entry.Bridge));
    }

    [Fact]
    public void What_is_not_understood_is_reported()
    {
        TextSource source = Sources.Of("bridge fdb show", out List<ParseIssue> issues);
        Assert.Empty(BridgeFdbParser.ParseAll("wibble\n02:00:00:00:00:01 master qbr0\n", source));
        Assert.Equal([1, 2], issues.Select(issue => issue.LineNumber));
    }

    [Theory]
    [InlineData("bridge-fdb-show.txt")]
    [InlineData("bridge-j-fdb-show.txt")]
    public void Never_throws(string file) => Mutations.NeverThrow(Samples.Text($"iproute2-6.1.0/{file}"),
        text => BridgeFdbParser.ParseAll(text, Sources.Of("bridge fdb show", out _)));
}
