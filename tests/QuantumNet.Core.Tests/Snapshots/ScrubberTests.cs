using System.Text;
using FsCheck;
using FsCheck.Fluent;
using QuantumNet.Snapshots;

namespace QuantumNet.Core.Tests.Snapshots;

public sealed class ScrubberTests
{
    [Theory]
    [InlineData("connection = mysql+pymysql://neutron:s3cret@controller/neutron")]
    [InlineData("transport_url = rabbit://openstack:s3cret@ctl1:5672,openstack:s3cret@ctl2:5672/")]
    [InlineData("metadata_proxy_shared_secret = s3cret")]
    [InlineData("password=s3cret with spaces s3cret")]
    [InlineData("export OS_PASSWORD=s3cret")]
    [InlineData(
        "2026-11-22 06:00:00.000 12 DEBUG oslo_service [-] keystone_authtoken.password = s3cret log_opt_values")]
    [InlineData(
        "{\"auth\":{\"identity\":{\"password\":{\"user\":{\"name\":\"admin\",\"password\":\"s3cret\\\" s3cret\"}}}}}")]
    [InlineData("{\"server\":{\"adminPass\":\"s3cret\",\"id\":\"x\"}}")]
    [InlineData("{\"access\": {\"token\": {\"expires\": \"2013\", \"id\": \"s3cret\"}}}")]
    [InlineData("{'password': u's3cret', 'user': 'x'}")]
    [InlineData("X-Auth-Token: s3cret")]
    [InlineData("curl -g -i -H \"X-Auth-Token: s3cret\" http://ctl/v2.0/ports")]
    [InlineData("Authorization: Basic s3cret")]
    [InlineData("| adminPass                   | s3cret                  |")]
    [InlineData("root 12 1 0 10:00 ? 00:00:00 neutron --os-password s3cret port-list")]
    [InlineData("cloud-init: the admin password: s3cret")]
    [InlineData("{\"OS-EXT-SRV-ATTR:user_data\": \"s3cret\"}")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\ns3cret\ns3cret\n-----END RSA PRIVATE KEY-----\n")]
    [InlineData("{\"key\": \"-----BEGIN PRIVATE KEY-----\\ns3cret\\n-----END PRIVATE KEY-----\\n\"}")]
    [InlineData("auth_uri=http://admin:s3cret@ctl:5000/v2.0")]
    [InlineData("rabbit_password =\n  s3cret\n")]
    [InlineData("  admin_password: |-\n    s3cret\n\n    s3cret\n  other: x")]
    [InlineData("- token: >\n    s3cret\n")]
    [InlineData("password = a\\\n  s3cret\n")]
    [InlineData("  export DB_PASS='a s3cret b' # s3cret\n")]
    [InlineData("login with password \"a s3cret b\" refused")]
    [InlineData("12 DEBUG the password is s3cret now")]
    [InlineData("12 DEBUG password was set to 's3cret x'")]
    [InlineData("[('username', 'neutron'), ('password', 's3cret'), (u'auth_token', u's3cret x')]")]
    [InlineData("\"tokens\": [\"s3cret\", \"s3cret\"]")]
    [InlineData("token:a:s3cret:b")]
    [InlineData("GET http://ctl:9696/v2.0/ports?token=s3cret&limit=1")]
    [InlineData("https://x/object?X-Amz-Signature=s3cret")]
    [InlineData("curl -H 'Authorization: Bearer s3cret'")]
    [InlineData("> Bearer s3cret-s3cret-s3cret")]
    [InlineData("root 9 1 mysql -h ctl -uneutron -ps3cret neutron")]
    [InlineData("root 9 1 /usr/bin/mysqldump --password=s3cret x")]
    [InlineData("root 9 1 sshpass -p s3cret ssh node")]
    [InlineData("root 9 1 curl -s -u admin:s3cret http://ctl")]
    [InlineData("{\"a\": \"{\\\"password\\\": \\\"s3cret\\\"}\"}")]
    [InlineData("{\"password\" : \"s3cret")]
    [InlineData("session eyJhbGciOiJIUzI1NiJ9.s3crets3crets3cret.sig")]
    [InlineData("Set-Cookie: id=s3cret; path=/")]
    [InlineData("{\"password\" => \"s3cret\"}")]
    public void Nothing_of_a_secret_is_left(string text)
    {
        string clean = Scrubber.Scrub(text);
        Assert.DoesNotContain("s3cret", clean, StringComparison.Ordinal);
        Assert.Contains(Scrubber.Mask, clean, StringComparison.Ordinal);
        Assert.Equal(clean, Scrubber.Scrub(clean));
    }

    [Theory]
    [InlineData(" cookie=0x9a3f, duration=12.3s, table=0, n_packets=3, n_bytes=126, priority=1 actions=NORMAL")]
    [InlineData("options: {df_default=\"true\", in_key=flow, local_ip=\"10.0.20.11\", out_key=flow}")]
    [InlineData("auth_url = http://10.0.20.10:5000/v3")]
    [InlineData("bridge_mappings = physnet1:br-vlan")]
    [InlineData("  cookie=0xb1, table=22, actions=strip_vlan,load:0x3e9->NXM_NX_TUN_ID[],output:\"vxlan-0a\"")]
    [InlineData("ovs-vsctl: unix:/var/run/db.sock: database connection failed (Connection refused)")]
    [InlineData("Command: ['sudo', 'ovs-vsctl'] Exit code: 1 Stderr: 'sudo: a password is required'")]
    [InlineData("{\"methods\": [\"password\", \"other\"]}")]
    [InlineData("12 INFO neutron.agent Agent out of sync with plugin! user: neutron key: 3")]
    [InlineData(
        "dnsmasq --no-hosts --pid-file=/var/lib/neutron/dhcp/x/pid --dhcp-hostsfile=/var/lib/neutron/dhcp/x/host")]
    [InlineData("{\"ports\":[{\"id\":\"43fefa8a\",\"mac_address\":\"fa:16:3e:b8:28:2a\",\"key_name\":\"k\"}]}")]
    public void What_is_no_secret_stays_as_it_is(string text) => Assert.Same(text, Scrubber.Scrub(text));

    [Fact]
    public void A_secret_in_an_argument_of_its_own_is_masked() =>
        Assert.Equal(["nova", "--os-password", "***", "list"],
            Scrubber.Scrub(["nova", "--os-password", "s3cret", "list"]));

    [Fact]
    public void A_secret_behind_a_short_option_is_masked()
    {
        Assert.Equal(["mysql", "-uroot", "-p***"], Scrubber.Scrub(["mysql", "-uroot", "-ps3cret"]));
        Assert.Equal(["/usr/bin/sshpass", "-p", "***", "ssh"],
            Scrubber.Scrub(["/usr/bin/sshpass", "-p", "s3cret", "ssh"]));
        Assert.Equal(["curl", "-u", "admin:***"], Scrubber.Scrub(["curl", "-u", "admin:s3cret"]));
        Assert.Equal(["ps", "-p", "12"], Scrubber.Scrub(["ps", "-p", "12"]));
    }

    [Fact]
    public void Lines_below_a_value_end_where_they_are_no_longer_indented() =>
        Assert.Equal("password: |\n  ***\nhost: a\n  b\n",
            Scrubber.Scrub("password: |\n  s3cret\nhost: a\n  b\n"));

    [Fact]
    public void Other_bytes_stay_byte_for_byte()
    {
        byte[] content = [0, 255, 10, .. Encoding.ASCII.GetBytes("password=x\n"), 128, 13, 10, 0];
        byte[] clean = Scrubber.Scrub(content).ToArray();
        Assert.Equal((byte[])[0, 255, 10, .. Encoding.ASCII.GetBytes("password=***\n"), 128, 13, 10, 0], clean);
    }

    [Fact]
    public void Never_throws_and_is_stable() => Prop
        .ForAll(ArbMap.Default.ArbFor<string>(),
            text => text is null || Scrubber.Scrub(Scrubber.Scrub(text)) == Scrubber.Scrub(text))
        .QuickCheckThrowOnFailure();
}
