using System.Text.Json;

namespace QuantumNet.Parsing.Links;

/// <summary>Reads <c>ip -j link</c>, with <c>-s</c> and <c>-d</c>, and <c>ip -j address</c> (iproute2 ip/ipaddress.c):
/// <c>[{"ifindex":2,"ifname":"eth0","flags":["UP"],"mtu":1500,"operstate":"UP","address":"..",
/// "addr_info":[..],"stats64":{..}}]</c>.</summary>
public static class IpJsonParser
{
    /// <summary>All devices of a text; never throws, reports what it does not know.</summary>
    public static List<NodeLink> ParseAll(string text, TextSource source) =>
        JsonOutput.ReadAll(text, source, (element, raw, line) => Read(element, raw, line)?.ToRecord(source));

    private static LinkDraft? Read(JsonElement device, string raw, int line)
    {
        string name = JsonOutput.Text(device, "ifname");
        if (name.Length == 0)
            return null;

        string mac = JsonOutput.Text(device, "address");
        var draft = new LinkDraft
        {
            Line = line, Text = raw, Device = name, Parent = ReadParent(device),
            Index = JsonOutput.Integer(device, "ifindex") ?? 0, Flags = ReadStrings(device, "flags"),
            Mtu = JsonOutput.Integer(device, "mtu") ?? 0, OperState = JsonOutput.Text(device, "operstate"),
            Mac = LinkHeader.IsMac(mac) ? mac.ToLowerInvariant() : "", Master = JsonOutput.Text(device, "master"),
            PeerNamespaceId = JsonOutput.Integer(device, "link_netnsid"),
        };
        if (JsonOutput.TryGet(device, "linkinfo", JsonValueKind.Object, out JsonElement info))
        {
            draft.Kind = JsonOutput.Text(info, "info_kind");
            if (JsonOutput.TryGet(info, "info_data", JsonValueKind.Object, out JsonElement data))
                draft.AgeingTime = draft.Kind == "bridge" ? JsonOutput.Integer(data, "ageing_time") : null;
            if (JsonOutput.TryGet(info, "info_slave_data", JsonValueKind.Object, out JsonElement slave)
                && slave.TryGetProperty("learning", out JsonElement learning))
                draft.IsLearning = learning.ValueKind is JsonValueKind.True or JsonValueKind.False
                    ? learning.GetBoolean() : null;
        }
        ReadAddresses(device, draft);
        ReadCounters(device, draft);
        return draft;
    }

    private static string ReadParent(JsonElement device)
    {
        string link = JsonOutput.Text(device, "link");
        int? index = JsonOutput.Integer(device, "link_index");
        return link.Length > 0 || index is null or 0 ? link : "if" + index;
    }

    private static void ReadAddresses(JsonElement device, LinkDraft draft)
    {
        if (!JsonOutput.TryGet(device, "addr_info", JsonValueKind.Array, out JsonElement addresses))
            return;
        foreach (JsonElement address in addresses.EnumerateArray())
        {
            if (address.ValueKind == JsonValueKind.Object && JsonOutput.Text(address, "local") is { Length: > 0 } local)
                draft.Addresses.Add($"{local}/{JsonOutput.Integer(address, "prefixlen")}");
        }
    }

    private static void ReadCounters(JsonElement device, LinkDraft draft)
    {
        if (!JsonOutput.TryGet(device, "stats64", JsonValueKind.Object, out JsonElement counters)
            && !JsonOutput.TryGet(device, "stats", JsonValueKind.Object, out counters))
            return;
        draft.HasCounters = true;
        draft.Rx = ReadDirection(counters, "rx");
        draft.Tx = ReadDirection(counters, "tx");
    }

    private static LinkCounters ReadDirection(JsonElement counters, string name) =>
        !JsonOutput.TryGet(counters, name, JsonValueKind.Object, out JsonElement direction) ? default
        : new LinkCounters(
            JsonOutput.Number(direction, "packets") ?? 0, JsonOutput.Number(direction, "bytes") ?? 0,
            JsonOutput.Number(direction, "errors") ?? 0, JsonOutput.Number(direction, "dropped") ?? 0);

    private static string[] ReadStrings(JsonElement device, string name)
    {
        List<string> texts = [];
        if (JsonOutput.TryGet(device, name, JsonValueKind.Array, out JsonElement values))
        {
            foreach (JsonElement value in values.EnumerateArray())
            {
                if (value.ValueKind == JsonValueKind.String)
                    texts.Add(value.GetString() ?? "");
            }
        }
        return [.. texts];
    }
}
