using QuantumNet.Faults;

namespace QuantumNet.Core.Tests.Faults;

/// <summary>Remedies name the commands of the client that the cloud's operators have.</summary>
public sealed class RemediesTests
{
    [Theory]
    [InlineData("QN1001", "openstack", "openstack subnet set --dhcp SUBNET")]
    [InlineData("QN1001", "neutron", "neutron subnet-update SUBNET --enable-dhcp")]
    [InlineData("QN1002", "quantum", "quantum dhcp-agent-network-add AGENT NETWORK")]
    [InlineData("QN1007", "neutron", "neutron port-update PORT --admin-state-up True")]
    public void Command_of_a_remedy_is_the_clients(string code, string client, string command) =>
        Assert.Contains(command, Remedies.For(CheckCatalog.Find(code)!.Remedy, client), StringComparison.Ordinal);

    [Fact]
    public void Every_command_of_todays_client_has_one_for_the_clients_before() => Assert.All(
        CheckCatalog.All, info => Assert.DoesNotContain("openstack ", Remedies.For(info.Remedy, "neutron"),
            StringComparison.Ordinal));
}
