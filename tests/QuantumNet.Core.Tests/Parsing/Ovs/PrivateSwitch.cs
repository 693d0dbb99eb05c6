using System.ComponentModel;
using System.Diagnostics;

namespace QuantumNet.Core.Tests.Parsing.Ovs;

/// <summary>A real ovsdb-server and ovs-vswitchd of our own: dummy datapath, own folder, no device and no kernel
/// module touched.</summary>
public sealed class PrivateSwitch : IDisposable
{
    private const string Schema = "/usr/share/openvswitch/vswitch.ovsschema";
    private const long MaximumMemory = 2L << 30;
    private readonly string _folder = Directory.CreateTempSubdirectory("qn-ovs-").FullName;
    private readonly List<Process> _daemons = [];
    private string Database => "unix:" + Path.Combine(_folder, "db.sock");

    /// <summary>Starts it, with one bridge br0 of four ports; where Open vSwitch is not installed
    /// <see cref="Missing"/> says so.</summary>
    public PrivateSwitch()
    {
        if (!File.Exists(Schema))
        {
            Missing = $"{Schema} is missing: install openvswitch-switch to compare with what a real switch prints";
            return;
        }
        string database = Path.Combine(_folder, "conf.db");
        string socket = Database;
        Run("ovsdb-tool", "create", database, Schema);
        _daemons.Add(Start("ovsdb-server", database, "-vconsole:off", "-vsyslog:off",
            "--no-chdir", "--remote=p" + socket));
        Run("ovs-vsctl", "--retry", "--timeout=10", "--db=" + socket, "--no-wait", "init");
        // A packet that comes back to its bridge again and again makes it grow: it ends before the machine does.
        _daemons.Add(Start("prlimit", $"--as={MaximumMemory}", "ovs-vswitchd", "--enable-dummy", "--disable-system",
            "-vconsole:off", "-vsyslog:off", "--no-chdir", socket));
        Run("ovs-vsctl", "--timeout=20", "--db=" + socket, "add-br", "br0", "--", "set", "Bridge", "br0",
            "datapath_type=dummy", "fail_mode=secure",
            "protocols=OpenFlow10,OpenFlow11,OpenFlow12,OpenFlow13,OpenFlow14,OpenFlow15",
            "--", "add-port", "br0", "p1", "--", "set", "Interface", "p1", "type=dummy", "ofport_request=1",
            "--", "add-port", "br0", "patch-tun", "--", "set", "Interface", "patch-tun",
            "type=dummy", "ofport_request=2", "--", "add-port", "br0", "tap1408934f-93", "--", "set", "Interface",
            "tap1408934f-93", "type=dummy", "ofport_request=3");
    }

    /// <summary>Why there is no switch; null when there is one.</summary>
    public string? Missing { get; }

    /// <summary>Runs ovs-ofctl against the switch: its output.</summary>
    public string Ofctl(params string[] arguments) => Run("ovs-ofctl", arguments);

    /// <summary>Runs ovs-vsctl against the switch: its output.</summary>
    public string Vsctl(params string[] arguments) =>
        Run("ovs-vsctl", ["--timeout=20", "--db=" + Database, .. arguments]);

    /// <summary>The socket that ovs-appctl would talk to.</summary>
    public string ControlSocket => Path.Combine(_folder, $"ovs-vswitchd.{_daemons[^1].Id}.ctl");

    /// <summary>A file of the switch's own folder.</summary>
    public string FileOf(string name) => Path.Combine(_folder, name);

    /// <summary>Replaces all flows of br0 by those given, one a line; what the switch then prints
    /// in that version.</summary>
    public string Exchange(string version, IEnumerable<string> flows, params string[] options)
    {
        string file = Path.Combine(_folder, "flows.txt");
        File.WriteAllLines(file, flows);
        Ofctl("-O", version, "del-flows", "br0");
        Ofctl("-O", version, "add-flows", "br0", file);
        return Ofctl([.. options, "-O", version, "dump-flows", "br0"]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (int i = _daemons.Count - 1; i >= 0; i--)
        {
            _daemons[i].Kill();
            _daemons[i].WaitForExit();
            _daemons[i].Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }

    private Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true,
            RedirectStandardError = true };
        foreach (string variable in new[] { "OVS_RUNDIR", "OVS_LOGDIR", "OVS_DBDIR", "OVS_SYSCONFDIR" })
            start.Environment[variable] = _folder;
        return Process.Start(start) ?? throw new Win32Exception($"{program} did not start");
    }

    private string Run(string program, params string[] arguments)
    {
        using Process process = Start(program, arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error.Result}");
    }
}
