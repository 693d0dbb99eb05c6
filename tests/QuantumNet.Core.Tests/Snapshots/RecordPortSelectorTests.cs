using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Snapshots;

public sealed class RecordPortSelectorTests
{
    private static readonly CloudRecords s_records = new()
    {
        Ports =
        [
            Port("1408934f-93f9-415c-9c3a-3528f1a1f445", "", "fa:16:3e:1e:63:66", "172.241.0.2",
                "44e362ba-e8a4-4bae-b0ea-5477666632c9"),
            Port("9a41d8fa-a745-4411-b9f8-daa182f38527", "", "fa:16:3e:27:d6:30", "172.241.0.3",
                "dhcpa01fb276-6b71dbb8"),
            Port("1408aaaa-0000-415c-9c3a-3528f1a1f445", "web", "fa:16:3e:1e:63:67", "10.0.0.5",
                "55e362ba-e8a4-4bae-b0ea-5477666632c9"),
            Port("2508aaaa-0000-415c-9c3a-3528f1a1f445", "web", "fa:16:3e:1e:63:68", "10.0.0.5",
                "55e362ba-e8a4-4bae-b0ea-5477666632c9"),
            Port("3608aaaa-00", "", "", "", ""),
        ],
        Instances =
        [
            new() { InstanceId = "44e362ba-e8a4-4bae-b0ea-5477666632c9", Name = "test-instance1" },
            new() { InstanceId = "55e362ba-e8a4-4bae-b0ea-5477666632c9", Name = "two-nics" },
        ],
    };

    private static QuantumPort Port(string id, string name, string mac, string ip, string device) => new()
    {
        PortId = id,
        Name = name,
        Mac = mac,
        IpAddress = ip,
        FixedIps = ip.Length > 0 ? [new() { IpAddress = ip }] : [],
        DeviceId = device,
    };

    [Theory]
    [InlineData("1408934f-93f9-415c-9c3a-3528f1a1f445")]
    [InlineData("1408934F-93F9-415C-9C3A-3528F1A1F445")]
    [InlineData("1408934f")]
    [InlineData("14089")]
    [InlineData("tap1408934f-93")]
    [InlineData("qvo1408934f-93")]
    [InlineData("fa:16:3e:1e:63:66")]
    [InlineData("FA-16-3E-1E-63-66")]
    [InlineData("fa16.3e1e.6366")]
    [InlineData("fa163e1e6366")]
    [InlineData("172.241.0.2")]
    [InlineData("44e362ba-e8a4-4bae-b0ea-5477666632c9")]
    [InlineData("test-instance1")]
    [InlineData("TEST-INSTANCE1")]
    [InlineData(" test-instance1 ")]
    public void A_port_is_found_by_what_users_have_at_hand(string text)
    {
        PortSelection found = PortSelector.Find(s_records, text);

        Assert.Null(found.Error);
        Assert.Equal("1408934f-93f9-415c-9c3a-3528f1a1f445", Assert.Single(found.Ports).PortId);
    }

    [Theory]
    [InlineData("1408")]
    [InlineData("web")]
    [InlineData("10.0.0.5")]
    public void What_fits_several_ports_is_ambiguous_and_lists_them(string text)
    {
        PortSelection found = PortSelector.Find(s_records, text);

        Assert.Equal("PortAmbiguous", found.Error?.Id);
        Assert.Equal(2, found.Ports.Count);
        Assert.All(found.Ports, port => Assert.Contains(port.PortId, found.Error!.Advice, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("two-nics")]
    [InlineData("55e362ba-e8a4-4bae-b0ea-5477666632c9")]
    public void An_instance_means_all_its_ports(string text)
    {
        PortSelection found = PortSelector.Find(s_records, text);

        Assert.Null(found.Error);
        Assert.Equal(2, found.Ports.Count);
    }

    [Theory]
    [InlineData("test-instnce1", "1408934f-93f9-415c-9c3a-3528f1a1f445")]
    [InlineData("9a41d8fb", "9a41d8fa-a745-4411-b9f8-daa182f38527")]
    [InlineData("fa:16:3e:27:d6:31", "9a41d8fa-a745-4411-b9f8-daa182f38527")]
    public void What_fits_nothing_is_told_with_the_nearest(string text, string near)
    {
        PortSelection found = PortSelector.Find(s_records, text);

        Assert.Equal("PortNotFound", found.Error?.Id);
        Assert.Empty(found.Ports);
        Assert.Contains(near, found.Error!.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_id_finds_a_port_of_which_only_the_beginning_is_known() =>
        Assert.Equal("3608aaaa-00",
            Assert.Single(PortSelector.Find(s_records, "3608aaaa-0000-415c-9c3a-3528f1a1f445").Ports).PortId);

    [Fact]
    public void Nothing_means_all() =>
        Assert.Equal(s_records.Ports.Count, PortSelector.Find(s_records, " ").Ports.Count);

    [Fact]
    public void Digits_alone_are_no_address() =>
        Assert.Equal(PortSelectorForm.Prefix, PortSelector.Classify("1408934").Form);
}
