using System.Text;
using QuantumNet.Access;

namespace QuantumNet.Tests.Access;

public sealed class InventoryTests
{
    [Fact]
    public void Comments_and_missing_parts_are_fine()
    {
        Inventory inventory = Parse("""
            { // ours
            "nodes": [ { "name": "compute1.example.org", "identityFile": "~/k", "environment": { "OVS_RUNDIR": "/run/x y" }, }, ] }
            """);
        Assert.Equal("auto", inventory.Nodes[0].Transport);
        Assert.StartsWith("/", inventory.Nodes[0].IdentityFile, StringComparison.Ordinal);
        Assert.Same(inventory.Nodes[0], inventory.Find("COMPUTE1"));
        Assert.Null(inventory.Find("compute1.other.org"));
    }

    [Fact]
    public void Relative_paths_start_from_its_folder()
    {
        Inventory inventory = InventoryFile.Parse("""
            {
              "nodes": [ { "name": "a", "identityFile": "keys/a" }, { "name": "b" }, { "name": "c", "identityFile": "none" } ],
              "ssh": { "knownHostsFile": "known_hosts", "configFile": "/etc/ssh/other" },
              "controlPlane": { "path": "answers" }
            }
            """u8, Path.Join("clouds", "cloud.json"));
        string folder = Path.GetFullPath("clouds");

        Assert.Equal([Path.Join(folder, "keys/a"), "", "none"], inventory.Nodes.Select(node => node.IdentityFile));
        Assert.Equal((Path.Join(folder, "known_hosts"), "/etc/ssh/other"),
            (inventory.Ssh.KnownHostsFile, inventory.Ssh.ConfigFile));
        Assert.Equal(Path.Join(folder, "answers"), inventory.ControlPlane.Path);
    }

    [Theory]
    [InlineData("{ \"nodes\": [\n { \"name\": \"a\", \"prot\": 22 } ] }", "InventoryInvalid", ":2:")]
    [InlineData("{ \"nodes\": [ { \"name\": \"a\", \"prot\": 22 } ] }", "InventoryInvalid",
        "'prot' at $.nodes[0].prot (did you mean port?)")]
    [InlineData("{ \"nods\": [] }", "InventoryInvalid", "did you mean nodes")]
    [InlineData("{ \"nodes\": [\n { \"name\": \"a\", \"port\": \"ssh\" } ] }", "InventoryInvalid", ":2:")]
    [InlineData("{ \"nodes\": [\n { \"name\": \"a\", \"password\": \"x\" } ] }", "InventorySecret", ":2:")]
    [InlineData("{ \"controlPlane\": { \"authUrl\": \"http://admin:pw@ctl:5000/v3\" } }", "InventorySecret", ":1:")]
    [InlineData("{ \"nodes\": [ {} ] }", "InventoryInvalid", "no name")]
    [InlineData("{ \"nodes\": [ null ] }", "InventoryInvalid", "no name")]
    [InlineData("{ \"nodes\": [ { \"name\": \"-oProxyCommand=x\" } ] }", "NodeNameInvalid", "-oProxyCommand")]
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
    }

    private static Inventory Parse(string json) => InventoryFile.Parse(Encoding.UTF8.GetBytes(json), "cloud.json");
}
