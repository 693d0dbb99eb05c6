using QuantumNet.Access;

namespace QuantumNet.Tests.Commands;

public sealed class InventoryDefaultTests
{
    [Fact]
    public void What_an_inventory_leaves_out_has_its_default()
    {
        Inventory inventory = InventoryFile.Parse(
            """{ "nodes": [ { "name": "n1" } ], "ssh": { "configFile": "/dev/null" } }"""u8, "inventory.json");
        Assert.Equal("auto", Assert.Single(inventory.Nodes).Transport);
        Assert.Equal(10, inventory.Ssh.ConnectTimeoutSeconds);
    }
}
