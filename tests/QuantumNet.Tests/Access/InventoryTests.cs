using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using QuantumNet.Access;

namespace QuantumNet.Tests.Access;

public sealed class InventoryTests
{
    [Fact]
    public void Comments_and_missing_parts_are_fine()
    {
        Inventory inventory = Parse("""
            { // ours
            "nodes": [ { "name": "compute1.example.org", "identityFile": "~/../../../dev/null",
                "environment": { "OVS_RUNDIR": "/run/x y" }, }, ] }
            """);
        Assert.Equal("auto", inventory.Nodes[0].Transport);
        Assert.StartsWith("/", inventory.Nodes[0].IdentityFile, StringComparison.Ordinal);
        Assert.Same(inventory.Nodes[0], inventory.Find("COMPUTE1"));
        Assert.Null(inventory.Find("compute1.other.org"));
    }

    [Fact]
    public void Relative_paths_start_from_its_folder()
    {
        string folder = Directory.CreateTempSubdirectory("cli-inventory-").FullName;
        Directory.CreateDirectory(Path.Join(folder, "answers"));
        Directory.CreateDirectory(Path.Join(folder, "keys"));
        File.WriteAllText(Path.Join(folder, "keys", "a"), "");
        Inventory inventory = InventoryFile.Parse("""
            {
              "nodes": [ { "name": "a", "identityFile": "keys/a" }, { "name": "b" }, { "name": "c", "identityFile": "none" } ],
              "ssh": { "knownHostsFile": "known_hosts", "configFile": "/dev/null" },
              "controlPlane": { "path": "answers" }
            }
            """u8, Path.Join(folder, "cloud.json"));

        Assert.Equal([Path.Join(folder, "keys/a"), "", "none"], inventory.Nodes.Select(node => node.IdentityFile));
        Assert.Equal((Path.Join(folder, "known_hosts"), "/dev/null"),
            (inventory.Ssh.KnownHostsFile, inventory.Ssh.ConfigFile));
        Assert.Equal(Path.Join(folder, "answers"), inventory.ControlPlane.Path);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("{ \"nodes\": [\n { \"name\": \"a\", \"prot\": 22 } ] }", "InventoryInvalid", ":2:")]
    [InlineData("{ \"nodes\": [ { \"name\": \"a\", \"prot\": 22 } ] }", "InventoryInvalid",
        "cloud.json:1:29: unknown name 'prot' of nodes[0]: did you mean port?")]
    [InlineData("{ \"nods\": [] }", "InventoryInvalid", "did you mean nodes")]
    [InlineData("{ \"nodes\": [\n { \"name\": \"a\", \"port\": \"ssh\" } ] }", "InventoryInvalid", ":2:")]
    [InlineData("{ \"nodes\": [\n { \"name\": \"a\", \"password\": \"x\" } ] }", "InventorySecret", ":2:")]
    [InlineData("{ \"controlPlane\": { \"authUrl\": \"http://admin:pw@ctl:5000/v3\" } }", "InventorySecret", ":1:")]
    [InlineData("{ \"nodes\": [ {} ] }", "InventoryInvalid", "no name")]
    [InlineData("{ \"nodes\": [ null ] }", "InventoryInvalid", "no name")]
    [InlineData("{ \"nodes\": [ { \"name\": \"-oProxyCommand=x\" } ] }", "InventoryInvalid", "-oProxyCommand")]
    [InlineData("{\n\"nodes\": [ { \"name\": \"\u00e4\", \"x\": 1 } ] }", "InventoryInvalid", "cloud.json:2:27: ")]
    [InlineData("{ \"nodes\": [ { \"name\": \"a\", \"roles\": [\"netwrok\"] } ] }", "InventoryInvalid", "mean network")]
    [InlineData("{ \"nodes\": [ { \"name\": \"a\", \"name\": \"b\" } ] }", "InventoryInvalid", "twice")]
    [InlineData("{ \"controlPlane\": { \"source\": \"client\" } }", "InventoryInvalid", ":1:31: records are to come")]
    [InlineData("{ \"controlPlane\": { \"authUrl\": \"controller:5000\" } }", "InventoryInvalid",
        "not an address of Keystone")]
    [InlineData("{ \"nodes\": { } }", "InventoryInvalid", "nodes is to be a list, in [ ]")]
    [InlineData("{ \"ssh\": { \"connectTimeoutSeconds\": 0 } }", "InventoryInvalid", ":1:37: ssh.connectTimeout")]
    [InlineData("{ \"ssh\": { \"configFile\": \"/nowhere/x\" } }", "InventoryInvalid", "no file '/nowhere/x'")]
    [InlineData("{ \"nodes\": [ { \"name\": \"a\", \"identityFile\": \"/tmp\" } ] }", "InventoryInvalid", "a folder")]
    [InlineData("{ \"nodes\": [ { \"name\": \"a\" }, { \"name\": \"A\" } ] }", "InventoryInvalid", "twice")]
    [InlineData("{ \"nodes\": [ { \"name\": \"a\", \"transport\": \"telnet\" } ] }", "InventoryInvalid", "telnet")]
    [InlineData("{ \"nodes\": [ { \"name\": \"a\", \"environment\": { \"LD_PRELOAD\": \"x\" } } ] }",
        "InventoryInvalid", "LD_PRELOAD")]
    [InlineData("{ \"nodes\": [", "InventoryInvalid", ":1:")]
    [InlineData("", "InventoryInvalid", ":1:")]
    public void What_is_wrong_is_told_with_its_place(string json, string id, string telling)
    {
        QuantumError error = Assert.Throws<QuantumException>(() => Parse(json)).Error;
        Assert.Equal(id, error.Id);
        Assert.Contains(telling, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Advice);
        Assert.DoesNotContain("pw", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("JSON property", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_told_in_order()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, "{ \"shs\": 1,\n \"nodes\": [ { \"name\": \"a\", \"sudo\": \"yes\" } ] }");
        QuantumInventoryResult result = InventoryFile.Judge(file);
        File.Delete(file);
        Assert.Equal(DhcpPathStatus.Broken, result.Status);
        Assert.Equal([(1, 3), (2, 36)], result.Problems.Select(problem => (problem.Line, problem.Column)));
    }

    [Fact]
    public void The_schema_names_what_the_reader_reads()
    {
        using JsonDocument schema = JsonDocument.Parse(InventorySchema.Text);
        JsonElement properties = schema.RootElement.GetProperty("properties");
        AssertNames(InventoryJson.Default.Inventory, properties);
        AssertNames(InventoryJson.Default.InventoryNode,
            properties.GetProperty("nodes").GetProperty("items").GetProperty("properties"));
        AssertNames(InventoryJson.Default.InventorySsh, properties.GetProperty("ssh").GetProperty("properties"));
        AssertNames(InventoryJson.Default.InventoryControlPlane,
            properties.GetProperty("controlPlane").GetProperty("properties"));
    }

    private static void AssertNames(JsonTypeInfo read, JsonElement properties) => Assert.Equal(
        read.Properties.Select(property => property.Name).Order(StringComparer.Ordinal),
        properties.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));

    private static Inventory Parse(string json) => InventoryFile.Parse(Encoding.UTF8.GetBytes(json), "cloud.json");
}
