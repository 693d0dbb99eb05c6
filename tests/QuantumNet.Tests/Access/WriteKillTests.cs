using System.Globalization;
using QuantumNet.Snapshots;
using QuantumNet.Tests.Lab;

namespace QuantumNet.Tests.Access;

/// <summary>The client is killed by strace(1) at its n-th call of the kernel that changes files: what had a name before
/// is whole, old or new, and never half of each.</summary>
public sealed class WriteKillTests : IDisposable
{
    private static readonly bool s_isLong = Environment.GetEnvironmentVariable("QUANTUMNET_LONG") == "1";

    private readonly string _folder = Directory.CreateTempSubdirectory("quantumnet-writes-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData("s.zip")]
    [InlineData("s")]
    public void A_snapshot_is_whole_whenever_the_client_is_killed(string name)
    {
        Strace.Need();
        string inventory = At("inventory.json"), path = At(name);
        File.WriteAllText(inventory,
            """{"nodes":[{"name":"n1","transport":"local"}],"controlPlane":{"source":"none"}}""");
        string[] command = ["Save-QuantumSnapshot", path, "-Force", "-Inventory", inventory];
        Run(command);
        int killed = 0;
        foreach ((string call, int number) in Moments(command))
        {
            killed += Run(command, call, number) ? 1 : 0;
            string[] left = [.. Directory.GetDirectories(_folder).Where(one => one != path)];
            string[] old = [.. left.Where(one => one.EndsWith(".old", StringComparison.Ordinal))];
            bool isThere = File.Exists(path) || Directory.Exists(path);
            Assert.True(isThere || old.Length == 1, $"nothing is left after {call} {number}");
            string kept = isThere ? path : old[0];
            List<QuantumError> said = [];
            QuantumSnapshot snapshot = SnapshotReader.Load(kept, said.Add);
            Assert.Empty(said);
            Assert.True(snapshot.Outputs.Length > 10, $"{call} {number}: {snapshot.Outputs.Length} outputs");
            if (!isThere)
                Directory.Move(old[0], path);
            foreach (string one in left.Where(Directory.Exists))
                Directory.Delete(one, recursive: true);
        }
        Assert.True(killed >= 5, $"only {killed} runs were killed");
    }

    [SkippableFact]
    public void A_report_is_whole_whenever_the_client_is_killed()
    {
        Strace.Need();
        string path = At("report.html");
        string[] command = ["Export-DhcpPathReport", path, "-Force", "-Snapshot",
            Path.Combine(Repository.Root, "samples", "broken-QN4001-port-has-no-tag")];
        Run(command);
        int killed = 0;
        foreach ((string call, int number) in Moments(command))
        {
            killed += Run(command, call, number) ? 1 : 0;
            Assert.EndsWith("</html>", File.ReadAllText(path).TrimEnd(), StringComparison.Ordinal);
        }
        Assert.True(killed >= 2, $"only {killed} runs were killed");
    }

    /// <summary>Writes at the beginning, at each quarter and at the end, and calls of the other kinds; all of them in a
    /// long run.</summary>
    private List<(string Call, int Number)> Moments(string[] command)
    {
        string list = At("calls");
        Strace.Run("dotnet", ["-f", "-o", list, "-e", "trace=pwrite64,rename,mkdir,unlink,rmdir"],
            Strace.Quantumnet(command));
        List<(string, int)> moments = [];
        foreach (IGrouping<string, string> calls in File.ReadLines(list).Where(line => line.Contains('('))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1].Split('(')[0])
            .Where(call => call is "pwrite64" or "rename" or "mkdir" or "unlink" or "rmdir").GroupBy(call => call))
        {
            int count = calls.Count();
            int[] some = calls.Key switch
            {
                "pwrite64" => [1, (count + 3) / 4, (count + 1) / 2, (3 * count + 3) / 4, count],
                "rename" => [1, count],
                _ => [count],
            };
            moments.AddRange((s_isLong ? Enumerable.Range(1, count) : some.Distinct())
                .Select(number => (calls.Key, number)));
        }
        File.Delete(list);
        return moments;
    }

    private static bool Run(string[] command, string call = "", int number = 0) => Strace.Run("dotnet", call.Length == 0
        ? ["-f", "-e", "trace=none"]
        : ["-f", "-e", string.Create(CultureInfo.InvariantCulture, $"inject={call}:signal=KILL:when={number}")],
        Strace.Quantumnet(command)) != 0;

    private string At(string name) => Path.Combine(_folder, name);
}
