namespace QuantumNet.Access.Gathering;

/// <summary>The parts of the gathering script that do not depend on the plan.</summary>
internal static class ScriptParts
{
    /// <summary>Functions and set-up. A tool that the node itself lacks is run in the container that has it,
    /// where there is one. File descriptors: 3 standard error of a command, 4 the script's output, 5 its input.
    /// Set before it: N the nonce, S how to become root, K and B as said there (empty for none).</summary>
    public static string Head { get; } = HeadWith(ListenerWatch);

    /// <summary>The same for a script to whose input nobody holds the other end. Set before it, too: A the seconds that
    /// it has, Y the shell that runs it, which is to be ended alone.</summary>
    public static string AloneHead { get; } = HeadWith(AloneWatch);

    private static string HeadWith(string watch) => HeadText
        .Replace("@READ@\n", FileParts.Read, StringComparison.Ordinal)
        .Replace("@FILES@\n", FileParts.Look, StringComparison.Ordinal)
        .Replace("@ROOTS@", FileReading.RootCases, StringComparison.Ordinal)
        .Replace("@DHCP_LIST@", FileReading.DhcpList, StringComparison.Ordinal)
        .Replace("@DHCP_FOLDERS@", FileReading.DhcpLookups, StringComparison.Ordinal)
        .Replace("@WATCH@", watch, StringComparison.Ordinal);

    private const string ListenerWatch = """
        Y=
        beat() { read -r x <&5; }
        [ -z "$B" ] || [ "$T" = deadline ] || beat() { x=$($T "$B" dd bs=64 count=1 <&5); [ -n "$x" ]; }
        ( exec >/dev/null 2>&1 4>&-; while beat; do :; done; end ) &
        """;

    private const string AloneWatch = """
        # So it does where its time is up, or its shell is gone.
        ( exec >/dev/null 2>&1 4>&- 5<&-; trap 'kill $q; exit' TERM
        while [ "$A" -gt 0 ] && kill -0 "$Y"; do A=$((A - 2)); sleep 2 & q=$!; wait $q; done; end ) &
        """;

    private const string HeadText = """
        exec 4>&1 5<&0 </dev/null
        set -f
        umask 077
        LC_ALL=C LANG=C PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin
        export LC_ALL LANG PATH
        unset ENV BASH_ENV
        L='
        '
        F=" 	$L"
        IFS=$F
        i= D= C= V= G= X= P= R= SHOW= THEN= GNU=
        [ -z "$S" ] || [ "$(id -u)" != 0 ] || S=

        if [ -r /proc/uptime ]; then
        clock() { read -r c x </proc/uptime; }
        else
        clock() { c=$(date +%s); }
        fi

        deadline() {
        d=$1; shift
        "$@" & p=$!
        ( exec >/dev/null 2>&1 3>&-; trap 'kill $q; exit' TERM; sleep "$d" & q=$!; wait $q; kill -TERM $p; sleep 2 & q=$!; wait $q; kill -KILL $p ) &
        w=$!
        wait $p; s=$?
        kill $w 2>/dev/null
        return $s
        }
        if timeout --foreground -k 1 1 true 2>/dev/null; then T='timeout --foreground -k 2'
        elif timeout -k 1 1 true 2>/dev/null; then T='timeout -k 2'
        elif timeout -t 1 true 2>/dev/null; then T='timeout -t'
        else T=deadline
        fi
        TT=$T
        case $T in *foreground*) TT='timeout -k 2' ;; esac

        # The shells that run side by side carry no mark: they are known by their parents. What restarts a service goes on:
        # between stop and start it must not be ended, nor miss who reads what it says. Its arguments tell it: env -u QUANTUMNET_RUN.
        kin() {
        k=" ${Y:-$$} " m= own=
        { read -r own x </proc/self/stat; } 2>/dev/null
        set +f
        while [ "$k" != "$m" ]; do
        m=$k
        for x in /proc/[0-9]*/stat; do
        { read -r p y <"$x"; } 2>/dev/null || continue
        y=${y##*) }; y=${y#? }; y=${y%% *}
        case $k in
        *" $p "*) continue ;;
        *" $y "*) [ "$p" = "$own" ] || grep -qszx QUANTUMNET_RUN "/proc/$p/cmdline" || k="$k$p " ;;
        esac
        done
        done
        set -f
        }
        # Without its standard input, everything that this run started ends; so it does where B seconds pass without a word.
        # What sudo started is root's: K tells its command lines.
        end() {
        kin
        kill -KILL $k
        for x in 1 2; do
        set +f
        for p in $(grep -ls "QUANTUMNET_RUN=$QUANTUMNET_RUN" /proc/[0-9]*/environ); do
        p=${p%/environ}
        kill -KILL "${p#/proc/}"
        done
        [ -z "$S" ] || [ -z "$K" ] || { $S pkill -KILL -f "$K"; sleep 1; }
        done
        }
        @WATCH@
        W=$!
        exec 5<&-

        # For sudo a program has its full name: its rules hold arguments joined by blanks, and a name without a folder, joined
        # to a path, might be a path below the folder that one is in.
        full() {
        for y in /usr/sbin /usr/bin /sbin /bin /usr/local/sbin /usr/local/bin; do
        [ -x "$y/$1" ] && { y=$y/$1; return; }
        done
        y=$1
        return 1
        }
        go() {
        case $1$3 in envQUANTUMNET_RUN) trap '' HUP PIPE ;; esac
        if [ -n "$R" ]; then
        T=$TT
        for f in "$@"; do :; done
        @READ@
        elif [ -n "$S" ] && [ "$r" = 1 ]; then
        case $1$2$3 in
        ipnetnsexec) x=$4; full "$5"; f=$y; full ip; shift 5; set -- "$y" netns exec "$x" "$f" "$@" ;;
        *) full "$1" || [ -n "$X" ] || S=; [ -z "$X" ] || y=/usr/bin/$1; shift; set -- "$y" "$@" ;;
        esac
        fi
        [ -z "$S" ] || [ -z "$X" ] || { full "${X%% *}"; X="$y ${X#* }"; }
        case $r$T in
        1deadline) deadline "$t" $S $X "$@" ;;
        1*) $S $T "$t" $X "$@" ;;
        *) $T "$t" $X "$@" ;;
        esac
        }
        # kolla and TripleO keep tools in containers: X is what runs a command in the one that has it, empty for the node itself.
        # D is the runtime, - where there is none; C its containers, a line each.
        containers() {
        [ -z "$D" ] || return
        D=- X=
        for y in docker podman; do
        command -v "$y" >/dev/null 2>&1 || continue
        C=$(t=10 r=1; go "$y" ps --format '{{.Names}}' 2>/dev/null 4>&-) && [ -n "$C" ] && { D=$y; return; }
        done
        }
        inside() {
        X= IFS=$L
        for z in "$@"; do
        for y in $C; do
        case $y in -*|*[!a-zA-Z0-9_.-]*) ;; $z) X="$D exec $y" IFS=$F; return ;; esac
        done
        done
        IFS=$F
        }
        place() {
        X=$V
        [ -z "$X" ] || return
        command -v "$1" >/dev/null 2>&1 && return
        containers
        [ "$D" != - ] || return
        case $1 in
        ovs-*) inside '*vswitchd*' '*openvswitch*' '*ovs*agent*' ;;
        *) inside '*openvswitch*agent*' '*ovs*agent*' '*dhcp*agent*' ;;
        esac
        [ -z "$X" ] || r=1
        }
        # m cuts the output at l bytes; where it is empty, who reads does: a process less for each command.
        run() {
        n=$1 s=$2 t=$3 l=$4 m=$5 r=$6; shift 6
        place "$1"
        clock; printf '%sB%s %s %s%sS%s%sO' "$N" "$n" "$c" "$X" "$N" "$s" "$N"
        if [ -n "$i" ]; then
        m=${m:-head -c}
        e=$( { { printf '%s' "$i" | go "$@" 2>&3 3>&- 4>&-; printf '%s=%s\n%sE' "$N" "$?" "$N" >&3; } | $m "$l" >&4; } 3>&1 | head -c 65536 )
        elif [ -z "$m" ]; then
        e=$( { go "$@" 2>&1 >&4 4>&-; printf '%s=%s\n%sE' "$N" "$?" "$N"; } | head -c 65536 )
        elif [ -n "$R" ] && [ -n "$THEN" ]; then
        e=$( { { go "$@" 2>&3 3>&- 4>&-; printf '%s=%s\n%sE' "$N" "$?" "$N" >&3; } | $THEN | $m "$l" >&4; } 3>&1 | head -c 65536 )
        else
        e=$( { { go "$@" 2>&3 3>&- 4>&-; printf '%s=%s\n%sE' "$N" "$?" "$N" >&3; } | $m "$l" >&4; } 3>&1 | head -c 65536 )
        fi
        if [ -n "$R" ]; then for f in "$@"; do :; done; whole; fi
        case $e in *$N=0$L*) ok=1 ;; *) ok= ;; esac
        X=
        clock; printf '%sE%s%sX%s\n' "$N" "$e" "$N" "$c"
        }
        skip() {
        clock; printf '%sB%s %s%sS%s%sO%sE%s%s=%s\n' "$N" "$1" "$c" "$N" "$2" "$N" "$N" "$3" "$N" "$4"
        printf '%sX%s\n' "$N" "$c"
        }
        safe() {
        [ -h "$1" ] || return 0
        case $(readlink -f "$1") in
        */../*) return 1 ;;
        /etc/neutron/*|/etc/quantum/*|/etc/nova/*|/usr/share/neutron/*|/usr/share/quantum/*|/var/log/*|/var/lib/neutron/*|/var/lib/quantum/*) return 0 ;;
        /etc/kolla/neutron-*|/var/lib/config-data/puppet-generated/neutron/*|/var/lib/docker/volumes/kolla_logs/*|/var/lib/docker/volumes/neutron_metadata_socket/*) return 0 ;;
        /var/lib/containers/storage/volumes/kolla_logs/*|/var/lib/containers/storage/volumes/neutron_metadata_socket/*|/var/snap/openstack-hypervisor/common/*|/var/snap/microstack/common/*) return 0 ;;
        esac
        return 1
        }
        found() {
        clock; printf '%sB%s %s%sS%sO%s%sE%s%s=%s\n%sX%s\n' "$N" "$1" "$c" "$N" "$N" "$a" "$N" "$e" "$N" "$2" "$N" "$c"
        IFS=$L
        }
        ask() {
        n=$1 t=10 r=$2 e=; shift 2
        place "$1"
        a=$(go "$@" 2>/dev/null 4>&-); s=$?
        [ $s = 0 ] || [ $s = 124 ] || e=$(go "$@" 2>&1 >/dev/null 4>&-)
        X=
        found "$n" $s
        }
        look_bridges() { IFS=$F; ask -2 1 ovs-vsctl list-br; }
        look_namespaces() { IFS=$F; ask -3 0 ip netns list; }
        # Whether a folder is known not to be there: the last one of those above it that is may be searched.
        gone() {
        [ -e "$1" ] && return 1
        y=$1
        while [ -n "$y" ] && ! [ -e "$y" ]; do y=${y%/*}; done
        [ -x "${y:-/}" ]
        }
        # The folders of a, a line each, that are named as networks are.
        networks() {
        IFS=$L
        for y in $a; do
        case $y in d*) y=${y#*:} ;; *) continue ;; esac
        case $y in *[!a-zA-Z0-9_./-]*) continue ;; esac
        case ${y##*/} in *[!0-9a-fA-F-]*) ;; *-*-*-*-*) b=$b$y$L ;; esac
        done
        IFS=$F
        }
        look_networks() {
        b= e=
        @DHCP_FOLDERS@
        # A process may read its files in another folder of these places: its arguments name it.
        a=
        set +f
        for x in /proc/[0-9]*; do
        y=
        { read -r y <"$x/comm"; } 2>/dev/null
        [ "$y" = dnsmasq ] && a=$a$x/cmdline$L
        done
        set -f
        IFS=$L
        [ -z "$a" ] || for y in $(cat $a 2>/dev/null | tr '\0' '\n' | sed -n 's|^--dhcp-hostsfile=\(/.*\)/[^/]*$|\1|p'); do
        case $y in */../*) continue ;; /var/lib/neutron/*|/var/lib/quantum/*) [ -d "$y" ] || continue ;; *) continue ;; esac
        case $L$b in *"$L$y$L"*) ;; *) case ${y##*/} in *[!0-9a-fA-F-]*) ;; *-*-*-*-*) b=$b$y$L ;; esac ;; esac
        done
        IFS=$F
        [ -n "$b" ] || look_container
        a=$b; found -4 0
        }
        # The folder of a DHCP agent in a container need not be on the node: G is what reads it there.
        look_container() {
        containers
        [ "$D" != - ] || return
        inside '*dhcp*agent*'
        G=$X
        [ -n "$G" ] || return
        a=$(t=10 r=1; list -4 @DHCP_LIST@ 2>/dev/null)
        X=
        networks
        [ -n "$b" ] || G=
        }
        # Those whose arguments name one of the networks in P, a line each; all where it is empty.
        look_processes() {
        a= b= e= IFS=$F
        set +f
        for x in /proc/[0-9]*; do
        y=
        { read -r y <"$x/comm"; } 2>/dev/null
        [ "$y" = dnsmasq ] && b=$b$x/cmdline$L
        done
        set -f
        IFS=$L
        [ -z "$P" ] || [ -z "$b" ] || b=$(grep -lsF "$P" $b)
        for x in $b; do x=${x#/proc/}; a=$a${x%/cmdline}$L; done
        found -5 0
        }
        # Tables of nftables with a base chain that iptables did not make: those of its own tables are in capitals.
        look_tables() {
        n=-6 t=10 r=1 b= e= f= y= IFS=$F
        place nft
        a=$(go nft list chains 2>/dev/null 4>&-); s=$?
        [ $s = 0 ] || [ $s = 124 ] || e=$(go nft list chains 2>&1 >/dev/null 4>&-)
        X= IFS=$L
        for x in $a; do
        case $x in
        'table '*' {') f=${x#table }; f=${f% ?}; continue ;;
        *'chain '*' {') y=${x#*chain }; y=${y% ?}; continue ;;
        *'type '*' hook '*) ;;
        *) continue ;;
        esac
        case $f in
        arp' '*|bridge' '*|*' -'*|*' '*[!a-zA-Z0-9_.-]*) continue ;;
        ip' 'filter|ip' 'nat|ip' 'mangle|ip' 'raw|ip' 'security|ip6' 'filter|ip6' 'nat|ip6' 'mangle|ip6' 'raw|ip6' 'security)
        case $y in PREROUTING|INPUT|FORWARD|OUTPUT|POSTROUTING) continue ;; esac ;;
        esac
        case $L$b in *"$L$f$L"*) ;; *) b=$b$f$L ;; esac
        done
        a=$b; found -6 $s
        }
        @FILES@

        """;

    /// <summary>Tells that the script has begun, by its own clock.</summary>
    public const string Begin = """
        clock; printf '%sH%s\n' "$N" "$c"

        """;

    /// <summary>From here on nothing is run: each command is only asked about. Standard output is where its program is,
    /// standard error why it cannot run. sudo tells by -l (sudo(8)) whether it would run the command. Who is not root
    /// and uses no sudo runs the commands that read, or, where they are about something made up, is told what needs
    /// root.</summary>
    public const string Probe = """
        U=$(id -u)
        may() { S="$S -l"; go "$@"; }
        run() {
        n=$1 s=$2 t=$3 r=$6 q=0 e= x=$7
        shift 6
        case $1$2$3 in ipnetnsexec) x=$5 ;; esac
        place "$1"
        y=$X o=
        if [ -z "$X" ]; then o=$(command -v "$x") || q=127; fi
        if [ $q = 0 ] && [ "$r" = 1 ]; then
        if [ -n "$S" ]; then
        e=$(may "$@" 2>&1 >/dev/null 4>&-); q=$?
        [ $q = 0 ] || [ -n "$e" ] || e='not permitted: sudo has no rule for it'
        elif [ "$U" != 0 ] && [ -z "$s" ]; then
        e=$( { go "$@" 2>&3 3>&- 4>&- >/dev/null; } 3>&1 ); q=$?
        elif [ "$U" != 0 ]; then
        case $1 in ip|ovs-*|nft|tcpdump) e='you must be root'; q=1 ;; esac
        fi
        fi
        X= r= R=
        clock; printf '%sB%s %s %s%sS%s%sO%s%sE%s' "$N" "$n" "$c" "$y" "$N" "$s" "$N" "$o" "$N" "$e"
        printf '%s=%s\n%sX%s\n' "$N" "$q" "$N" "$c"
        }

        """;

    /// <summary>Ends what watches; all was said.</summary>
    public const string LastWord = """
        kill "$W" 2>/dev/null
        wait "$W" 2>/dev/null
        printf '%sZ\n' "$N"

        """;

    /// <summary>The end: nothing is left behind.</summary>
    public const string Tail = LastWord + """
        exit 0
        }

        """;

    /// <summary>Stands before the head of a script after which the shell takes another one.</summary>
    public const string KeepInput = """
        exec 9<&0

        """;

    /// <summary>The end of such a script: nothing reads the shell's input any more but the shell.</summary>
    public const string NextTail = LastWord + """
        exec <&9 9<&-
        }

        """;
}
