using System.Diagnostics;
using QuantumNet.Commands;
using QuantumNet.Tests.Pipeline;
using Xunit.Abstractions;

namespace QuantumNet.Tests.Lab;

/// <summary>Test-DhcpServer on real servers through real ssh: a healthy one is Ok and nothing is found, each fault
/// of the server is named, and it is Ok again without it.</summary>
[Collection("lab")]
public sealed class DhcpServerLabTests(ITestOutputHelper log)
{
    private const string Files = "/var/lib/*/dhcp/*/";

    private static readonly (string Code, string Variant, DhcpPathStatus Status)[] s_faults =
    [
        ("QN6007", "duplicate", DhcpPathStatus.Degraded),
        ("QN6025", "release", DhcpPathStatus.Broken),
        ("QN6002", "tag", DhcpPathStatus.Broken),
        ("QN6008", "line", DhcpPathStatus.Broken),
        ("QN6009", "address", DhcpPathStatus.Broken),
        ("QN6004", "missing", DhcpPathStatus.Broken),
    ];

    private static readonly TimeSpan s_settling = TimeSpan.FromMinutes(10);

    [SkippableTheory]
    [InlineData("neutron", "vxlan")]
    [InlineData("grizzly", "gre")]
    public void Faults_of_a_server_are_named_and_a_healthy_one_is_silent(string flavour, string network)
    {
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        Skip.If(flavour == "grizzly" && !Settings.IsLong, "older servers are tested with QUANTUMNET_LONG=1");
        using LabCloud lab = LabCloud.Up(new(flavour, network, "hybrid", 1));
        log.WriteLine($"{lab.Kind}, lab seed {lab.Plan["seed"]}");
        List<string> wrong = [.. Expect(lab, "healthy", DhcpPathStatus.Ok, null, Test(lab, "client"))];
        wrong.AddRange(WrongTag(lab));
        wrong.AddRange(StaleLine(lab));
        foreach ((string code, string variant, DhcpPathStatus status) in s_faults)
        {
            LabFault fault = new(code, variant, "D", TakesLease: false);
            lab.Put(fault);
            wrong.AddRange(Expect(lab, fault.ToString(), status, code, Test(lab)));
            lab.Undo(fault);
        }
        wrong.AddRange(Expect(lab, "mended", DhcpPathStatus.Ok, null, Settled(lab)));
        wrong.AddRange(Respawning(lab));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    // Several of the faults start dnsmasq anew: for a while its log shows one process after another.
    private DhcpServerResult Settled(LabCloud lab)
    {
        long start = Stopwatch.GetTimestamp();
        DhcpServerResult result = Test(lab);
        while (result.Cause == "QN6006" && Stopwatch.GetElapsedTime(start) < s_settling)
            result = Test(lab);
        return result;
    }

    private IEnumerable<string> Respawning(LabCloud lab)
    {
        LabFault respawn = new("QN6006", "respawn", "D", TakesLease: false);
        lab.Put(respawn);
        DhcpServerResult result = Test(lab, cmdlet: new() { SampleSeconds = 5 });
        lab.Undo(respawn);
        return result.Cause == "QN6006" && result.IsStable != true ? []
            : [$"{lab.Kind}, respawning: {Describe(result)}"];
    }

    private IEnumerable<string> WrongTag(LabCloud lab)
    {
        string server = lab.DhcpNodes[0];
        lab.Enter(server, "sh", "-c", $"sed -i 's/^tag:/tag:old-/' {Files}opts");
        DhcpServerResult result = Test(lab);
        lab.Enter(server, "sh", "-c", $"sed -i 's/^tag:old-/tag:/' {Files}opts");
        return Expect(lab, "wrong tag", DhcpPathStatus.Degraded, "QN6015", result);
    }

    private IEnumerable<string> StaleLine(LabCloud lab)
    {
        string server = lab.DhcpNodes[0];
        lab.Enter(server, "sh", "-c", $"echo fa:16:3e:00:00:99,gone.local,10.254.254.9 >> $(ls {Files}host)");
        DhcpServerResult result = Test(lab, "client");
        lab.Enter(server, "sh", "-c", $"sed -i '/gone.local/d' {Files}host");
        return Expect(lab, "stale line", DhcpPathStatus.Degraded, "QN6027", result);
    }

    private static IEnumerable<string> Expect(
        LabCloud lab, string what, DhcpPathStatus status, string? cause, DhcpServerResult result)
    {
        bool isSilent = cause is not null || result.Findings.Length == 0;
        return (result.Status, result.Cause) == (status, cause) && isSilent ? []
            : [$"{lab.Kind}, {what}, not {status} {cause}: {Describe(result)}"];
    }

    private DhcpServerResult Test(LabCloud lab, string controlPlane = "none", TestDhcpServerCommand? cmdlet = null)
    {
        cmdlet ??= new();
        cmdlet.NetworkId = [(string)lab.Plan["network"]!["id"]!];
        cmdlet.Inventory = lab.InventoryWith(controlPlane);
        TestHost host = new TestHost().Run(cmdlet);
        Assert.Empty(host.Errors);
        DhcpServerResult result = Assert.IsType<DhcpServerResult>(Assert.Single(host.Objects));
        log.WriteLine($"{result.Status} {result.Cause} in {result.DurationSeconds} s: {result.Summary}");
        return result;
    }

    private static string Describe(DhcpServerResult result) => $"{result.Status} {result.Cause}: {result.Summary}"
        + string.Concat(result.Findings.Select(finding => $"\n      {finding}"));
}
