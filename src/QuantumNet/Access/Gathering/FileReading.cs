using System.Globalization;
using QuantumNet.Snapshots;
using QuantumNet.Snapshots.Frames;

namespace QuantumNet.Access.Gathering;

/// <summary>How files of services are read with root, whose folders may belong to somebody else: no link is followed
/// at any part of the path, not even one that is put there meanwhile. find(1) opens each folder below the last one that
/// only root can replace, one from within the other and none that is a link; dd(1) opens the file from within its
/// folder and refuses a link. Both by options of GNU's, which Open vSwitch's and OpenStack's distributions have.
/// </summary>
internal static class FileReading
{
    /// <summary>The folders in which only root can replace what lies there: the way to them is root's.</summary>
    private static readonly string[] s_roots =
    [
        "/var/lib/config-data/puppet-generated/neutron/etc", "/var/snap/openstack-hypervisor/common",
        "/var/snap/microstack/common", "/var/lib/docker/volumes/neutron_metadata_socket/_data",
        "/var/lib/containers/storage/volumes/neutron_metadata_socket/_data", "/var/lib/docker/volumes/kolla_logs/_data",
        "/var/lib/containers/storage/volumes/kolla_logs/_data", "/var/lib/neutron", "/var/lib/quantum", "/var/log",
        "/etc/neutron", "/etc/quantum", "/etc/kolla", "/etc",
    ];

    private static readonly string[] s_readers = ["cat", "sed", "grep", "tail"];

    private static readonly string[] s_dd =
        ["/bin/dd", "iflag=nofollow,nonblock", "bs=64k", "status=none", "if=$0"];

    /// <summary>The folder from which a file is looked for; empty where it is not a file that is read so.</summary>
    public static string RootOf(string path) => Array.Find(s_roots,
        root => path.Length > root.Length && path[root.Length] == '/'
            && path.StartsWith(root, StringComparison.Ordinal)) ?? "";

    /// <summary>Whether a command reads such a file.</summary>
    public static bool Reads(string[] argv) => argv.Length > 1 && Array.IndexOf(s_readers, argv[0]) >= 0
        && AllowList.NeedsRoot(argv);

    /// <summary>How many folders below its root a file lies.</summary>
    public static int DepthOf(string path) =>
        path.AsSpan(RootOf(path).Length).Count('/');

    /// <summary>The command that lists what fits a pattern, a line each: its kind (<c>f</c> for an ordinary file), its
    /// size, a colon, its path.</summary>
    public static string[] List(string pattern)
    {
        string depth = DepthOf(pattern).ToString(CultureInfo.InvariantCulture);
        return ["find", "-P", RootOf(pattern), "-mindepth", depth, "-maxdepth", depth, "-path", pattern,
            "-printf", @"%y%s:%p\n"];
    }

    /// <summary>What a shell runs in the file's folder, the file being <c>$0</c>, where root must not show all of it:
    /// empty for a command that shows the file as it is. It holds no blank: sudo(8) compares arguments joined by
    /// blanks, so that a blank here might as well part two of them.</summary>
    public static string FilterOf(string[] argv) => argv[0] is not ("sed" or "grep") ? ""
        : $"{Split(s_dd)}|{Split(["/bin/" + argv[0], .. argv[1..^1].Select(Quoted)])};:";

    /// <summary>What the login itself does with what root shows of a file.</summary>
    public static string[] AfterOf(string[] argv) => argv[0] == "tail" ? argv[..^1] : [];

    /// <summary>Cases of the script that set R.</summary>
    public static string RootCases => string.Join('\n', s_roots.Select(root => $"{root}/*) R={root} ;;"));

    /// <summary>Arguments of the script's lookup of networks' folders in a container.</summary>
    public static string DhcpList => LookupOf(ServicePlaces.DhcpFolders[0] + "/*");

    /// <summary>The script's lookups of networks' folders.</summary>
    public static string DhcpLookups => string.Join('\n', ServicePlaces.DhcpFolders.Select(folder =>
        $"look_files {LookupFrame.Networks} {LookupOf(folder + "/*")}; networks"));

    /// <summary>Arguments of the script's lookup of a pattern: root, depth, pattern, and what of that is not a pattern:
    /// where a login can tell that this is not there, nobody looks further.</summary>
    public static string LookupOf(string pattern)
    {
        int wild = pattern.AsSpan().IndexOfAny('*', '?', '[');
        string plain = wild < 0 ? pattern : pattern[..pattern.LastIndexOf('/', wild)];
        return string.Create(CultureInfo.InvariantCulture,
            $"{RootOf(pattern)} {DepthOf(pattern)} '{pattern}' {plain}");
    }

    private static string Split(IEnumerable<string> words) => string.Join("${IFS}", words);

    private static string Quoted(string word) =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-') ? word : ShellQuote.Word(word);
}
