using QuantumNet.Simulation;
using QuantumNet.Simulation.Client;
using QuantumNet.Simulation.Dnsmasq;

namespace QuantumNet.Core.Tests.Simulation.Client;

/// <summary>Which answers each client takes.</summary>
public sealed class DhcpClientProgramTests
{
    private const uint Server = 0x0a00_0002, Address = 0x0a00_0003;
    private static readonly byte[] s_mac = [0xfa, 0x16, 0x3e, 0, 0, 1];

    public static TheoryData<string> Names => new(DhcpClientProgram.All.Select(client => client.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Offer_and_acknowledgement_are_taken(string name)
    {
        DhcpClientMessage discover = Discover(name);
        Assert.Equal("", Of(name).Objection(Reply(DhcpMessageType.Offer), discover, 0));
        DhcpClientMessage select = DhcpClientProgram.Select(discover, Reply(DhcpMessageType.Offer));
        Assert.Equal((Address, Server), (select.RequestedAddress, select.ServerIdentifier));
        Assert.Equal("", Of(name).Objection(Reply(DhcpMessageType.Ack), select, Server));
        DhcpClientMessage renew = DhcpClientProgram.Renew(discover, Reply(DhcpMessageType.Ack));
        Assert.Equal((Address, true, null, null),
            (renew.ClientAddress, renew.IsUnicast, renew.RequestedAddress, renew.ServerIdentifier));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Answer_of_another_exchange_is_left_aside(string name)
    {
        DhcpReply offer = Reply(DhcpMessageType.Offer);
        DhcpReply[] others =
        [
            offer with { TransactionId = 2 }, offer with { HardwareAddress = [0xfa, 0x16, 0x3e, 0, 0, 2] },
            offer with { HasBadChecksum = true }, offer with { Type = DhcpMessageType.Ack },
            offer with { Type = DhcpMessageType.Nak },
        ];
        Assert.All(others, other => Assert.NotEqual("", Of(name).Objection(other, Discover(name), 0)));
        Assert.NotEqual("", Of(name).Objection(offer, DhcpClientProgram.Select(Discover(name), offer), Server));
    }

    [Theory]
    [InlineData("udhcpc", true, true, true)]
    [InlineData("dhclient", true, false, true)]
    [InlineData("dhcpcd", false, true, false)]
    [InlineData("systemd-networkd", false, false, false)]
    public void Acknowledgement_that_lacks_something_is_taken_by_some(
        string name, bool withoutServer, bool withoutTime, bool withoutAddress)
    {
        DhcpReply ack = Reply(DhcpMessageType.Ack);
        Assert.Equal((withoutServer, withoutTime, withoutAddress),
            (Takes(name, Without(ack, DhcpCode.ServerIdentifier)), Takes(name, Without(ack, DhcpCode.LeaseTime)),
                Takes(name, ack with { Address = 0 })));
    }

    [Theory]
    [InlineData("udhcpc", true, false)]
    [InlineData("dhclient", false, false)]
    [InlineData("dhcpcd", true, true)]
    [InlineData("systemd-networkd", true, false)]
    public void Refusal_counts_by_who_sends_it(string name, bool fromServer, bool fromAnother)
    {
        DhcpReply nak = Reply(DhcpMessageType.Nak);
        DhcpReply other = nak with { Options = [new(DhcpCode.ServerIdentifier, [10, 0, 0, 9])] };
        Assert.Equal((fromServer, fromAnother), (Takes(name, nak), Takes(name, other)));
    }

    private static bool Takes(string name, DhcpReply reply) => Of(name)
        .Objection(reply, DhcpClientProgram.Select(Discover(name), Reply(DhcpMessageType.Offer)), Server).Length == 0;

    private static DhcpReply Without(DhcpReply reply, int code) =>
        reply with { Options = [.. reply.Options.Where(option => option.Code != code)] };

    private static DhcpClientProgram Of(string name) => DhcpClientProgram.All.Single(client => client.Name == name);

    private static DhcpClientMessage Discover(string name) => Of(name).Discover("tap0", s_mac, null);

    private static DhcpReply Reply(DhcpMessageType type) => new()
    {
        Type = type, TransactionId = 1, HardwareAddress = s_mac, Address = type == DhcpMessageType.Nak ? 0 : Address,
        Options = [new(DhcpCode.ServerIdentifier, DottedQuad.Bytes(Server)),
            new(DhcpCode.LeaseTime, DottedQuad.Bytes(600)), new(DhcpCode.Netmask, [255, 255, 255, 0])],
    };
}
