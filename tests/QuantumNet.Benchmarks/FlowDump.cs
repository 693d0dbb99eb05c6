using System.Runtime.CompilerServices;
using System.Text;

namespace QuantumNet.Benchmarks;

/// <summary>Big dumps after the pattern of those recorded on Neutron's nodes.</summary>
internal static class FlowDump
{
    /// <summary>A dump of that many flows: the recorded lines over and over, each time with other ports,
    /// addresses and counters.</summary>
    public static string Make(int count)
    {
        string[] lines = [.. Recorded("hybrid+vxlan/compute1/ovs-ofctl-dump-flows-br-tun.txt"),
            .. Recorded("ovsfw+vxlan/compute1/ovs-ofctl-dump-flows-br-int.txt")];
        var text = new StringBuilder("NXST_FLOW reply (xid=0x4):\n");
        for (int i = 0; i < count; i++)
        {
            int turn = i / lines.Length;
            text.Append(lines[i % lines.Length]
                .Replace("n_packets=0, n_bytes=0", $"n_packets={turn * 7}, n_bytes={turn * 654}",
                    StringComparison.Ordinal)
                .Replace("fa:16:3e:", $"fa:16:{turn >> 8 & 255:x2}:", StringComparison.Ordinal)
                .Replace("in_port=3", $"in_port={turn % 4000 + 1}", StringComparison.Ordinal)
                .Replace("reg5=0x3", $"reg5=0x{turn + 3:x}", StringComparison.Ordinal)).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>About that many flows of one bridge: what a recorded node holds for one port, for ports of other
    /// numbers and addresses, from a number on; what it holds for no port, once.</summary>
    public static string OfPorts(string recording, int count, int firstPort)
    {
        string[] lines = [.. Recorded(recording)];
        string[] ofPort = Array.FindAll(lines, line => line.Contains("reg5=0x3", StringComparison.Ordinal)
            || line.Contains("in_port=3", StringComparison.Ordinal));
        var text = new StringBuilder();
        foreach (string line in lines.Except(ofPort))
            text.Append(line).Append('\n');
        for (int port = firstPort; port < firstPort + ((count - lines.Length) / ofPort.Length) + 1; port++)
        {
            foreach (string line in ofPort)
                text.Append(line.Replace("fa:16:3e:d7:c5:0d", $"fa:16:00:00:{port >> 8 & 255:x2}:{port & 255:x2}",
                        StringComparison.Ordinal)
                    .Replace("in_port=3", $"in_port={port}", StringComparison.Ordinal)
                    .Replace("output:3", $"output:{port}", StringComparison.Ordinal)
                    .Replace("0x3->NXM_NX_REG5", $"0x{port:x}->NXM_NX_REG5", StringComparison.Ordinal)
                    .Replace("reg5=0x3", $"reg5=0x{port:x}", StringComparison.Ordinal)).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>The same flows as <c>ovs-ofctl parse-flows</c> takes them: no counters, no ages.</summary>
    public static string WithoutStatistics(string dump)
    {
        var text = new StringBuilder(dump.Length);
        foreach (string line in dump.Split('\n'))
        {
            if (!line.Contains("actions=", StringComparison.Ordinal))
                continue;
            foreach (string word in line.TrimStart().Split(", "))
            {
                if (!word.StartsWith("duration=", StringComparison.Ordinal)
                    && !word.StartsWith("n_", StringComparison.Ordinal)
                    && !word.StartsWith("idle_age=", StringComparison.Ordinal)
                    && !word.StartsWith("hard_age=", StringComparison.Ordinal))
                    text.Append(word).Append(word.Contains("actions=", StringComparison.Ordinal) ? "" : ", ");
            }
            text.Append('\n');
        }
        return text.ToString();
    }

    private static IEnumerable<string> Recorded(string path, [CallerFilePath] string thisFile = "")
    {
        string folder = Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "fixtures", "neutron-zed");
        foreach (string line in File.ReadLines(Path.Combine(folder, path)))
        {
            if (line.Contains("actions=", StringComparison.Ordinal))
                yield return line;
        }
    }
}
