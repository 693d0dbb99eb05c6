using System.Buffers.Binary;
using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using QuantumNet.Parsing.Capture;

namespace QuantumNet.Benchmarks;

/// <summary>A pcap of a million DHCP messages to typed records, beside <c>tcpdump -nr</c> on the same file.
/// The messages are those of a real lease, each repetition with its own MAC and transaction.</summary>
[MemoryDiagnoser]
public class CaptureBenchmarks
{
    private const int FrameCount = 1_000_000;
    private const int FileHeader = 24;
    private const int RecordHeader = 16;

    private readonly string _file = Path.Combine(Path.GetTempPath(), "quantumnet-benchmark.pcap");

    /// <summary>Writes the capture.</summary>
    [GlobalSetup]
    public void Setup()
    {
        byte[] real = File.ReadAllBytes(Fixture());
        List<(int Start, int Length)> records = [.. DhcpRecords(real)];
        using var file = new FileStream(_file, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        file.Write(real, 0, FileHeader);
        for (int i = 0; i < FrameCount; i++)
        {
            (int start, int length) = records[i % records.Count];
            byte[] record = real[start..(start + length)];
            const int Ethernet = 14, Ip = 20, Udp = 8, TransactionId = 4, Mac = 28;
            BinaryPrimitives.WriteInt32BigEndian(record.AsSpan(RecordHeader + Ethernet + Ip + Udp + TransactionId),
                i / records.Count);
            BinaryPrimitives.WriteInt32BigEndian(record.AsSpan(RecordHeader + Ethernet + Ip + Udp + Mac + 2),
                i / records.Count % 5000);
            file.Write(record);
        }
    }

    /// <summary>Removes it.</summary>
    [GlobalCleanup]
    public void Cleanup() => File.Delete(_file);

    /// <summary>Every message as a record, as <c>Get-DhcpPacket</c> emits it.</summary>
    [Benchmark]
    public int Decode() => Count(readOptions: false);

    /// <summary>Every option of every message as text, too.</summary>
    [Benchmark]
    public int DecodeWithOptions() => Count(readOptions: true);

    /// <summary>tcpdump's one line for each.</summary>
    [Benchmark(Baseline = true)]
    public int Tcpdump() => RunTcpdump("-n");

    /// <summary>tcpdump with options, checksums and Ethernet headers.</summary>
    [Benchmark]
    public int TcpdumpVerbose() => RunTcpdump("-nvve");

    private int Count(bool readOptions)
    {
        using var stream = new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        int count = 0, options = 0;
        foreach (DhcpPacket packet in CaptureFile.ReadDhcp(stream, new TextSource("", _file, [])))
        {
            count++;
            options += readOptions ? packet.Options.Length : 1;
        }
        return count == FrameCount && options >= count ? count
            : throw new InvalidOperationException($"{count} messages");
    }

    private int RunTcpdump(string how)
    {
        var start = new ProcessStartInfo("/bin/sh",
            ["-c", "exec tcpdump \"$1\" -r \"$2\" >/dev/null 2>&1", "sh", how, _file]);
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode == 0 ? FrameCount
            : throw new InvalidOperationException($"tcpdump ended with {process.ExitCode}");
    }

    private static IEnumerable<(int Start, int Length)> DhcpRecords(byte[] capture)
    {
        const int Shortest = 300;       // leaves the ARP messages out
        for (int at = FileHeader; at < capture.Length;)
        {
            int length = RecordHeader + BinaryPrimitives.ReadInt32LittleEndian(capture.AsSpan(at + 8));
            if (length > Shortest)
                yield return (at, length);
            at += length;
        }
    }

    private static string Fixture()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "tests", "fixtures", "neutron-zed", "hybrid+gre", "pcap",
                "1-compute1-tap43fefa8a-80.pcap");
            if (File.Exists(path))
                return path;
        }
        throw new InvalidOperationException("no fixtures above the benchmark");
    }
}
