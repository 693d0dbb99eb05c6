using System.Diagnostics;
using System.Text;
using QuantumNet.Commands;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Lab;

/// <summary>The playbook of deploy/ansible, run by a real Ansible on the lab's nodes: what it brings is judged as what
/// we gather ourselves.</summary>
[Collection("lab")]
public sealed class AnsibleLabTests
{
    [SkippableTheory]
    [InlineData("neutron vxlan hybrid"), InlineData("grizzly gre hybrid")]
    public void Parts_that_Ansible_brings_give_the_verdicts_of_our_own_gathering(string kind)
    {
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        Skip.If(Ansible is null, "ansible-playbook is not installed: apt-get install ansible-core");
        using LabCloud lab = LabCloud.Up(LabKind.Parse(kind));
        string files = FilesOf(lab);
        string healthy = Play(lab, "healthy");
        Assert.Equal(files, FilesOf(lab));
        Assert.Equal(lab.Test().Select(Told), Judge(healthy).Select(Told));
        Assert.All(Judge(healthy), verdict => Assert.Equal(DhcpPathStatus.Ok, verdict.Status));

        lab.Put(lab.Faults().First(one => one.Code == "QN4001"));
        string broken = Play(lab, "broken");
        DhcpPathResult[] verdicts = Judge(broken);
        Assert.Equal(lab.Test().Select(Told), verdicts.Select(Told));
        Assert.Equal("QN4001", verdicts.Single(verdict => verdict.PortId == lab.Victim.PortId).Cause);

        // A node that is not asked is a hole, told as such.
        string hole = Play(lab, "hole", "--limit", $"!{lab.DhcpNodes[0]}");
        Assert.DoesNotContain(Judge(hole), verdict => verdict.Status == DhcpPathStatus.Ok);
        SnapshotNode missing = Assert.Single(Import(hole).Nodes, node => node.FailureCode.Length > 0);
        Assert.Equal((lab.DhcpNodes[0], "QN9002"), (missing.ComputerName, missing.FailureCode));
    }

    private static string? Ansible => Environment.GetEnvironmentVariable("PATH")?.Split(':')
        .Select(folder => Path.Combine(folder, "ansible-playbook")).FirstOrDefault(File.Exists);

    private static (string, DhcpPathStatus, string?, string?, string?, string) Told(DhcpPathResult verdict) =>
        (verdict.PortId, verdict.Status, verdict.Cause, verdict.ComputerName, verdict.Object, verdict.Summary);

    /// <summary>Where a login might leave something behind.</summary>
    private static string FilesOf(LabCloud lab) => string.Join('\n',
        ((string[])["compute1", "compute2", "netnode", "controller"]).Select(node =>
            lab.Enter(node, "find", "/root", "/tmp", "/var/tmp", "-not", "-path", "*/quantumnet-lab*")));

    private static DhcpPathResult[] Judge(string parts)
    {
        TestHost host = new TestHost().Run(new TestDhcpPathCommand { Snapshot = parts });
        Assert.Empty(host.Errors);
        return [.. host.Objects.Cast<DhcpPathResult>()];
    }

    private static QuantumSnapshot Import(string parts)
    {
        TestHost host = new TestHost().Run(new ImportQuantumSnapshotCommand { Path = [parts] });
        Assert.Empty(host.Errors);
        return Assert.IsType<QuantumSnapshot>(Assert.Single(host.Objects));
    }

    /// <summary>Runs the playbook; the folder of its parts.</summary>
    private static string Play(LabCloud lab, string name, params string[] more)
    {
        string deploy = Path.Combine(Repository.Root, "deploy", "ansible"), parts = Path.Combine(lab.Folder, name);
        string inventory = Path.Combine(lab.Folder, "hosts.ini");
        File.WriteAllText(inventory, Inventory(lab));
        string quantumnet = $"dotnet {Path.Combine(AppContext.BaseDirectory, "QuantumNet.Cli.dll")}";
        ProcessStartInfo start = new(Ansible!) { WorkingDirectory = deploy, RedirectStandardOutput = true,
            RedirectStandardError = true };
        foreach (string argument in (string[])["-i", inventory, "collect.yml", "-e",
            $"{{\"quantumnet_parts\": \"{parts}\", \"quantumnet_command\": \"{quantumnet}\"}}", .. more])
            start.ArgumentList.Add(argument);
        start.Environment["HOME"] = lab.Folder;
        start.Environment["LC_ALL"] = "C.UTF-8";
        using Process process = Process.Start(start)!;
        Task<string> said = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{output}\n{said.Result}");
        return parts;
    }

    private static string Inventory(LabCloud lab)
    {
        StringBuilder text =
            new($"[all:vars]\nansible_user=root\nansible_ssh_common_args=-F {lab.Folder}/ssh_config\n");
        foreach (string group in (string[])["compute", "network", "controller"])
        {
            text.Append('[').Append(group).Append("]\n");
            foreach (var node in lab.Plan["nodes"]!.AsArray()
                .Where(node => node!["roles"]!.AsArray().Any(role => (string)role! == group)))
                text.Append((string)node!["name"]!).Append('\n');
        }
        return text.ToString();
    }
}
