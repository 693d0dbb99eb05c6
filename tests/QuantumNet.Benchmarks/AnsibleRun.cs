using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using QuantumNet.Snapshots;

namespace QuantumNet.Benchmarks;

/// <summary>A fleet gathered by Ansible and by ourselves, in turn: <c>ansible LAB COUNT</c>. So many names lead to the
/// lab's nodes by ssh_config; the playbook of deploy/ansible and <c>Save-QuantumSnapshot</c> bring the same from them,
/// sixteen at a time.</summary>
internal static class AnsibleRun
{
    private const int Turns = 5, ChildrenOfThis = -1, UsageBytes = 144;

    public static int Run(string[] arguments)
    {
        if (arguments is not [var lab, var count])
        {
            Console.Error.WriteLine("ansible LAB COUNT");
            return 2;
        }
        string folder = Directory.CreateTempSubdirectory("quantumnet-ansible-").FullName;
        try
        {
            WriteInventories(lab, folder, int.Parse(count, CultureInfo.InvariantCulture));
            return Compare(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Compare(string folder)
    {
        string[] ours = ["Save-QuantumSnapshot", Path.Combine(folder, "ours.zip"), "-Inventory",
            Path.Combine(folder, "inventory.json"), "-Force", "-Confirm:false"];
        List<double> own = [], ansible = [], ownProcessor = [], ansibleProcessor = [];
        QuantumNet(folder, ours);       // the file system has what both read
        for (int turn = 0; turn < Turns; turn++)
        {
            Take(own, ownProcessor, () => QuantumNet(folder, ours));
            Take(ansible, ansibleProcessor, () => Play(folder));
        }
        GatherRun.Tell("ourselves", own);
        GatherRun.Tell("  processor time here", ownProcessor);
        GatherRun.Tell("Ansible", ansible);
        GatherRun.Tell("  processor time here", ansibleProcessor);
        (int Nodes, int Commands) first = Held(Path.Combine(folder, "ours.zip")),
            second = Held(Path.Combine(folder, "parts"));
        Console.WriteLine($"nodes and commands: {first} and {second}");
        return first == second ? 0 : 1;
    }

    private static (int Nodes, int Commands) Held(string path)
    {
        QuantumSnapshot snapshot = SnapshotReader.Load(path, error => Console.Error.WriteLine(error.Message));
        return (snapshot.Nodes.Length, snapshot.Outputs
            .Select(output => (output.ComputerName, output.Collector, string.Join(' ', output.Argv.Take(2)))).Distinct()
            .Count());
    }

    private static void WriteInventories(string lab, string folder, int count)
    {
        StringBuilder hosts = new(), config = new(), nodes = new();
        string[] real = [.. LabScript.Plan(lab).GetProperty("nodes").EnumerateArray()
            .Where(node => node.GetProperty("roles")[0].GetString() != "controller")
            .Select(node => node.GetProperty("address").GetString()!)];
        for (int i = 0; i < count; i++)
        {
            config.Append(CultureInfo.InvariantCulture, $"Host fleet{i}\n  HostName {real[i % real.Length]}\n");
            hosts.Append(CultureInfo.InvariantCulture, $"fleet{i}\n");
            nodes.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")}{{\"name\": \"fleet{i}\"}}");
        }
        string ssh = Path.Combine(folder, "ssh_config");
        File.WriteAllText(ssh, $"Include {lab}/ssh_config\n{config}");
        File.WriteAllText(Path.Combine(folder, "inventory.json"), $"{{\"nodes\": [{nodes}], "
            + $"\"ssh\": {{\"configFile\": \"{ssh}\", \"knownHostsFile\": \"{lab}/known_hosts\"}}}}");
        File.WriteAllText(Path.Combine(folder, "hosts"), "[all:vars]\nansible_user=root\nquantumnet_role=network\n"
            + $"ansible_ssh_common_args=-F {ssh}\n[fleet]\n{hosts}");
    }

    private static void QuantumNet(string folder, string[] arguments) => Start(folder, "dotnet", LabScript.Root,
        [Path.Combine(AppContext.BaseDirectory, "QuantumNet.Cli.dll"), .. arguments]);

    private static void Play(string folder) => Start(folder, "ansible-playbook",
        Path.Combine(LabScript.Root, "deploy", "ansible"),
        ["-i", Path.Combine(folder, "hosts"), "collect.yml", "-e", $"{{\"quantumnet_parts\": \"{folder}/parts\", "
            + $"\"quantumnet_command\": \"dotnet {Path.Combine(AppContext.BaseDirectory, "QuantumNet.Cli.dll")}\"}}"]);

    private static void Start(string home, string program, string folder, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true,
            RedirectStandardInput = true };
        start.Environment["HOME"] = home;
        start.Environment["LC_ALL"] = "C.UTF-8";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {said}");
    }

    private static void Take(List<double> seconds, List<double> processor, Action work)
    {
        double before = ChildrensProcessorTime();
        seconds.Add(GatherRun.Seconds(work));
        processor.Add(ChildrensProcessorTime() - before);
    }

    /// <summary>Seconds that processes took which this one started, theirs and so on, once they ended (getrusage(2)).
    /// </summary>
    private static double ChildrensProcessorTime()
    {
        byte[] usage = new byte[UsageBytes];
        _ = getrusage(ChildrenOfThis, usage);
        return BitConverter.ToInt64(usage, 0) + BitConverter.ToInt64(usage, 16)
            + ((BitConverter.ToInt64(usage, 8) + BitConverter.ToInt64(usage, 24)) / 1e6);
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int getrusage(int who, byte[] usage);
}
