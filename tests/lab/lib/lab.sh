# What every script of the lab shares; sourced, never run. All state of one lab lies in $LAB.
set -u
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8

say() { printf '%s\n' "$*" >&2; }
die() { say "lab: $*"; exit 1; }

# read_lab FILE: the records of lab.json as shell variables.
declare -A ADDRESS NODE_MAC VLAN TUNNEL_ID COOKIE
declare -A DHCP_PORT DHCP_MAC DHCP_IP
declare -A PORT MAC IP HOST VM PLUG ZONE
read_lab() {
  local assignments
  assignments=$(jq -r '
    def set($array; $key; $value): "\($array)[\($key | @sh)]=\($value | tostring | @sh)";
    (.flavour | "FLAVOUR=\(@sh)"), (.plug | "DEFAULT_PLUG=\(@sh)"),
    "L2POP=\(if .l2pop then "True" else "False" end)",
    "SSH=\(if .securityGroup.ssh then "yes" else "no" end)",
    "UNDERLAY=\(.underlay.cidr | @sh) OPERATOR=\(.underlay.operator | @sh)",
    (.network | "NET_ID=\(.id | @sh) NET_NAME=\(.name | @sh) NET_TYPE=\(.type | @sh) SEGMENT=\(.segmentationId // "" | tostring | @sh) NET_MTU=\(.mtu)"),
    (.router | "ROUTER=\(.id // "" | @sh) ROUTER_PORT=\(.portId // "" | @sh)",
                "ROUTER_MAC=\(.mac // "" | @sh) ROUTER_NODE=\(.node // "" | @sh)"),
    (.subnet | "SUBNET_ID=\(.id | @sh) CIDR=\(.cidr | @sh) PREFIX=\(.prefix) GATEWAY=\(.gateway | @sh) LEASE_SECONDS=\(.leaseSeconds) ENABLE_DHCP=\(.enableDhcp)"),
    "NODES=(\([.nodes[] | select(.roles != ["controller"]) | .name] | join(" ")))",
    "INSTANCES=(\([.instances[].name | @sh] | join(" ")))", "DHCP_NODES=(\([.dhcpPorts[].node] | join(" ")))",
    (.nodes[] | set("ADDRESS"; .name; .address), set("NODE_MAC"; .name; .mac), set("VLAN"; .name; .localVlan // ""),
                set("TUNNEL_ID"; .name; .tunnelId // ""), set("COOKIE"; .name; .cookie // "0x0")),
    (.dhcpPorts[] | set("DHCP_PORT"; .node; .id), set("DHCP_MAC"; .node; .mac), set("DHCP_IP"; .node; .ip)),
    (.instances[] | set("PORT"; .name; .portId), set("MAC"; .name; .mac), set("IP"; .name; .ip), set("HOST"; .name; .node),
                    set("VM"; .name; .id), set("PLUG"; .name; .plug), set("ZONE"; .name; .zone))
  ' "$1") || die "cannot read $1"
  eval "$assignments"
  case $FLAVOUR in
    grizzly) SERVICE=quantum;;
    neutron) SERVICE=neutron;;
  esac
  CHAIN=$SERVICE-openvswi
  DHCP_DIR=/var/lib/$SERVICE/dhcp/$NET_ID
  PHYS_BRIDGE=br-eth1
  NODE=$(hostname)
}

tunnelled() { [ "$NET_TYPE" = gre ] || [ "$NET_TYPE" = vxlan ]; }

# edit_lab JQ-ARGUMENTS...: changes lab.json, one writer at a time.
edit_lab() {
  ( flock 9
    jq "$@" "$LAB/lab.json" > "$LAB/lab.json.new" && mv "$LAB/lab.json.new" "$LAB/lab.json"
  ) 9> "$LAB/lock"
}

# holder NAME: the process (as the machine numbers it) that holds a node's or the operator's namespaces.
# Its namespace's inode is kept beside it, so that a recycled number is not taken for it.
holder() {
  local pid inode
  read -r pid inode 2>/dev/null < "$LAB/holders/$1" || return 1
  [ "$(readlink "/proc/$pid/ns/net" 2>/dev/null)" = "$inode" ] || return 1
  echo "$pid"
}
remember_holder() { echo "$2 $(readlink "/proc/$2/ns/net")" > "$LAB/holders/$1"; }

# on NODE COMMAND...: as on that node, with a clean environment.
on() {
  local node=$1 pid; shift
  pid=$(holder "$node") || die "$node is not up in $LAB"
  if [ "$node" = operator ]; then nsenter -t "$pid" -n -- "$@"; return; fi
  nsenter -t "$pid" -m -u -i -n -p --wd=/root -- \
    env -i PATH="$PATH" HOME=/root LC_ALL="$LC_ALL" TERM="${TERM:-dumb}" "$@"
}

# at NODE FUNCTION...: one of the lab's own functions, on that node.
at() { local node=$1; shift; on "$node" bash /run/lab/lib/run "$@"; }

need_lab() {
  [ -n "${LAB:-}" ] || die "set LAB to the lab's state folder"
  [ -r "$LAB/lab.json" ] || die "no lab in $LAB"
  LAB=$(readlink -f "$LAB"); export LAB
}
