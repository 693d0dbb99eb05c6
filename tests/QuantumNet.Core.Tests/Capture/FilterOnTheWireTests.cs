using QuantumNet.Diagnosis;
using QuantumNet.Observations.Captures;

namespace QuantumNet.Core.Tests.Capture;

/// <summary>The filters where they work: in the kernel, on both ends of a wire. A VLAN's tag stands in the frame
/// at the sender's end and beside it at the receiver's, which libpcap's code for <c>vlan</c> tells apart,
/// and code for a file does not.</summary>
public sealed class FilterOnTheWireTests
{
    private const int Packets = 400;

    private const string Script = """
        set -e
        a=qnf$$-a b=qnf$$-b
        clean() { r=$?; set +e; kill $(ip netns pids $a) $(ip netns pids $b) 2>/dev/null; ip netns del $a; ip netns del $b; exit $r; }
        trap clean EXIT
        ip netns add $a; ip netns add $b
        ip link add wire netns $a type veth peer name wire netns $b
        ip -n $a link set wire up; ip -n $b link set wire up
        for end in a b; do
          eval ns=\$$end
          ip netns exec $ns tcpdump -Z root -p -U -n -s 0 -B 16384 -i wire -w $1.$end "$2" 2>$1.$end.said &
          for i in $(seq 600); do grep -q listening $1.$end.said && break; sleep 0.1; done
        done
        ip netns exec $a python3 - $1 <<'P'
        import socket, struct, sys, time
        data = open(sys.argv[1], 'rb').read()
        wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
        wire.bind(('wire', 0))
        at = 24
        while at < len(data):
            size = struct.unpack_from('<I', data, at + 8)[0]
            wire.send(data[at + 16:at + 16 + size])
            at += 16 + size
            time.sleep(0.0005)
        P
        # What is wanted makes files of this size; more than that is a mistake, which the comparison tells.
        for end in a b; do
          for i in $(seq 300); do [ $(stat -c %s $1.$end) -ge $3 ] && break; sleep 0.1; done
        done
        kill $(ip netns pids $a) $(ip netns pids $b); wait
        """;

    [SkippableTheory]
    [InlineData("plain")]
    [InlineData("gre")]
    [InlineData("vxlan")]
    [InlineData("geneve")]
    [InlineData("")]
    public void Each_end_shows_the_dhcp_that_the_filter_is_for(string type)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.UserName == "root", "namespaces need root on Linux");
        foreach (string program in (string[])["ip", "python3", "tcpdump"])
            Skip.IfNot(Tool.IsThere(program), $"{program} is not installed");
        var random = new Random(5);
        // What the filters leave out, said in their documentation: two VLANs.
        List<GeneratedPacket> sent = [.. Enumerable.Range(0, Packets).Select(_ => GeneratedPacket.Draw(random))
            .Where(one => one.Expected.OuterVlans.Length < 2 && one.Expected.Vlans.Length < 2
                && one.Expected.Length < 1500 && !TcpdumpTextReaderTests.HasOptions(one))];
        GeneratedPacket[] matching = [.. sent.Where(one => IsFor(one, type))];
        string[] wanted = [.. matching.Select(one => one.Expected.TransactionId)];
        string size = PcapWriter.Write(matching.Select(one => one.Frame)).Length
            .ToString(System.Globalization.CultureInfo.InvariantCulture);
        string filter = TraceFilter.Marked(type == "plain" ? TraceFilter.Plain : TraceFilter.Tunnelled(type),
            0x7fffffff);
        string folder = Directory.CreateTempSubdirectory("quantumnet-wire-").FullName;
        try
        {
            string file = Path.Combine(folder, "sent");
            File.WriteAllBytes(file, PcapWriter.Write(sent.Select(one => one.Frame)));
            Assert.Contains(Tool.Status("bash", "-c", Script, "bash", file, filter, size), (int[])[0, 143]);

            Assert.NotEmpty(wanted);
            foreach (string end in (string[])["a", "b"])
                Assert.Equal(wanted, Captures.Read($"{file}.{end}", out _).Select(one => one.TransactionId));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool IsFor(GeneratedPacket one, string type) => type switch
    {
        "plain" => one.Expected.Encapsulation.Length == 0,
        "" => one.Expected.Encapsulation.Length > 0,
        _ => one.Expected.Encapsulation == type,
    };
}
