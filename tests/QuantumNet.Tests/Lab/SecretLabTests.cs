using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using QuantumNet.Access.Collecting;
using QuantumNet.Commands;
using QuantumNet.Pipeline;
using QuantumNet.Snapshots.Parts;
using QuantumNet.Tests.Pipeline;

namespace QuantumNet.Tests.Lab;

/// <summary>Secrets are hidden all over a node, in the forms in which services, clients and shells write them; none is
/// in anything that is kept, written or printed. Each has a place of its own, which is found: it was read.</summary>
[Collection("lab")]
public sealed partial class SecretLabTests
{
    /// <summary>Lines of logs; {0} is the secret.</summary>
    private static readonly string[] s_lines =
    [
        "keystone_authtoken.password = {0}", "rabbit_password={0} ok", "X-Auth-Token: {0}",
        "connection mysql+pymysql://neutron:{0}@ctl/neutron", "transport rabbit://a:{0}@one:5672,b:{0}@two:5672/",
        "curl -H \"X-Auth-Token: {0}\" http://ctl", "Authorization: Basic {0}", "-H 'Authorization: Bearer {0}' ok",
        "got {{'adminPass': u'{0} {0}'}} back", "body {{\"auth\": {{\"password\": \"{0}\\\" {0}\"}}}}",
        "('auth_token', '{0}') sent", "ran mysql -uroot -p{0} neutron", "ran sshpass -p {0} ssh node",
        "ran curl -u admin:{0} http://ctl", "the admin password is {0} now", "login with password \"a {0} b\" refused",
        "GET /v2.0/ports?token={0}&limit=1", "neutron --os-password {0} port-list", "Set-Cookie: session={0}; path=/",
        "metadata_proxy_shared_secret: {0}", "{{\\\"secret\\\": \\\"{0}\\\"}}", "| adminPass | {0} |",
        "export OS_PASSWORD={0}",
    ];

    private static readonly string[] s_settings =
    [
        "metadata_proxy_shared_secret = {0}", "nova_admin_password={0} {0}", "transport_url = rabbit://a:{0}@ctl:5672/",
        "connection = mysql://neutron:{0}@ctl/neutron", "auth_token =\n  {0}", "dhcp_note = http://a:{0}@ctl/",
    ];

    private const string Put = """
        printf '%s' "$1" >> /var/log/neutron/neutron-dhcp-agent.log
        printf '%s' "$2" >> /var/log/openvswitch/ovs-vswitchd.log
        printf '%s' "$3" >> /var/log/syslog
        printf '%s' "$4" >> /etc/neutron/dhcp_agent.ini
        setsid bash -c 'exec -a curl python3 -c "import time; time.sleep(600)" -u "admin:$0" http://ctl' "$5" \
          </dev/null >/dev/null 2>&1 &
        """;

    private int _count;

    [SkippableFact]
    public void Secrets_of_a_node_are_in_nothing_that_is_kept_or_shown()
    {
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        using LabCloud lab = LabCloud.Up(LabKind.Parse("neutron vxlan hybrid"));
        string agent = Lines("2026-11-30 00:00:00.000 9 ERROR neutron.agent [-] ", s_lines);
        string vswitch = Lines("2026-11-30T00:00:00.000Z|00001|bridge|ERR|", s_lines);
        string syslog = Lines("Nov 30 00:00:00 netnode dnsmasq[9]: ", s_lines);
        string settings = $"\n[hidden]\n{Lines("", s_settings)}";
        lab.Enter("netnode", "bash", "-c", Put, "bash", agent, vswitch, syslog, settings, Secret(_count++));

        string folder = Path.Combine(lab.Folder, "kept");
        List<TestHost> said = [lab.Run(new SaveQuantumSnapshotCommand { Path = folder })];
        foreach (SourceCmdlet cmdlet in Cmdlets(lab))
            said.Add(lab.Run(cmdlet));

        string kept = string.Concat(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => File.ReadAllText(file, Encoding.Latin1)));
        string shown = string.Concat(said.SelectMany(Told)) + File.ReadAllText(Report(lab));
        int places = Places().Matches(kept).Select(match => match.Value).Distinct().Count();
        Assert.True(places >= (3 * s_lines.Length) + s_settings.Length, $"only {places} places were read");
        Assert.Empty(Secrets().Matches(kept).Concat(Secrets().Matches(shown))
            .Select(match => match.Value).Distinct());
        Assert.Contains("-u admin:***", kept, StringComparison.Ordinal);
        Assert.Contains("place01", shown, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Secrets_of_a_node_are_in_no_part_that_its_collector_prints()
    {
        Skip.If(LabCloud.Missing is not null, LabCloud.Missing);
        using LabCloud lab = LabCloud.Up(LabKind.Parse("neutron vxlan hybrid"));
        lab.Enter("netnode", "bash", "-c", Put, "bash",
            Lines("2026-11-30 00:00:00.000 9 ERROR neutron.agent [-] ", s_lines),
            Lines("2026-11-30T00:00:00.000Z|00001|bridge|ERR|", s_lines),
            Lines("Nov 30 00:00:00 netnode dnsmasq[9]: ", s_lines),
            $"\n[hidden]\n{Lines("", s_settings)}", Secret(_count++));
        string script = CollectorScript.Write(new() { Role = CollectorRole.Network });
        string printed = lab.Enter("netnode", "sh", "-c", script);
        string part = Encoding.Latin1.GetString(
            Assert.Single(PartText.Find(Encoding.Latin1.GetBytes(printed), _ => int.MaxValue)).Span);
        int places = Places().Matches(part).Select(match => match.Value).Distinct().Count();
        Assert.True(places >= (3 * s_lines.Length) + s_settings.Length, $"only {places} places were read");
        Assert.Empty(Secrets().Matches(part).Select(match => match.Value).Distinct());
        Assert.Contains("-u ***", part, StringComparison.Ordinal);
    }

    private static IEnumerable<SourceCmdlet> Cmdlets(LabCloud lab) =>
    [
        new GetAgentLogCommand(), new GetAgentConfigCommand(), new GetDhcpEventCommand(), new GetDhcpServerCommand(),
        new TestDhcpPathCommand { PortId = [lab.Victim.PortId] }, new TestDhcpServerCommand(),
        new TestOvsTunnelCommand(), new TestQuantumConnectionCommand(),
        new ExportDhcpPathReportCommand { Path = Report(lab) },
    ];

    private static string Report(LabCloud lab) => Path.Combine(lab.Folder, "report.html");

    private static IEnumerable<string> Told(TestHost host) =>
    [
        .. host.Objects.Select(one => JsonSerializer.Serialize(one, one.GetType())), .. host.VerboseLines,
        .. host.Warnings, .. host.Errors.Select(error => error.Message + error.Advice),
    ];

    private string Lines(string head, string[] forms)
    {
        StringBuilder lines = new();
        foreach (string form in forms)
        {
            _count++;
            lines.Append(head.Length > 0 ? $"{head}{Place(_count)} " : $"# {Place(_count)}\n")
                .AppendFormat(CultureInfo.InvariantCulture, form, Secret(_count)).Append('\n');
        }
        return lines.ToString();
    }

    private static string Place(int number) => string.Create(CultureInfo.InvariantCulture, $"place{number:00}");

    private static string Secret(int number) => string.Create(CultureInfo.InvariantCulture, $"hidden{number:00}s3cret");

    [GeneratedRegex(@"hidden\d\ds3cret")]
    private static partial Regex Secrets();

    [GeneratedRegex(@"place\d\d")]
    private static partial Regex Places();
}
