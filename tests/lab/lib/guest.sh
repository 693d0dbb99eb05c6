# Instances: on the compute node.

# A stand-in for the emulator: a namespace whose only NIC ends in a tap of this node, with the port's MAC.
start_guest() {
  local name=$1 pid here
  here=$(readlink /proc/self/ns/net)
  setsid unshare --net --uts bash -c 'hostname "$1"; exec -a "guest $1 $2" sleep infinity' - "$name" "${VM[$name]}" \
    </dev/null >/dev/null 2>&1 &
  pid=$!
  until [ "$(readlink /proc/$pid/ns/net)" != "$here" ]; do sleep 0.01; done
  echo $pid > "/run/lab/guests/$name"
  plug_guest_nic "$name"
}
in_guest() { local name=$1; shift; nsenter -t "$(cat "/run/lab/guests/$name")" -n -u -- "$@"; }

# libvirt gives the host's end the port's MAC with fe as its first octet.
plug_guest_nic() {
  local name=$1 tap=tap${PORT[$1]:0:11} mac=${MAC[$1]}
  ip link add "$tap" mtu "$NET_MTU" address "fe${mac:2}" type veth \
    peer name eth0 mtu "$NET_MTU" address "$mac" netns "$(cat "/run/lab/guests/$name")"
  ip link set "$tap" up
  in_guest "$name" sh -c 'ip link set lo up; ip link set eth0 up; ethtool -K eth0 tx off >/dev/null'
}

# plug_hybrid NAME: tap - qbr - qvb - qvo - br-int, as LibvirtHybridOVSBridgeDriver and os-vif do.
plug_hybrid() {
  local id=${PORT[$1]:0:11}
  ip -batch - <<E
link add qbr$id type bridge forward_delay 0 stp_state 0
link set qbr$id up
link set tap$id master qbr$id
E
  echo 1 > "/proc/sys/net/ipv6/conf/qbr$id/disable_ipv6"
  plug_veth "$id"
  plug_port "qvo$id" "${PORT[$1]}" "${MAC[$1]}" "${VM[$1]}"
}
plug_veth() {
  ip -batch - <<E
link add qvb$1 mtu $NET_MTU type veth peer name qvo$1 mtu $NET_MTU
link set qvb$1 up promisc on master qbr$1
link set qvo$1 up promisc on
E
  ethtool -K "qvb$1" tx off >/dev/null
}
plug_direct() {
  plug_port "tap${PORT[$1]:0:11}" "${PORT[$1]}" "${MAC[$1]}" "${VM[$1]}"
}

# int_port NAME: the port of br-int that an instance is plugged by.
int_port() {
  case ${PLUG[$1]} in hybrid) echo "qvo${PORT[$1]:0:11}";; direct) echo "tap${PORT[$1]:0:11}";; esac
}

# boot_instance NAME: nova-compute's part, then the agent's.
boot_instance() {
  start_guest "$1"
  "plug_${PLUG[$1]}" "$1"
  "${FLAVOUR}_port_bound" "${MAC[$1]}" "$(int_port "$1")" "${IP[$1]}"
  agent_log "Port ${PORT[$1]} added"
  apply_firewall
}

# ask_lease NAME: what the guest's own DHCP client says is its console.
ask_lease() {
  in_guest "$1" udhcpc -f -i eth0 -n -q -t 3 -T 1 -s /run/lab/lib/udhcpc-script 2>&1 | tee -a "$LAB/console/$1"
  return "${PIPESTATUS[0]}"
}
