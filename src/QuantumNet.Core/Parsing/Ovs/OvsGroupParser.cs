using System.Globalization;

namespace QuantumNet.Parsing.Ovs;

/// <summary>Reads <c>ovs-ofctl dump-groups BRIDGE</c> of any version of OpenFlow (ovs-ofctl(8), "Group Syntax";
/// lib/ofp-group.c), and groups as <c>ovs-ofctl add-group</c> takes them. Before 1.5 buckets have no number; then it is
/// their place. Releases before 2.1 print no <c>actions=</c> in a bucket:
/// <code>
///  group_id=3,type=ff,bucket=bucket_id:0,watch_port:1,actions=output:1,bucket=bucket_id:1,actions=drop
/// </code></summary>
public static class OvsGroupParser
{
    private const string Head = "group_id=";
    private const string BucketStart = "bucket=";

    /// <summary>Reads the whole output.</summary>
    public static List<OvsGroup> ParseAll(string text, TextSource source)
    {
        var groups = new List<OvsGroup>();
        var lines = new TextLines(text);
        while (lines.Next())
        {
            ReadOnlySpan<char> line = lines.Line.Trim();
            if (line.IsEmpty || IsHeader(line))
                continue;
            if (line.StartsWith(Head) && TryParse(line, lines, source, out OvsGroup group))
                groups.Add(group);
            else
                source.Report(lines.Number, 1, "Not understood", line);
        }
        return groups;
    }

    private static bool TryParse(ReadOnlySpan<char> line, in TextLines lines, TextSource source, out OvsGroup group)
    {
        group = new OvsGroup
        {
            ComputerName = source.ComputerName, Command = source.Command, LineNumber = lines.Number,
            RawText = line.ToString(), Bridge = source.Bridge,
        };
        var buckets = new List<BucketDraft>();
        bool isRead = false;
        var items = new ItemReader(line);
        while (items.TryNext(out ReadOnlySpan<char> item))
        {
            if (item.StartsWith(BucketStart))
            {
                buckets.Add(new BucketDraft(buckets.Count));
                item = item[BucketStart.Length..];
            }
            if (buckets.Count > 0)
                buckets[^1].Add(item);
            else if (TrySetting(item, ref group, ref isRead) is false)
                source.Report(lines.Number, 1, "Not understood", item);
        }
        group = group with { Buckets = [.. buckets.Select(bucket => bucket.ToBucket())] };
        return isRead && group.Type.Length > 0;
    }

    private static bool TrySetting(ReadOnlySpan<char> item, ref OvsGroup group, ref bool isRead)
    {
        int end = item.IndexOfAny('=', '(');
        ReadOnlySpan<char> value = end < 0 ? default : item[(end + 1)..];
        switch (end < 0 ? item : item[..end])
        {
            case "group_id":
                isRead = uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out uint id);
                group = group with { GroupId = id };
                return isRead;
            case "type":
                group = group with { Type = value is "ff" ? "fast_failover" : value.ToString() };
                return true;
            case "selection_method" or "selection_method_param" or "fields" or "command_bucket_id":
                return true;
            default:
                return false;
        }
    }

    private static bool IsHeader(ReadOnlySpan<char> line) => line.StartsWith("OFPST_GROUP_DESC reply")
        || line.StartsWith("NXST_GROUP_DESC reply");

    /// <summary>A bucket as far as it was read: settings, then actions.</summary>
    private sealed class BucketDraft(int place)
    {
        private readonly List<string> _items = [];
        private readonly List<string> _actions = [];
        private uint _id = (uint)place;
        private string _watchPort = "";
        private uint? _watchGroup;
        private int _weight = 1;

        public void Add(ReadOnlySpan<char> item)
        {
            if (item.IsEmpty)
                return;
            _items.Add(item.ToString());
            if (_actions.Count > 0 || !TrySetting(item))
                _actions.Add((item.StartsWith("actions=") ? item["actions=".Length..] : item).ToString());
        }

        public OvsGroupBucket ToBucket() => new()
        {
            BucketId = _id, WatchPort = _watchPort, WatchGroup = _watchGroup, Weight = _weight,
            Actions = OvsActionReader.Split(string.Join(',', _actions)),
            ActionList = OvsActionReader.Read(string.Join(',', _actions)),
            RawText = string.Join(',', _items),
        };

        private bool TrySetting(ReadOnlySpan<char> item)
        {
            int colon = item.IndexOf(':');
            ReadOnlySpan<char> value = colon < 0 ? default : item[(colon + 1)..];
            switch (colon < 0 ? default : item[..colon])
            {
                case "bucket_id":
                    return TryNumber(value, out _id);
                case "weight":
                    bool isWeight = TryNumber(value, out uint weight);
                    _weight = (int)Math.Min(weight, int.MaxValue);
                    return isWeight;
                case "watch_port":
                    _watchPort = value is "ANY" or "4294967295" ? "" : OvsNames.Unquoted(value);
                    return true;
                case "watch_group":
                    _watchGroup = TryNumber(value, out uint group) && group < uint.MaxValue ? group : null;
                    return true;
                default:
                    return false;
            }
        }

        private static bool TryNumber(ReadOnlySpan<char> text, out uint number) =>
            uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
