using System.Text;
using QuantumNet.Simulation;
using QuantumNet.Simulation.Dnsmasq;

namespace QuantumNet.Core.Tests.Simulation;

/// <summary>Arguments and files drawn by a seed: what Quantum's and Neutron's agents write,
/// and what they might.</summary>
internal sealed class DnsmasqCase
{
    private static readonly (string Net, int Length)[] s_networks =
        [("10.0.0.", 24), ("10.77.3.", 24), ("192.168.5.", 24), ("172.16.4.", 22)];
    private static readonly string[] s_leaseTimes = ["", ",120s", ",60", ",2m", ",86400s", ",infinite", ",12h"];
    private static readonly string[] s_tags = ["tag0", "tag1", "port-1", "port-2", "red"];
    private readonly Random _random;
    private readonly List<string> _addressPool = [];
    private readonly HashSet<string> _given = [];

    public DnsmasqCase(int seed)
    {
        _random = new Random(seed);
        Macs = [.. Enumerable.Range(0, 7).Select(i => $"fa:16:3e:{seed & 0xff:x2}:00:{i:x2}")];
        AddNetworks();
        AddHosts();
        AddOptions();
        AddLeases();
        AddSwitches();
    }

    public List<string> Argv { get; } = ["--no-daemon", "--conf-file=", "--no-resolv",
        "--user=root", "--interface=wire"];
    public List<string> HostLines { get; } = [];
    public List<string> OptionLines { get; } = [];
    public List<string> LeaseLines { get; } = [];
    /// <summary>The server's addresses, <c>10.0.0.2/24</c>.</summary>
    public List<string> ServerAddresses { get; } = [];
    public string[] Macs { get; }
    /// <summary>Addresses that mean something here.</summary>
    public IReadOnlyList<string> Pool => _addressPool;
    public long Now { get; } = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    private bool Chance(int percent) => _random.Next(100) < percent;
    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
    private string AnyAddress(string net) => net + _random.Next(3, 20);

    private void AddNetworks()
    {
        int count = Chance(60) ? 1 : _random.Next(2, 4);
        foreach ((string net, int length) in s_networks.OrderBy(_ => _random.Next()).Take(count))
        {
            string own = net + (Chance(80) ? "2" : "1");
            if (ServerAddresses.Count == 0 || Chance(85))
                ServerAddresses.Add($"{own}/{length}");
            _addressPool.AddRange([own, net + "1", net + "9", AnyAddress(net), AnyAddress(net), AnyAddress(net)]);
            int ranges = Chance(85) ? 1 : 2;
            for (int i = 0; i < ranges; i++)
                AddRange(net, length);
        }
        _addressPool.AddRange(["10.99.0.9", "203.0.113.7"]);
    }

    private void AddRange(string net, int length)
    {
        string tag = Chance(75) ? $"set:{Pick(s_tags)}," : Chance(30) ? $"{Pick(s_tags)}," : "";
        string asked = Chance(12) ? $"tag:{(Chance(40) ? "!" : "")}{Pick(s_tags)}," : "";
        int start = _random.Next(3, 14);
        string mask = Chance(60) ? "," + DottedQuad.Format(DottedQuad.Mask(length)) : "";
        Argv.Add(Chance(65) ? $"--dhcp-range={tag}{asked}{net}0,static{mask}{Pick(s_leaseTimes)}"
            : $"--dhcp-range={tag}{asked}{net}{start},{net}{start + _random.Next(1, 7)}{mask}{Pick(s_leaseTimes)}");
    }

    private void AddHosts()
    {
        foreach (string mac in Macs.Take(6))
        {
            for (int i = Chance(80) ? 1 : 2; i > 0; i--)
                HostLines.Add(HostLine(mac));
        }
        if (Chance(20))
            HostLines.Add("fa:16:3e:*:*:*,set:red" + (Chance(40) ? ",10.0.0.19" : ""));
        if (Chance(20))
            HostLines.Add($"named,{Pick(_addressPool)}");
        if (Chance(10))
            HostLines.Add("# a remark");
        if (Chance(15))
            Argv.Add($"--dhcp-host={Macs[6]},{Pick(_addressPool)}");
    }

    private string HostLine(string mac)
    {
        string address = Pick(_addressPool);
        string name = $"host-{address.Replace('.', '-')}";
        string tags = Chance(40) ? $",set:{Pick(s_tags)}" : "";
        return _random.Next(20) switch
        {
            < 9 => $"{mac},{name}.openstacklocal,{address}{tags}",
            9 => $"{mac},{name},{address}{tags},{_random.Next(60, 4000)}",
            10 => $"{mac},id:ff:{_random.Next(16):x2}:01,{name}.openstacklocal,{address}{tags}",
            11 => $"{mac},id:*,{name},{address}{tags}",
            12 => $"{mac},ignore",
            13 => $"{mac},set:{Pick(s_tags)}",
            14 => $"{mac},tag:{Pick(s_tags)},{address}",
            15 => $"{mac},tag:dhcpv6,{name}.openstacklocal,[fd00::9]",
            16 => $"{mac},{Pick(Macs)},{name},{address}{tags}",
            17 => $"id:client{_random.Next(3)},{address}",
            18 => $"{mac},{name}{tags}",
            _ => $"{mac},{address},infinite",
        };
    }

    private void AddOptions()
    {
        string[] options =
        [
            "option:router,10.0.0.1", "option:router", "option:dns-server,10.0.0.53,10.0.0.54",
            "option:dns-server,0.0.0.0", "option:classless-static-route,169.254.169.254/32,10.0.0.2,0.0.0.0/0,10.0.0.1",
            "249,169.254.169.254/32,10.0.0.2", "option:mtu,1450", "26,1400", "option:domain-name,lab.example.org",
            "option:domain-search,a.example.org,b.example.org,example.org", "option:ntp-server,10.0.0.7",
            "option:bootfile-name,undionly.kpxe", "67,a-file", "option:tftp-server,10.0.0.8", "150,10.0.0.8",
            "option:server-ip-address,10.0.0.8", "252,http://wpad.example.org/", "option:T1,300",
            "option:netmask,255.255.0.0", "42", "option:broadcast,10.0.0.255", "28,10.0.0.255",
            "option:hostname,nobody", "12,told", "option:vendor-class,acme", "77,01:02:ff",
            "option:nis-domain,nis", "240,ff", "240,300", "240,7b", "option:wpad,x", "option:sip-server,10.0.0.4",
            "option6:dns-server,[fd00::1]", "241," + new string('x', 200), "242," + new string('y', 90), "243,a:b",
            "option:router,not-an-address", "option:lease-time,7",
        ];
        for (int i = _random.Next(0, 14); i > 0; i--)
        {
            string tag = Chance(65) ? $"tag:{(Chance(10) ? "!" : "")}{Pick(s_tags)},"
                : Chance(10) ? $"{Pick(s_tags)}," : "";
            string line = tag + (Chance(10) ? $"tag:{Pick(s_tags)}," : "") + Pick(options);
            if (Chance(85))
                OptionLines.Add(line);
            else if (IsStartable(line))
                Argv.Add($"--dhcp-option{(Chance(40) ? "-force" : "")}={line}");
        }
    }

    // A bad line in a file is left aside; a bad argument ends dnsmasq.
    private static bool IsStartable(string line) => !line.Contains("option:broadcast")
        && !line.Contains("option:hostname")
        && !line.Contains("not-an") && !line.Contains("wpad,x") && !line.Contains("lease-time");

    private void AddLeases()
    {
        HashSet<string> held = [];
        for (int i = _random.Next(0, 7); i > 0; i--)
        {
            string address = Pick(_addressPool);
            if (!held.Add(address))
                continue;
            string mac = Chance(70) ? Pick(Macs) : $"fa:16:3e:ff:ff:{i:x2}";
            long expires = Chance(10) ? 0 : Now + (Chance(20) ? -100 : _random.Next(1000, 90000));
            LeaseLines.Add($"{expires} {mac} {address} {(Chance(60) ? $"host-{address.Replace('.', '-')}" : "*")} "
                + $"{(Chance(40) ? $"01:{mac}" : "*")}");
        }
    }

    private void AddSwitches()
    {
        Argv.Add("--no-ping");
        void Maybe(int percent, string argument)
        {
            if (Chance(percent))
                Argv.Add(argument);
        }
        Maybe(90, "--no-hosts");
        Maybe(50, "--dhcp-authoritative");
        Maybe(60, "--domain=openstacklocal");
        Maybe(50, "--bind-interfaces");
        Maybe(20, "--except-interface=lo");
        Maybe(25, $"--dhcp-lease-max={LeaseLines.Count + _random.Next(0, 4)}");
        Maybe(15, "--dhcp-ignore=tag:!known");
        Maybe(8, "--dhcp-ignore=red");
        Maybe(25, "--dhcp-match=set:ipxe,175");
        Maybe(15, "--dhcp-vendorclass=set:red,acme");
        Maybe(15, "--dhcp-userclass=set:port-2,iPXE");
        Maybe(10, $"--dhcp-mac=set:port-1,fa:16:3e:*:*:0{_random.Next(7)}");
        Maybe(10, "--tag-if=set:tag1,tag:red,tag:!known");
        Maybe(15, "--dhcp-no-override");
        Maybe(10, "--dhcp-broadcast=tag:red");
        Maybe(10, "--dhcp-sequential-ip");
        Maybe(10, "--dhcp-ignore-names");
        Maybe(8, "--dhcp-ignore-clid");
        Maybe(8, "--dhcp-client-update");
        Maybe(30, "--port=0");
        Maybe(6, "--no-dhcp-interface=wire");
    }

    public DhcpClientMessage Message(uint transaction)
    {
        string mac = Chance(85) ? Pick(Macs) : $"fa:16:3e:99:99:{_random.Next(8):x2}";
        DhcpMessageType type = _random.Next(20) switch
        {
            < 8 => DhcpMessageType.Discover, < 16 => DhcpMessageType.Request, 16 => DhcpMessageType.Decline,
            17 => DhcpMessageType.Release, _ => DhcpMessageType.Inform,
        };
        bool isRenewal = type is DhcpMessageType.Release or DhcpMessageType.Inform
            || (type == DhcpMessageType.Request && Chance(35));
        var options = new SortedDictionary<int, byte[]>();
        string meant = Likely(mac);
        if (!isRenewal && (type != DhcpMessageType.Discover || Chance(40)))
            options[50] = Address(meant);
        if (type is DhcpMessageType.Decline or DhcpMessageType.Release
            || (type == DhcpMessageType.Request && !isRenewal && Chance(65)))
            options[54] = Address(Chance(88) ? Pick(ServerAddresses).Split('/')[0] : "10.0.0.77");
        AddClientOptions(options, mac);
        return new()
        {
            Type = type, Device = "wire", TransactionId = transaction, Options = options,
            HardwareAddress = HexPattern.Parse(mac, 6)!.Bytes, AsksForBroadcast = Chance(30),
            // The kernel drops what comes from its own address.
            ClientAddress = !isRenewal ? 0 : IsServers(AsNumber(meant)) ? AsNumber("10.99.0.9") : AsNumber(meant),
            IsUnicast = isRenewal && Chance(70),
        };
    }

    /// <summary>Whether an address is one of the server's own.</summary>
    public bool IsServers(uint address) => ServerAddresses.Any(own => AsNumber(own.Split('/')[0]) == address);

    // The address that a client of this case would most likely ask for.
    private string Likely(string mac)
    {
        string[] own = [.. HostLines.Concat(LeaseLines).Where(line => line.Contains(mac))
            .SelectMany(line => line.Split(',', ' '))
            .Where(field => DottedQuad.TryParse(field, out _))];
        return own.Length > 0 && Chance(75) ? Pick(own) : Pick(_addressPool);
    }

    private void AddClientOptions(SortedDictionary<int, byte[]> options, string mac)
    {
        if (Chance(35))
            options[61] = Chance(60) ? [1, .. HexPattern.Parse(mac, 6)!.Bytes]
                : Chance(50) ? [0xff, (byte)_random.Next(16), 1]
                    : Encoding.ASCII.GetBytes((Chance(50) ? "\0" : "") + $"client{_random.Next(3)}");
        if (Chance(40))
            options[12] = Encoding.ASCII.GetBytes(
                Pick((string[])["guest", "named", "host-10-0-0-9", "guest.openstacklocal", "-bad", "guest\0"]));
        if (Chance(10))
            options[81] = [(byte)Pick((int[])[0, 1, 4, 5, 8]), 0, 0,
                .. Chance(50) ? "guest.example.org"u8 : "\u0005guest\u0000"u8];
        if (Chance(15))
            options[51] = QuantumNet.Simulation.DottedQuad.Bytes(Pick((uint[])[30, 600, 100000, uint.MaxValue]));
        if (Chance(85))
            options[55] = Chance(70) ? [1, 28, 2, 3, 15, 6, 119, 12, 44, 47, 26, 121, 42, 249, 66, 67]
                : [.. Enumerable.Range(0, _random.Next(1, 30)).Select(_ => (byte)_random.Next(1, 254))];
        if (Chance(30))
            options[57] = Pick((byte[][])[[2, 64], [5, 220], [1, 0], [4, 0]]);
        if (Chance(25))
            options[60] = Encoding.ASCII.GetBytes(Pick((string[])["udhcp 1.30", "the acme box", "dhcpcd-9"]));
        if (Chance(10))
            options[77] = Chance(50) ? Encoding.ASCII.GetBytes("iPXE") : [4, .. "iPXE"u8];
        if (Chance(10))
            options[175] = [1, 2];
    }

    private static uint AsNumber(string address) => DottedQuad.TryParse(address, out uint number) ? number : 0;

    private static byte[] Address(string address) => DottedQuad.Bytes(AsNumber(address));
}
