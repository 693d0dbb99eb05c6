using System.Globalization;
using System.Text;
using QuantumNet.Access.ControlPlane;
using QuantumNet.Access.Gathering;
using QuantumNet.Snapshots.Parts;

namespace QuantumNet.Access.Collecting;

/// <summary>The part of a collector's script that asks the control plane by the client of the node: the questions of
/// <see cref="ClientControlPlane"/> for a whole cloud. What the first answers name, the script asks about by itself.
/// J is the client's number, Q its name.</summary>
internal static class ControlPlaneScript
{
    private static readonly string[] s_files = ["\"$HOME\"/openrc", "\"$HOME\"/admin-openrc",
        "\"$HOME\"/admin-openrc.sh", "\"$HOME\"/keystonerc_admin", "/root/openrc", "/root/admin-openrc.sh",
        "/root/keystonerc_admin", "/etc/kolla/admin-openrc.sh"];

    /// <summary>What is kept of an answer.</summary>
    public const long MaximumBytes = 64L << 20;

    private const int BatchSeconds = 900;

    /// <summary>The programs it may run, by their numbers.</summary>
    public static string[] Clients { get; } = ["openstack", .. ClientControlPlane.OldClients, "nova"];

    /// <summary>A client, as the manifest tells it.</summary>
    public static PartCommand CommandOf(string client) =>
        new() { Argv = [client], Seconds = BatchSeconds, Bytes = MaximumBytes, IsClient = true };

    /// <summary>The script.</summary>
    /// <param name="options">What to ask.</param>
    /// <param name="first">The number of the first client.</param>
    public static string Write(CollectorOptions options, int first)
    {
        string[] files = options.EnvironmentFiles.Length > 0
            ? Array.ConvertAll(options.EnvironmentFiles, ShellQuote.Word) : s_files;
        bool isAsked = options.Role == CollectorRole.Controller;
        StringBuilder text = new();
        text.Append(Settings.Replace("@FILES@", string.Join(' ', files), StringComparison.Ordinal))
            .Append(isAsked ? "" : "if [ -n \"$OS_AUTH_URL$OS_CLOUD\" ]; then\n")
            .Append(CultureInfo.InvariantCulture, $"J={first} Q= E={first + Clients.Length - 1}\n")
            .Append(Functions).Append(OpenStack()).Append(Legacy())
            .Append("if command -v openstack >/dev/null 2>&1; then openstack_records\n");
        for (int i = 1; i < Clients.Length - 1; i++)
            text.Append(CultureInfo.InvariantCulture, $"elif command -v {Clients[i]} >/dev/null 2>&1; then ")
                .Append(CultureInfo.InvariantCulture, $"J={first + i} Q={Clients[i]}; old_records\n");
        text.Replace("@BYTES@", (MaximumBytes + 1).ToString(CultureInfo.InvariantCulture));
        return text.Append(isAsked ? "else run $J '' 10 1024 '' 0 openstack\n" : "").Append("fi\n")
            .Append(isAsked ? "" : "fi\n").ToString();
    }

    private static string OpenStack()
    {
        OpenStackQuestions wanted = new(new());
        string[] lists = Words(wanted.Lists());
        string input = string.Concat(lists.Select(list => $"{list}\n!echo {ClientFrames.Named}{list}\n"));
        const string id = OpenStackQuestions.AnyId;
        (string List, IEnumerable<ClientQuestion> Shows)[] details =
        [
            ("network list", wanted.OfNetwork(id)), ("subnet list", wanted.OfSubnet(id)),
            ("port list", wanted.OfPort(id)), ("network agent list", wanted.OfAgent(new() { AgentId = id })),
        ];
        string rows = string.Join('|', details.SelectMany(one => Words(one.Shows)
            .Select(show => $"{one.List}>{show.Replace(id, "@", StringComparison.Ordinal)}")));
        return OpenStackText.Replace("@INPUT@", ShellQuote.Word(input), StringComparison.Ordinal)
            .Replace("@LISTS@", ShellQuote.Words(lists), StringComparison.Ordinal)
            .Replace("@ROWS@", ShellQuote.Word(rows), StringComparison.Ordinal)
            .Replace("@MOST@", OpenStackClient.MaximumShown.ToString(CultureInfo.InvariantCulture),
                StringComparison.Ordinal)
            .Replace("@FRAME@", ClientFrames.Named, StringComparison.Ordinal);
    }

    private static string Legacy() => LegacyText
        .Replace("@LISTS@", ShellQuote.Words(Words(LegacyClient.NeutronLists(ClientControlPlane.OldClients[0],
            new(), withColumns: true))), StringComparison.Ordinal)
        .Replace("@MOST@", LegacyClient.MaximumShown.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>The words behind the client's name.</summary>
    /// <exception cref="QuantumException">One is not on the list of those that only read.</exception>
    private static string[] Words(IEnumerable<ClientQuestion> questions) => [.. questions.Select(question =>
    {
        if (!ClientAllowList.Allows(question.Argv) || !Array.TrueForAll(question.Argv, ClientBatch.IsPlain))
            throw AccessErrors.CommandNotAllowed(question.Argv).ToException();
        return string.Join(' ', question.Argv.Skip(1));
    })];

    // The variables that the shell has win; else those of the first file that there is.
    private const string Settings = """
        for x in @FILES@; do
        [ -z "$OS_AUTH_URL$OS_CLOUD" ] || break
        [ -r "$x" ] || continue
        set -a
        command . "$x" >/dev/null 2>&1 </dev/null
        set +a
        done

        """;

    // A client's answer passes through a variable: what it names is asked about next.
    private const string Functions = """
        asked() {
        a=$(run "$@" 4>&1)
        printf '%s\n' "$a" >&4
        }
        ids() {
        printf '%s\n' "$1" | sed -n 's/^| *\([0-9a-f-]\{36\}\) .*/\1/p'
        }

        """;

    private const string OpenStackText = """
        details() {
        tr ',{}' '\n\n\n' | awk -F'"' -v rows=@ROWS@ '
        BEGIN { m = split(rows, row, "|"); for (j = 1; j <= m; j++) { split(row[j], half, ">"); list[j] = half[1]; show[j] = half[2] } }
        $2 == "ID" && length($4) == 36 && $4 ~ /^[0-9a-fA-F-]+$/ { id[++n] = $4 }
        { at = index($0, "@FRAME@"); if (!at) next; told = substr($0, at + length("@FRAME@")); if (n > @MOST@) n = @MOST@
        for (j = 1; j <= m; j++) if (index(told, list[j] " ") == 1) for (k = 1; k <= n; k++) { line = show[j]; gsub(/@/, id[k], line); print line; print "!echo @FRAME@" line }
        n = 0 }'
        }
        openstack_records() {
        i=@INPUT@
        asked $J '' 180 @BYTES@ '' 0 openstack
        i=
        case $a in
        *@FRAME@*)
        i=$(printf '%s\n' "$a" | details)
        [ -z "$i" ] || { i=$i$L; run $J '' 900 @BYTES@ '' 0 openstack; }
        i=
        return ;;
        esac
        # A client that takes no commands from its input is started for each.
        u=
        for y in @LISTS@; do
        asked $J "$y" 60 @BYTES@ '' 0 openstack $y
        u="$u$a${L}@FRAME@$y$L"
        done
        IFS=$L
        for y in $(printf '%s\n' "$u" | details); do
        IFS=$F
        case $y in !*) ;; *) run $J "$y" 60 @BYTES@ '' 0 openstack $y ;; esac
        done
        IFS=$F
        }

        """;

    private const string LegacyText = """
        old_records() {
        u=
        for y in @LISTS@; do
        asked $J "$y" 60 @BYTES@ '' 0 $Q $y
        case $a in
        *"$N=0$L"*) ;;
        *) case $y in
        *' -c '*) y=${y%% *}; asked $J "$y" 60 @BYTES@ '' 0 $Q $y
        [ "$y" != port-list ] || for y in $(ids "$a" | head -n @MOST@); do run $J "port-show $y" 60 @BYTES@ '' 0 $Q port-show $y; done ;;
        esac ;;
        esac
        case $y in net-list*) u=$a ;; esac
        done
        for y in $(ids "$u" | head -n @MOST@); do
        run $J "dhcp-agent-list-hosting-net $y" 60 @BYTES@ '' 0 $Q dhcp-agent-list-hosting-net $y
        done
        command -v nova >/dev/null 2>&1 || return 0
        asked $E 'list --all-tenants' 60 @BYTES@ '' 0 nova list --all-tenants
        case $a in *"$N=0$L"*) ;; *) run $E list 60 @BYTES@ '' 0 nova list ;; esac
        }

        """;
}
