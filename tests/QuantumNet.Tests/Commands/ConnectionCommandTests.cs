using QuantumNet.Commands;
using QuantumNet.Pipeline;
using QuantumNet.Tests.Lab;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Commands;

public sealed class ConnectionCommandTests
{
    [Fact]
    public void A_connection_is_the_sessions_until_it_is_dropped()
    {
        string folder = Path.Combine(Repository.Root, "samples", "broken-QN5006-no-inbound-flow");
        var store = new ConnectionStore();
        var made = (QuantumConnection)Assert.Single(
            new TestHost { Connections = store }.Run(new ConnectQuantumCommand { Snapshot = folder }).Objects);
        Assert.Equal(folder, made.Snapshot);
        Assert.Same(made,
            Assert.Single(new TestHost { Connections = store }.Run(new GetQuantumConnectionCommand()).Objects));
        new TestHost { Connections = store }.Run(new DisconnectQuantumCommand());
        Assert.Empty(new TestHost { Connections = store }.Run(new GetQuantumConnectionCommand()).Objects);
    }

    [Fact]
    public void A_snapshot_that_is_not_there_is_an_error()
    {
        var error = Assert.Throws<QuantumException>(
            () => new TestHost().Run(new ConnectQuantumCommand { Snapshot = "/nowhere/at-all.zip" }));
        Assert.Equal("SnapshotNotFound", error.Error.Id);
    }

    [Fact]
    public void Checks_are_listed_by_code_with_wildcards()
    {
        TestHost host = new TestHost().Run(new GetQuantumCheckCommand { Code = ["qn400*"] });
        Assert.All(host.Objects.Cast<CheckInfo>(),
            check => Assert.StartsWith("QN400", check.Code, StringComparison.Ordinal));
        Assert.Contains(host.Objects.Cast<CheckInfo>(), check => check.Code == "QN4002");
        Assert.Equal("CheckNotFound",
            Assert.Single(new TestHost().Run(new GetQuantumCheckCommand { Code = ["QN4999"] }).Errors).Id);
        Assert.Empty(new TestHost().Run(new GetQuantumCheckCommand { Code = [""] }).Errors);
    }
}
