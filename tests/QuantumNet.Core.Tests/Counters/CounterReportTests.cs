using QuantumNet.Observations.Counters;

namespace QuantumNet.Core.Tests.Counters;

public sealed class CounterReportTests
{
    private const string Variant = "hybrid+gre";

    [Fact]
    public void A_port_shows_its_path_in_order_and_nothing_else()
    {
        DhcpCounterChange[] shown = Of(isAll: false);
        Assert.All(shown, change => Assert.True(change.IsOnPath));
        Assert.Equal(shown.OrderBy(change => change.Direction).ThenBy(change => change.Sequence), shown);
        Assert.Equal("Request 1", shown[0].Hop);
        Assert.StartsWith("Reply ", shown[^1].Hop, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("netnode")]
    [InlineData("compute1")]
    [InlineData("")]
    public void What_is_shown_comes_to_the_same_as_all_of_it(string silentNode)
    {
        bool Stands(string node, string command) => node == silentNode && command != "requests";
        DhcpCounterChange[] shown = Of(isAll: false, Stands), all = Of(isAll: true, Stands);
        Assert.True(shown.Length < all.Length);
        Assert.Equal(all.Where(change => change.IsDecisive), shown.Where(change => change.IsDecisive));
        Assert.Equal(all.Where(change => change is { IsOnPath: true, Change: not CounterChange.Still }),
            shown.Where(change => change.Change != CounterChange.Still));
        Assert.Equal(CounterTestimony.Read(all), CounterTestimony.Read(shown));
    }

    [Fact]
    public void All_shows_what_stood_still_off_the_path_behind_the_path()
    {
        DhcpCounterChange[] all = Of(isAll: true);
        int path = Array.FindLastIndex(all, change => change.IsOnPath);
        Assert.DoesNotContain(all[..path], change => !change.IsOnPath);
        Assert.Contains(all[path..], change => change.Change == CounterChange.Still);
        Assert.All(all[(path + 1)..], change => Assert.Equal($"Counters of {change.ComputerName} off the path",
            change.Summary));
    }

    [Fact]
    public void Without_a_port_what_moved_is_shown_and_all_on_request()
    {
        Cloud before = RenewalSamples.Before(Variant), after = RenewalSamples.After(Variant);
        DhcpCounterChange[] moved = [.. CounterReport.Of(before, after, null, isAll: false)];
        Assert.Equal(["Counters of compute1", "Counters of netnode"],
            moved.Select(change => change.Summary).Distinct());
        Assert.DoesNotContain(moved, change => change.Change == CounterChange.Still);
        Assert.True(CounterReport.Of(before, after, null, isAll: true).Count() > moved.Length);
    }

    [Theory]
    [InlineData("netnode", "the last counter of the request that moved is ",
        " on netnode: the request is lost between them.")]
    [InlineData("compute1", "the last counter of the reply that moved is ",
        " on compute1: the reply is lost between them.")]
    [InlineData("", "the request got through to ", " on compute1.")]
    public void One_sentence_says_how_far_the_packets_got(string silentNode, string begins, string ends)
    {
        string summary = Assert.Single(Of(isAll: false, (node, command) => node == silentNode && command != "requests")
            .Select(change => change.Summary).Distinct());
        Assert.Contains($": {begins}", summary, StringComparison.Ordinal);
        Assert.EndsWith(ends, summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_silent_instance_is_called_silent() =>
        Assert.Contains("the instance sent nothing in ", Of(isAll: false, (_, _) => true)[0].Summary,
            StringComparison.Ordinal);

    private static DhcpCounterChange[] Of(bool isAll, Func<string, string, bool>? stands = null)
    {
        Cloud after = RenewalSamples.After(Variant, stands);
        return [.. CounterReport.Of(RenewalSamples.Before(Variant), after, null, isAll,
            RenewalSamples.InstancePort(after))];
    }
}
