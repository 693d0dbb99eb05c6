using System.Text.Json.Nodes;
using QuantumNet.Cli.Output;
using QuantumNet.Tests.Lab;

namespace QuantumNet.Tests.Cli;

/// <summary>The schemas of docs/results.schema.json are those of the code, and nothing disappears from them while the
/// version stays. <c>UPDATE_GOLDEN=1</c> writes what was added.</summary>
public sealed class ResultSchemaTests
{
    private static readonly string s_file = Path.Combine(Repository.Root, "docs", "results.schema.json");

    [Fact]
    public void Nothing_disappears_and_what_is_added_is_written_down()
    {
        JsonObject now = ResultSchema.Document();
        JsonNode? written = File.Exists(s_file) ? JsonNode.Parse(File.ReadAllText(s_file)) : null;
        if (written is not null && $"{written["$id"]}" == $"{now["$id"]}")
            Assert.Empty(Gone(written["$defs"]!, now["$defs"]!, ""));
        string text = now.ToJsonString(JsonResults.Options).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            File.WriteAllText(s_file, text);
        Assert.Equal(text, File.ReadAllText(s_file));
    }

    [Theory]
    [InlineData("""{"A":{"properties":{"x":{}}}}""", """{"A":{"properties":{"y":{}}}}""", "/A/properties/x")]
    [InlineData("""{"A":{"enum":["Ok","Broken"]}}""", """{"A":{"enum":["Ok","Bad"]}}""", "/A/enum: \"Broken\"")]
    [InlineData("""{"A":{"type":"string"}}""", """{"A":{"type":"integer"}}""", "/A/type: \"string\"")]
    [InlineData("""{"A":{"type":"string"}}""", """{"A":{"type":"string"},"B":{}}""")]
    public void What_is_gone_is_found(string before, string after, params string[] gone) =>
        Assert.Equal(gone, Gone(JsonNode.Parse(before)!, JsonNode.Parse(after)!, ""));

    [Fact]
    public void Results_fit_their_schemas_properties()
    {
        JsonNode result = System.Text.Json.JsonSerializer.SerializeToNode(
            new DhcpPathResult { PortId = "a", Hops = [new Hop()] }, JsonResults.Options)!;
        JsonObject known = ResultSchema.Document()["$defs"]!["DhcpPathResult"]!["properties"]!.AsObject();
        Assert.Equal(known.Select(property => property.Key), result.AsObject().Select(property => property.Key));
    }

    private static IEnumerable<string> Gone(JsonNode before, JsonNode? after, string at) => before switch
    {
        JsonObject old => old.SelectMany(part => after is JsonObject now && now.ContainsKey(part.Key)
            ? part.Value is null ? [] : Gone(part.Value, now[part.Key], $"{at}/{part.Key}") : [$"{at}/{part.Key}"]),
        JsonArray old => old.Where(item => after is not JsonArray now
                || !now.Any(one => JsonNode.DeepEquals(one, item)))
            .Select(item => $"{at}: {item?.ToJsonString()}"),
        _ => JsonNode.DeepEquals(before, after) ? [] : [$"{at}: {before.ToJsonString()}"],
    };
}
