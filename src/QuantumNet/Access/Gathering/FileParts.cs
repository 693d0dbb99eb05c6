namespace QuantumNet.Access.Gathering;

/// <summary>The parts of the gathering script that find and read the files of services, as <see cref="FileReading"/>
/// tells. R is the folder from which the file is looked for, empty for what is not a file; GNU tells whether the node's
/// find and dd can do that; h the bytes at its beginning that are passed over; SHOW what root shows of it, empty
/// for all; THEN what the login does with that.</summary>
internal static class FileParts
{
    /// <summary>Makes the command that reads the file f, in the function's own arguments. Find tells the kind of each
    /// folder on the way, and of the file, on standard error.</summary>
    public const string Read = """
        w=$R x=${f#"$R"/}
        set -- -path "$w"
        while :; do
        case $x in
        */*) w=$w/${x%%/*}; x=${x#*/}; set -- "$@" -o -path "$w" ;;
        *) break ;;
        esac
        done
        set -- /usr/bin/find -P "$R" '(' "$@" -o -path "$f" ')' -fprintf /dev/stderr @%y@
        set -- "$@" '(' ! -path "$f" -o -type f -execdir
        if [ -n "$SHOW" ]; then set -- "$@" /bin/sh -c "$SHOW" '{}'
        else set -- "$@" /bin/dd iflag=nofollow iflag=nonblock iflag=skip_bytes bs=64k status=none "skip=$h" 'if={}'
        fi
        set -- "$@" ';' ')' -o -prune
        [ -n "$S$X" ] || PATH=/usr/sbin:/usr/bin:/sbin:/bin

        """;

    /// <summary>Whether the tools are there, what became of a file, and which files there are.</summary>
    public const string Look = """
        gnu() {
        [ -z "$GNU" ] || return
        GNU=$(cd / && PATH=/usr/bin:/bin && exec 2>/dev/null 4>&- && /usr/bin/find -P / -maxdepth 0 -type d \
        -execdir /bin/dd iflag=nofollow iflag=skip_bytes status=none skip=0 if=/dev/null ';' -printf %d)
        case $GNU in 0) ;; *) GNU=- ;; esac
        }
        # e holds the kinds that find told, and what else was said; f is the file. Not to find it is not a success here.
        whole() {
        j= y=$e e=
        while :; do
        case $y in
        *@?@*) x=${y%%@?@*}; e=$e$x; y=${y#"$x"@}; j=$j${y%"${y#?}"}; y=${y#?@} ;;
        *) break ;;
        esac
        done
        e=$e$y
        case $j in
        *[!df]*) x=126 y='Permission denied: a link, or no ordinary file, is not read' ;;
        *f) case $e in *'/bin/dd: '*) x=1 y= ;; *) return ;; esac ;;
        *) case $e in *"$N=0$L"*) x=1 y="$f: No such file or directory" ;; *) return ;; esac ;;
        esac
        j=${e#*"$N="}
        e=${e%%"$N="*}$y$N=$x$L${j#*"$L"}
        }
        file_root() {
        R= h=0
        gnu
        [ "$GNU" = 0 ] || [ -n "$V" ] || return
        case $1 in
        @ROOTS@
        esac
        }
        # What fits a pattern, a line each: kind (f for an ordinary file), size, colon, path.
        look_files() {
        IFS=$F a= e=
        gone "$5" && return
        gnu
        if [ "$GNU" = 0 ]; then
        a=$(t=20 r=1; list "$@" 2>/dev/null || printf '!')
        [ "$a" != '!' ] || [ -z "$S" ] || e=$(t=20 r=1; list "$@" 2>&1 >/dev/null)
        a=${a%!}
        case $e in sudo:*) skip "$1" "$4" "$e" 1 ;; esac
        elif [ -n "$S" ]; then
        skip "$1" "$4" 'Permission denied: find and dd cannot read it here without following links' 126
        else
        set +f
        for x in $4; do
        if [ -d "$x" ]; then a=${a}d0:$x$L
        elif [ -e "$x" ]; then a=${a}f0:$x$L
        fi
        done
        set -f
        fi
        }
        list() {
        go find -P "$2" -mindepth "$3" -maxdepth "$3" -path "$4" -printf '%y%s:%p\n' 4>&-
        }

        """;
}
