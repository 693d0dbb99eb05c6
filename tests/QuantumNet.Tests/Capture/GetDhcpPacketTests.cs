using System.Runtime.CompilerServices;
using QuantumNet.Commands;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Capture;

/// <summary>Get-DhcpPacket on recorded captures.</summary>
public sealed class GetDhcpPacketTests
{
    private static readonly string s_folder = Path.Combine(Fixtures(), "neutron-zed", "hybrid+gre", "pcap");

    [Fact]
    public void A_wildcard_reads_every_capture()
    {
        TestHost host = Run(command => command.Path = [Path.Combine(s_folder, "*.pcap")]);

        Assert.Empty(host.Errors);
        Assert.Equal(7, host.Objects.Cast<DhcpPacket>().Select(packet => packet.Path).Distinct().Count());
    }

    [Fact]
    public void Types_and_clients_narrow_it_down()
    {
        TestHost host = Run(command =>
        {
            command.Path = [Path.Combine(s_folder, "5-compute1-eth0.pcap")];
            command.Type = [DhcpMessageType.Offer];
            command.Mac = ["FA:16:3E:*"];
        });

        DhcpPacket offer = Assert.IsType<DhcpPacket>(Assert.Single(host.Objects));
        Assert.Equal(DhcpMessageType.Offer, offer.Type);
        Assert.Equal("gre", offer.Encapsulation);
    }

    [Fact]
    public void Arp_comes_when_asked_for()
    {
        TestHost host = Run(command =>
        {
            command.Path = [Path.Combine(s_folder, "5-compute1-eth0.pcap")];
            command.SetSwitch("IncludeArp", true);
        });

        Assert.Contains(host.Objects, packet => packet is ArpPacket { Operation: 2, TunnelKey: not null });
    }

    [Fact]
    public void One_bad_file_does_not_keep_the_next_from_being_read()
    {
        string text = Path.Combine(Fixtures(), "..", "..", "README.md");
        TestHost host = Run(
            command => command.Path = ["/nowhere.pcap", text, Path.Combine(s_folder, "5-compute1-eth0.pcap")]);

        Assert.Equal(["CaptureNotFound", "NotACapture"], host.Errors.Select(error => error.Id));
        Assert.NotEmpty(host.Objects);
    }

    [Fact]
    public void A_cut_capture_gives_what_is_whole_and_a_warning()
    {
        string file = Path.GetTempFileName();
        try
        {
            byte[] whole = File.ReadAllBytes(Path.Combine(s_folder, "1-compute1-tap43fefa8a-80.pcap"));
            File.WriteAllBytes(file, whole[..^5]);
            TestHost host = Run(command => command.Path = [file]);

            Assert.NotEmpty(host.Objects);
            Assert.Single(host.Warnings);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static TestHost Run(Action<GetDhcpPacketCommand> set)
    {
        var host = new TestHost();
        using var command = new GetDhcpPacketCommand { CommandHost = host };
        set(command);
        command.Run();
        return host;
    }

    private static string Fixtures([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "fixtures"));
}
