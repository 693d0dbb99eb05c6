using System.Text.Json.Nodes;
using QuantumNet.Access.Gathering;
using QuantumNet.Commands;
using QuantumNet.Snapshots;
using QuantumNet.Tests.Capture;
using QuantumNet.Tests.Lab;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Access;

/// <summary>A user who has the rules of <c>quantumnet --sudoers</c> and no other tries to get further, on a node whose
/// services' folders belong to somebody who put links to root's files into them.</summary>
public sealed class SudoWaysTests(SudoLab lab) : IClassFixture<SudoLab>
{
    private const string Secret = "the-secret-of-root";
    private static readonly string s_folder = Path.Combine(Repository.Root, "tests", "QuantumNet.Tests", "Access");

    [SkippableFact]
    public void No_way_leads_further()
    {
        lab.Need();
        string network = (string)JsonNode.Parse(lab.Plan.GetRawText())!["network"]!["id"]!;
        Assert.Contains("ready", lab.Run("enter", "netnode", "sh", "-c",
            File.ReadAllText(Path.Combine(s_folder, "ways-in-prepare.sh")), "sh", SudoLab.User, network),
            StringComparison.Ordinal);
        string[] ways = [.. File.ReadAllLines(Path.Combine(s_folder, "ways-in.txt")).Where(line => line[0] != '#')];
        Assert.True(ways.Length >= 100);

        List<string> open = [];
        foreach (string way in ways)
        {
            string said = Try(way, network);
            if (said.Contains(Secret, StringComparison.Ordinal) || said.Contains("uid=0", StringComparison.Ordinal))
                open.Add($"{way}\n   {said.ReplaceLineEndings(" ")}");
        }
        Assert.True(open.Count == 0, string.Join('\n', open));
        string left = lab.Run("enter", "netnode", "sh", "-c",
            "ls /root; ovs-vsctl list-br; pgrep -c sshd; cat /var/lib/neutron/dhcp/*/host | wc -l");
        Assert.DoesNotContain("made", left, StringComparison.Ordinal);
        Assert.Contains("br-int", left, StringComparison.Ordinal);
        // Whatever would be an open way is one for root: the traps do work.
        Assert.Contains(Secret, lab.Run("enter", "netnode", "sh", "-c", "/home/ways/own"), StringComparison.Ordinal);

        lab.Run("enter", "netnode", "sh", "-c", "rm /root/secret; sleep 2");
        EverythingIsGathered(network);
    }

    /// <summary>The same user's snapshot of the node holds what root's holds.</summary>
    private void EverythingIsGathered(string network)
    {
        Dictionary<string, string> own = Gathered(lab.Inventory), roots = Gathered(lab.RootsInventory);
        Assert.Equal(roots.Keys.Order(), own.Keys.Order());
        Assert.Empty(own.Where(one => one.Value != roots[one.Key]).Select(one => $"{one.Key}: {one.Value}, "
            + $"not {roots[one.Key]}"));
        Assert.Contains(own,
            one => one.Key.EndsWith($"cat /var/lib/neutron/dhcp/{network}/host", StringComparison.Ordinal));
        Assert.Contains(own, one => one.Key.Contains("tail -n 2000 /var/log/neutron/", StringComparison.Ordinal));
        // What is not read is not passed over in silence; without the links, the verdict is whole.
        Assert.Contains(own, one => one.Key.EndsWith("/var/log/neutron/link-agent.log", StringComparison.Ordinal)
            && one.Value == "126");
        lab.Run("enter", "netnode", "sh", "-c",
            "cd /etc/neutron && rm neutron.conf plugins/link && cd /var/log/neutron && rm link-agent.log "
                + "pipe-agent.log");
        TestHost host = new TestHost()
            .Run(new TestDhcpPathCommand { Inventory = lab.Inventory, PortId = [lab.PortId] });
        DhcpPathResult result = Assert.IsType<DhcpPathResult>(Assert.Single(host.Objects));
        Assert.Empty(result.Findings.Select(finding => finding.Message));
        Assert.Equal(DhcpPathStatus.Ok, result.Status);
    }

    private Dictionary<string, string> Gathered(string inventory)
    {
        string folder = Directory.CreateTempSubdirectory("quantumnet-ways-").FullName;
        try
        {
            TestHost host = new TestHost().Run(new SaveQuantumSnapshotCommand { Inventory = inventory,
                Path = Path.Combine(folder, "kept") });
            Assert.Empty(host.Errors);
            QuantumSnapshot kept = SnapshotReader.Load(Path.Combine(folder, "kept"));
            return kept.Outputs.Where(output => output.ComputerName == "netnode")
                .GroupBy(output => output.Command).ToDictionary(same => same.Key, same => same.First() is var one
                    && one.Argv[0] == "cat" ? $"{one.ExitStatus} {one.Text}" : $"{one.ExitStatus}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Try(string way, string network) => lab.Run("enter", "netnode", "su", SudoLab.User, "-c",
        $"W=/home/ways N={network} L=22222222-2222-2222-2222-222222222222 D=33333333-3333-3333-3333-333333333333 "
            + $"S={ShellQuote.Word(FileReading.FilterOf(new AgentConfigCollector().Commands[0].Argv))}\n"
            + File.ReadAllText(Path.Combine(s_folder, "ways-in.sh")).Replace("\"$1\"", ShellQuote.Word(way),
                StringComparison.Ordinal));
}
