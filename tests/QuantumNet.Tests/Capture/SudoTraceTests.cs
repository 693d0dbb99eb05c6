using System.Diagnostics;
using System.Text.Json.Nodes;
using QuantumNet.Access.Gathering;
using QuantumNet.Commands;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Capture;

/// <summary>A user who is not root, and may do through a real sudo what <c>quantumnet --sudoers</c> prints
/// and nothing else.</summary>
public sealed class SudoTraceTests(SudoLab lab) : IClassFixture<SudoLab>
{
    [SkippableFact]
    public void All_that_is_gathered_may_be_gathered_so()
    {
        lab.Need();
        TestHost host = new TestHost()
            .Run(new TestDhcpPathCommand { Inventory = lab.Inventory, PortId = [lab.PortId] });

        Assert.Empty(host.Errors);
        DhcpPathResult result = Assert.IsType<DhcpPathResult>(Assert.Single(host.Objects));
        Assert.Equal(DhcpPathStatus.Ok, result.Status);
        Assert.Empty(result.Findings);
    }

    [SkippableFact]
    public async Task A_lease_is_followed_over_every_hop()
    {
        lab.Need();
        (DhcpTraceResult result, _) = await lab.TraceAsync(() => lab.RunAsync("lease", lab.Name));

        Assert.Equal(DhcpPathStatus.Ok, result.Status);
        Assert.Equal(7, result.Points.Count(point => point is { IsCaptured: true, PacketCount: >= 4 }));
        await lab.UntilNothingIsLeftAsync();
    }

    [SkippableFact]
    public async Task When_the_connection_is_cut_roots_tcpdump_ends_too()
    {
        lab.Need();
        using Process tool = lab.StartTool();
        await lab.UntilTracedAsync();
        Assert.Contains("sudo -n", lab.Tcpdumps("compute1"), StringComparison.Ordinal);
        Processes.KillChildren(tool);

        await lab.UntilNothingIsLeftAsync();
        tool.Kill();
    }

    [SkippableFact]
    public async Task When_the_tool_is_killed_roots_tcpdump_ends_too()
    {
        lab.Need();
        using Process tool = lab.StartTool();
        await lab.UntilTracedAsync();
        tool.Kill(entireProcessTree: false);

        await lab.UntilNothingIsLeftAsync();
    }
}

/// <summary>A lab with a user on its nodes who is not root.</summary>
public sealed class SudoLab() : TraceLab("--flavour", "neutron", "--network", "vxlan")
{
    /// <summary>The user.</summary>
    public const string User = "watcher";

    private const string Prepare = """
        useradd -M -d / -s /bin/sh -p '*' watcher && chmod 644 /etc/ssh/authorized_keys &&
        printf '%s' "$1" > /etc/sudoers.d/quantumnet && chmod 440 /etc/sudoers.d/quantumnet && visudo -c >&2 && echo ready
        """;

    public override string Inventory => Path.Combine(Folder, "sudo.json");

    /// <inheritdoc/>
    public override void Need()
    {
        Skip.IfNot(File.Exists("/usr/bin/sudo"), "sudo is not installed");
        base.Need();
        if (File.Exists(Inventory))
            return;
        JsonNode inventory = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "inventory.json")))!;
        foreach (JsonNode? node in inventory["nodes"]!.AsArray().Where(node => (string)node!["name"]! != "controller"))
        {
            string said = Run("enter", (string)node!["name"]!, "sh", "-c", Prepare, "sh", AllowList.ToSudoers(User));
            Assert.EndsWith("ready\n", said[..(said.LastIndexOf("ready\n", StringComparison.Ordinal) + 6)],
                StringComparison.Ordinal);
            (node["user"], node["sudo"]) = (User, true);
        }
        // The lab's ssh_config says User root, and the inventory's user comes before it.
        File.WriteAllText(Inventory, inventory.ToJsonString());
    }

    /// <summary>The same with root, for what a comparison needs.</summary>
    public string RootsInventory => Path.Combine(Folder, "inventory.json");
}
