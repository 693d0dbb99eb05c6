using QuantumNet.Parsing.Ovs;

namespace QuantumNet.Core.Tests.Parsing.Ovs;

public sealed class OvsGroupParserTests(PrivateSwitch ovs) : IClassFixture<PrivateSwitch>
{
    private const string Modern = "openvswitch-3.1/dummy/ovs-ofctl-dump-groups-br0-of15.txt";

    public static TheoryData<string> Dumps => Recorded.Files("ovs-ofctl-dump-groups-*.txt");

    [Theory]
    [MemberData(nameof(Dumps))]
    public void Every_recorded_group_is_read_without_leftovers(string path)
    {
        string text = Samples.Text(path);
        List<OvsGroup> groups = Read(text);
        Assert.Equal(text.TrimEnd().Split('\n')[1..].Select(line => line.Trim()),
            groups.Select(group => group.RawText));
        Assert.All(groups, group => Assert.Equal(Written(group), WithoutSelection(group.RawText)));
        Assert.Equal([3, 8, 5, 6, 7, 1, 2, 4], groups.Select(group => (int)group.GroupId));
    }

    [Fact]
    public void What_a_bucket_watches_and_weighs_is_told()
    {
        List<OvsGroup> groups = Read(Samples.Text(Modern));
        OvsGroup failover = groups.Find(group => group.GroupId == 4)!, weighed = groups.Find(
            group => group.GroupId == 6)!;
        Assert.Equal(("fast_failover", "br0"), (failover.Type, failover.Bridge));
        Assert.Equal([("", 3u), ("1", 3u)],
            failover.Buckets.Select(bucket => (bucket.WatchPort, bucket.WatchGroup ?? 0)));
        Assert.Equal([(7u, 10, "output"), (9u, 1, "ct")],
            weighed.Buckets.Select(bucket => (bucket.BucketId, bucket.Weight, bucket.ActionList[0].Name)));
        Assert.Equal([100, 0],
            groups.Find(group => group.GroupId == 5)!.Buckets.Select(bucket => bucket.Weight));
        Assert.Empty(groups.Find(group => group.GroupId == 7)!.Buckets);
    }

    [Fact]
    public void Port_names_lose_their_quotes()
    {
        OvsGroup group = Read(Samples.Text("openvswitch-3.1/dummy/ovs-ofctl-dump-groups-br0-names.txt"))[0];
        Assert.Equal("patch-tun", group.Buckets[1].WatchPort);
        Assert.Equal("patch-tun", group.Buckets[1].ActionList[0].Argument);
    }

    // Open vSwitch 2.0 prints a bucket's actions without a word before them.
    [Fact]
    public void Buckets_of_older_releases_are_read()
    {
        OvsGroup group = Assert.Single(Read("OFPST_GROUP_DESC reply (OF1.3) (xid=0x2):\n"
            + " group_id=7,type=ff,bucket=watch_port:1,set_field:0x5->tun_id,output:1,bucket=watch_port:2,output:2\n"));
        Assert.Equal(["1", "2"], group.Buckets.Select(bucket => bucket.WatchPort));
        Assert.Equal(["set_field", "output", "output"],
            group.Buckets.SelectMany(bucket => bucket.ActionList).Select(action => action.Name));
    }

    [Fact]
    public void What_is_not_understood_is_reported()
    {
        TextSource source = Recorded.Source("ovs-ofctl dump-groups br0", "br0");
        List<OvsGroup> groups = OvsGroupParser.ParseAll(
            "no such thing\n group_id=x,type=all\n group_id=1,type=all,wibble=2,bucket=actions=output:1\n", source);
        Assert.Equal([1u], groups.Select(group => group.GroupId));
        Assert.Equal([1, 2, 2, 3], source.Issues.Select(issue => issue.LineNumber));
    }

    [SkippableTheory]
    [InlineData("OpenFlow10")]
    [InlineData("OpenFlow13")]
    [InlineData("OpenFlow15")]
    public void Generated_groups_are_read_as_the_switch_prints_them(string version)
    {
        Skip.If(ovs.Missing is not null, ovs.Missing);
        var random = new Random(4711);
        string file = ovs.FileOf("groups.txt");
        File.WriteAllLines(file, Enumerable.Range(1, 300).Select(id => Generated(id, random)));
        ovs.Ofctl("-O", "OpenFlow15", "del-groups", "br0");
        ovs.Ofctl("-O", "OpenFlow15", "add-groups", "br0", file);
        string dump = ovs.Ofctl("-O", version, "dump-groups", "br0");
        List<OvsGroup> groups = Read(dump);
        Assert.Equal(300, groups.Count);
        Assert.All(groups, group => Assert.Equal(Written(group), WithoutSelection(group.RawText)));
    }

    [Fact]
    public void Never_throws() => Mutations.NeverThrow(Samples.Text(Modern),
        text => OvsGroupParser.ParseAll(text, Recorded.Source("ovs-ofctl dump-groups br0", "br0")));

    private static List<OvsGroup> Read(string text)
    {
        TextSource source = Recorded.Source("ovs-ofctl dump-groups br0", "br0");
        List<OvsGroup> groups = OvsGroupParser.ParseAll(text, source);
        Assert.Empty(source.Issues);
        return groups;
    }

    private static string Generated(int id, Random random)
    {
        string type = new[] { "all", "select", "indirect", "ff" }[random.Next(4)];
        IEnumerable<string> buckets = Enumerable.Range(0, type == "indirect" ? 1 : random.Next(1, 4)).Select(_ =>
            ",bucket=" + (type == "select" ? $"weight:{random.Next(0, 300)}," : "")
            + (type == "ff" ? $"watch_port:{random.Next(1, 4)}," : "") + "actions="
            + new[] { "output:1", "set_field:0x7->tun_id,output:2", "resubmit(,4)", "push_vlan:0x8100,output:3",
                "ct(commit,zone=3,exec(set_field:0x1->ct_mark)),output:1" }[random.Next(5)]);
        return $"group_id={id},type={type}{string.Concat(buckets)}";
    }

    /// <summary>The group printed again from its parts.</summary>
    private static string Written(OvsGroup group) => $"group_id={group.GroupId},type="
        + (group.Type == "fast_failover" ? "ff" : group.Type) + string.Concat(group.Buckets.Select(bucket =>
            $",bucket={(group.RawText.Contains("bucket_id", StringComparison.Ordinal) ? $"bucket_id:{bucket.BucketId},"
                : "")}{(bucket.Weight == 1 ? "" : $"weight:{bucket.Weight},")}"
            + (bucket.WatchPort.Length == 0 ? ""
                : $"watch_port:{(bucket.WatchPort.Contains('-') ? $"\"{bucket.WatchPort}\"" : bucket.WatchPort)},")
            + $"{(bucket.WatchGroup is uint watched ? $"watch_group:{watched}," : "")}"
            + $"actions={string.Join(',', bucket.Actions)}"));

    // How a select group chooses is not kept.
    private static string WithoutSelection(string text)
    {
        int start = text.IndexOf(",selection_method", StringComparison.Ordinal);
        int end = text.IndexOf(",bucket=", StringComparison.Ordinal);
        return start < 0 ? text : text.Remove(start, end - start);
    }
}
