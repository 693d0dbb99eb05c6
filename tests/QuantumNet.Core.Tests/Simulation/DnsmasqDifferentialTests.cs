using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using QuantumNet.Core.Tests.Capture;
using QuantumNet.Parsing;
using QuantumNet.Parsing.Dhcp;
using QuantumNet.Simulation;
using QuantumNet.Simulation.Dnsmasq;

namespace QuantumNet.Core.Tests.Simulation;

/// <summary>Drawn arguments, files and messages: the real dnsmasq over a real wire, and ours,
/// answer the same.</summary>
public sealed class DnsmasqDifferentialTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int MessagesPerCase = 20;
    private static readonly int s_cases = Environment.GetEnvironmentVariable("QUANTUMNET_LONG") == "1" ? 60 : 10;

    [SkippableFact]
    public void Drawn_messages_are_answered_as_the_real_dnsmasq_answers_them()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.UserName == "root", "namespaces need root on Linux");
        foreach (string program in (string[])["ip", "dnsmasq"])
            Skip.IfNot(Tool.IsThere(program), $"{program} is not installed");
        int first = int.Parse(Environment.GetEnvironmentVariable("QUANTUMNET_SEED") ?? "1000",
            CultureInfo.InvariantCulture);
        using var lab = new DnsmasqLab();
        Tally tally = new();
        for (int seed = first; seed < first + s_cases; seed++)
            Run(lab, seed, tally);

        output.WriteLine($"{tally}");
        Assert.True(tally.Differences.Count == 0, $"{tally}\n{string.Join("\n\n", tally.Differences.Take(5))}");
        Assert.True(tally.Unknown * 50 < tally.Exchanges, $"{tally}: more than two in a hundred not told");
        Assert.All((string[])["Offer", "Ack", "Nak", "None"],
            kind => Assert.True(tally.Kinds.GetValueOrDefault(kind) > 0, $"{tally}: no {kind}"));
    }

    private static void Run(DnsmasqLab lab, int seed, Tally tally)
    {
        var drawn = new DnsmasqCase(seed);
        using RealDnsmasq real = lab.Start(drawn);
        DnsmasqServer ours = real.Model(drawn);
        DnsmasqState state = ours.Started(DnsmasqState.Of(
            DhcpLeasesParser.ParseAll(string.Join('\n', drawn.LeaseLines), new TextSource("netnode", "leases", []))));
        for (int i = 0; i < MessagesPerCase; i++)
        {
            DhcpClientMessage message = drawn.Message((uint)(seed * 1000 + i));
            long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
            DnsmasqAnswer answer = ours.Answer(message, state, now);
            (WireAnswer? wire, List<string> log) = real.Ask(message);
            tally.Count(answer);
            string difference = answer.Kind == DnsmasqAnswerKind.Unknown ? ""
                : Difference.Between(drawn, answer, wire, log);
            if (difference.Length > 0)
                tally.Differences.Add($"seed {seed}, message {i}: {difference}\n"
                    + $"{Difference.Describe(drawn, message, answer, wire, log)}");
            if (difference.Length > 0 || answer.Kind == DnsmasqAnswerKind.Unknown)
                return;         // what it holds in memory may differ from here on
            state = answer.After;
        }
    }

    private sealed class Tally
    {
        public List<string> Differences { get; } = [];
        public Dictionary<string, int> Kinds { get; } = [];
        public int Exchanges { get; private set; }
        public int Unknown => Kinds.GetValueOrDefault("Unknown");

        public void Count(DnsmasqAnswer answer)
        {
            Exchanges++;
            Kinds[answer.Kind.ToString()] = Kinds.GetValueOrDefault(answer.Kind.ToString()) + 1;
        }

        public override string ToString() => $"{Exchanges} exchanges, {Differences.Count} differ; "
            + string.Join(", ", Kinds.Select(kind => $"{kind.Key} {kind.Value}"));
    }
}
