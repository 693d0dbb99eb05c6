using System.Diagnostics;
using System.Text;
using QuantumNet.Parsing.Iptables;

namespace QuantumNet.Core.Tests.Parsing.Iptables;

/// <summary>Rules that the real iptables took and printed again, in a network namespace of their own.</summary>
public sealed class RealIptablesTests
{
    private static readonly string[] s_options =
    [
        "-s 10.1.2.0/24", "! -s 10.1.2.3/32", "-d 255.255.255.255/32", "! -d 10.0.0.0/8", "-i eth7",
        "! -i tap1408934f-93", "-o qvb+",
    ];

    private static readonly string[] s_protocols =
    [
        "", "-p udp -m udp --sport 68 --dport 67", "-p tcp -m tcp ! --dport 22", "-p gre", "! -p icmp",
        "-p udp -m udp --dport 67:68",
        "-p tcp -m tcp --tcp-flags SYN,RST SYN",
    ];

    private static readonly string[] s_modules =
    [
        "", "-m comment --comment \"say \\\"hi\\\" -j \\\\ it's\"", "-m comment --comment plain",
        "-m mac ! --mac-source FA:16:3E:1E:63:66", "-m mark --mark 0x1",
        "-m physdev --physdev-in tap1 --physdev-is-bridged", "-m state --state RELATED,ESTABLISHED",
    ];

    private static readonly string[] s_targets = ["-j DROP", "-j ACCEPT", "-j RETURN", "-g other", "-j other", ""];

    [SkippableTheory]
    [InlineData("iptables-legacy")]
    [InlineData("iptables-nft")]
    public void Rules_come_back_as_they_were_loaded(string tool)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.UserName == "root",
            "needs root on Linux for a network namespace");
        Skip.IfNot(File.Exists($"/usr/sbin/{tool}-save"), $"{tool} is not installed");
        string[] rules = MakeRules(new Random(20130510), 300);
        string loaded = "*filter\n:INPUT ACCEPT [0:0]\n:FORWARD DROP [0:0]\n:OUTPUT ACCEPT [0:0]\n"
            + ":mine - [0:0]\n:other - [0:0]\n"
            + string.Join('\n', rules) + "\nCOMMIT\n";

        (int status, string printed, string error) = InNamespace($"{tool}-restore -c && {tool}-save -c", loaded);
        Skip.If(status != 0, $"this kernel refuses: {error.Trim()}");

        IptablesSave expected = IptablesSaveParser.ParseAll(loaded, Sources.Of("loaded", out List<ParseIssue> none));
        IptablesSave actual = IptablesSaveParser.ParseAll(printed, Sources.Of(tool, out List<ParseIssue> issues));
        Assert.Empty(none);
        Assert.Empty(issues);
        Assert.Equal(rules.Length, actual.Rules.Count);
        Assert.Equal(expected.Rules.Select(Facts), actual.Rules.Select(Facts));
        Assert.Equal("DROP", actual.Chains.Single(chain => chain.Chain == "FORWARD").Policy);
    }

    private static string[] MakeRules(Random random, int count)
    {
        var rules = new string[count];
        for (int i = 0; i < count; i++)
        {
            string[] parts = [Pick(s_options), Pick(s_protocols), Pick(s_modules), Pick(s_targets)];
            rules[i] = $"[{i}:{i * 60}] -A mine {string.Join(' ', parts.Where(part => part.Length > 0))}";
        }
        return rules;

        string Pick(string[] choices) => choices[random.Next(choices.Length)];
    }

    /// <summary>Matches without bare modules and without regard to order: the tools choose both.</summary>
    private static string Facts(IptablesRule rule) =>
        $"{rule.Chain}#{rule.RuleNumber} {rule.PacketCount}:{rule.ByteCount} {rule.IsGoto} {rule.Target} "
        + string.Join(' ', rule.Matches.Where(match => match.Option.Length > 0)
            .Select(match => match.ToString().ToLowerInvariant()).Order(StringComparer.Ordinal));

    private static (int Status, string Output, string Error) InNamespace(string script, string input)
    {
        var start = new ProcessStartInfo("unshare", ["--net", "--", "sh", "-c", script])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        using Process process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
