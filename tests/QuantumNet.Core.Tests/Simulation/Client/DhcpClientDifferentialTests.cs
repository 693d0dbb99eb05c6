using System.Diagnostics;
using QuantumNet.Core.Tests.Capture;
using QuantumNet.Simulation;
using QuantumNet.Simulation.Client;
using QuantumNet.Simulation.Dnsmasq;

namespace QuantumNet.Core.Tests.Simulation.Client;

/// <summary>Answers of all sorts to real clients: they take and leave aside what ours do.</summary>
public sealed class DhcpClientDifferentialTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const uint Server = 0x0a00_0002, Address = 0x0a00_0003;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly bool s_isLong = Environment.GetEnvironmentVariable("QUANTUMNET_LONG") == "1";

    private static readonly (string Name, Func<DhcpReply, DhcpReply> Change)[] s_changes =
    [
        ("nothing", reply => reply),
        ("another transaction", reply => reply with { TransactionId = reply.TransactionId ^ 1 }),
        ("no lease time", reply => Without(reply, DhcpCode.LeaseTime)),
        ("no server", reply => Without(reply, DhcpCode.ServerIdentifier)),
        ("another hardware address", reply => reply with { HardwareAddress = [2, 0, 0, 0, 0, 0xcc] }),
        ("a wrong checksum", reply => reply with { HasBadChecksum = true }),
        ("the other type", reply => reply with
        {
            Type = reply.Type == DhcpMessageType.Offer ? DhcpMessageType.Ack : DhcpMessageType.Offer,
        }),
        ("no netmask", reply => Without(reply, DhcpCode.Netmask)),
        ("a refusal", reply => reply with { Type = DhcpMessageType.Nak, Address = 0 }),
        ("another server's refusal", reply => reply with
        {
            Type = DhcpMessageType.Nak, Address = 0, Options = [new(DhcpCode.ServerIdentifier, [10, 0, 0, 9])],
        }),
    ];

    [SkippableTheory]
    [InlineData("udhcpc")]
    [InlineData("dhclient")]
    public void Real_client_takes_the_answers_that_ours_takes(string name)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.UserName == "root", "namespaces need root on Linux");
        foreach (string program in (string[])["ip", name])
            Skip.IfNot(Tool.IsThere(program), $"{program} is not installed");
        using var lab = new ClientLab(name);
        List<string> differences = [];
        foreach (bool isOffer in (bool[])[true, false])
        {
            foreach ((string change, Func<DhcpReply, DhcpReply> edit) in s_isLong ? s_changes : s_changes[..4])
            {
                (bool ours, bool real) = Ask(lab, DhcpClientProgram.All.Single(one => one.Name == name), isOffer, edit);
                output.WriteLine($"{(isOffer ? "OFFER" : "ACK")} with {change}: {(real ? "taken" : "left aside")}");
                if (ours != real)
                    differences.Add($"{(isOffer ? "OFFER" : "ACK")} with {change}: ours {ours}, {name} {real}");
            }
        }
        Assert.Empty(differences);
    }

    private static (bool Ours, bool Real) Ask(
        ClientLab lab, DhcpClientProgram ours, bool isOffer, Func<DhcpReply, DhcpReply> edit)
    {
        using Process client = lab.Start();
        DhcpClientMessage discover = lab.Wire.Hear(client, s_patience)!;
        Assert.Equal(DhcpMessageType.Discover, discover.Type);
        DhcpClientMessage asked = discover;
        if (!isOffer)
        {
            lab.Wire.Answer(Reply(DhcpMessageType.Offer, discover));
            asked = lab.Wire.Hear(client, s_patience)!;
            Assert.Equal(DhcpMessageType.Request, asked.Type);
        }
        (DhcpReply reply, DhcpMessageType? next) = Answer(lab.Wire, client, asked,
            message => edit(Reply(isOffer ? DhcpMessageType.Offer : DhcpMessageType.Ack, message)));
        bool real = reply.Type switch
        {
            DhcpMessageType.Nak => next == DhcpMessageType.Discover && !isOffer,
            _ => isOffer ? next == DhcpMessageType.Request
                : next is null && client.WaitForExit(s_patience) && client.ExitCode == 0,
        };
        return (ours.Objection(reply, asked, isOffer ? 0 : Server).Length == 0, real);
    }

    // A client that repeats itself may have done so before it heard the answer: that is given once more.
    private static (DhcpReply Reply, DhcpMessageType? Next) Answer(
        DhcpServerWire wire, Process client, DhcpClientMessage asked, Func<DhcpClientMessage, DhcpReply> reply)
    {
        DhcpReply last = reply(asked);
        DhcpClientMessage? next = null;
        for (int time = 0; time < 2; time++)
        {
            wire.Answer(last);
            next = wire.Hear(client, s_patience);
            if (next?.Type != asked.Type)
                break;
            last = reply(next);
        }
        return (last, next?.Type);
    }

    private static DhcpReply Without(DhcpReply reply, int code) =>
        reply with { Options = [.. reply.Options.Where(option => option.Code != code)] };

    private static DhcpReply Reply(DhcpMessageType type, DhcpClientMessage asked) => new()
    {
        Type = type, TransactionId = asked.TransactionId, HardwareAddress = asked.HardwareAddress, Address = Address,
        Options = [new(DhcpCode.ServerIdentifier, DottedQuad.Bytes(Server)),
            new(DhcpCode.LeaseTime, DottedQuad.Bytes(600)), new(DhcpCode.Netmask, [255, 255, 255, 0])],
    };

    /// <summary>Two namespaces with a wire between them: the client in the one,
    /// the server's frames in the other.</summary>
    private sealed class ClientLab : IDisposable
    {
        private readonly string _server = $"qnc{Environment.ProcessId}-s", _client = $"qnc{Environment.ProcessId}-c";
        private readonly string _folder = Directory.CreateTempSubdirectory("quantumnet-client").FullName;
        private readonly string _name;

        public ClientLab(string name)
        {
            _name = name;
            Assert.Equal(0, Tool.Status("sh", "-ec", $"""
                ip netns add {_server}; ip netns add {_client}
                ip link add wire netns {_server} type veth peer name wire netns {_client}
                for n in {_server} {_client}; do
                  ip netns exec $n sysctl -qw net.ipv6.conf.all.disable_ipv6=1
                  ip -n $n link set lo up; ip -n $n link set wire up
                done
                """));
            File.WriteAllText(Path.Combine(_folder, "conf"),
                "timeout 20; retry 60; initial-interval 1; backoff-cutoff 2; select-timeout 0; reboot 20;\n");
            Wire = new DhcpServerWire(NamespaceThread.OpenFrames(_server, "wire"));
        }

        public DhcpServerWire Wire { get; }

        /// <summary>Starts the client again; it ends with status 0 once it has a lease.</summary>
        public Process Start()
        {
            End();
            Wire.Forget();
            string[] arguments = _name == "udhcpc"
                ? ["udhcpc", "-i", "wire", "-f", "-q", "-t", "20", "-T", "1", "-s", "/bin/true"]
                : ["dhclient", "-1", "-sf", "/bin/true", "-cf", $"{_folder}/conf", "-lf", $"{_folder}/leases",
                    "-pf", $"{_folder}/pid", "wire"];
            File.Delete(Path.Combine(_folder, "leases"));
            return Process.Start(new ProcessStartInfo("ip", ["netns", "exec", _client, .. arguments])
            {
                RedirectStandardError = true, RedirectStandardOutput = true,
            })!;
        }

        public void Dispose()
        {
            End();
            Wire.Dispose();
            Tool.Status("ip", "netns", "del", _server);
            Tool.Status("ip", "netns", "del", _client);
            Directory.Delete(_folder, recursive: true);
        }

        // Whatever runs in the client's namespace: dhclient goes into the background.
        private void End() => Tool.Status("sh", "-c",
            $"for p in $(ip netns pids {_client}); do kill -9 $p; done; "
                + $"while [ -n \"$(ip netns pids {_client})\" ]; do sleep 0.05; done");
    }
}
