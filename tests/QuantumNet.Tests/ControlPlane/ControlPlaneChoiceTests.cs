using QuantumNet.Access;
using QuantumNet.Access.ControlPlane;

namespace QuantumNet.Tests.ControlPlane;

/// <summary>Where records come from: what the inventory says, or else what it gives most of.</summary>
public sealed class ControlPlaneChoiceTests
{
    private static readonly InventoryNode[] s_nodes =
        [new() { Name = "compute1" }, new() { Name = "ctl", Roles = ["controller"] }];

    public static TheoryData<string, string, InventoryControlPlane> Rules => new()
    {
        { "none", "none", new() { Source = "none", AuthUrl = "http://ctl:5000/v3", Path = "records" } },
        { "file", "file", new() { Source = "file", Path = "records", AuthUrl = "http://ctl:5000/v3" } },
        { "api", "a URL", new() { AuthUrl = "http://ctl:5000/v3", Path = "records", Node = "ctl" } },
        { "file", "a folder", new() { Path = "records", Node = "ctl" } },
        { "client", "a node", new() { Node = "elsewhere" } },
        { "client", "a node with the role", new() },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void What_the_inventory_gives_most_of_wins(string expected, string why, InventoryControlPlane plane)
    {
        Assert.Equal(expected,
            Name(ControlPlaneChoice.Of(new() { Nodes = s_nodes, ControlPlane = plane }, variable: _ => null)));
        Assert.NotEmpty(why);
    }

    [Fact]
    public void The_variables_come_before_a_role_and_after_what_is_written()
    {
        static string? Variable(string name) => name == "OS_AUTH_URL" ? "http://ctl:5000/v3" : null;
        Assert.Equal("api", Name(ControlPlaneChoice.Of(new() { Nodes = s_nodes }, variable: Variable)));
        Assert.Equal("client", Name(ControlPlaneChoice.Of(
            new() { Nodes = s_nodes, ControlPlane = new() { Node = "ctl" } }, variable: Variable)));
        Assert.Equal("none", Name(ControlPlaneChoice.Of(
            new() { Nodes = s_nodes, ControlPlane = new() { Source = "none" } }, variable: Variable)));
    }

    [Fact]
    public void With_nothing_at_all_there_is_none() =>
        Assert.Null(ControlPlaneChoice.Of(new() { Nodes = [new() { Name = "compute1" }] }, variable: _ => null));

    [Theory]
    [InlineData("client", "ControllerMissing", "controlPlane.node")]
    [InlineData("carrier-pigeon", "ControlPlaneSourceUnknown", "api, client, file or none")]
    public void What_cannot_be_chosen_is_told(string source, string id, string advice)
    {
        Inventory inventory = new() { Nodes = [new() { Name = "compute1" }], ControlPlane = new() { Source = source } };
        QuantumError error =
            Assert.Throws<QuantumException>(() => ControlPlaneChoice.Of(inventory, variable: _ => null)).Error;
        Assert.Equal(id, error.Id);
        Assert.Contains(advice, error.Advice, StringComparison.Ordinal);
    }

    private static string Name(IControlPlane? plane) => plane switch
    {
        null => "none",
        FileControlPlane => "file",
        ClientControlPlane => "client",
        _ => "api",
    };
}
