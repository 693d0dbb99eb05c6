# QN2xxx: devices and the Linux bridge on the instance's node.  put_CODE_VARIANT INSTANCE K D, and undo_ the same.

leave_bridge() { ip link set "$1${PORT[$2]:0:11}" nomaster; }
join_bridge() { ip link set "$1${PORT[$2]:0:11}" master "qbr${PORT[$2]:0:11}"; }
put_QN2001_tap() { leave_bridge tap "$1"; }
undo_QN2001_tap() { join_bridge tap "$1"; }
put_QN2001_qvb() { leave_bridge qvb "$1"; }
undo_QN2001_qvb() { join_bridge qvb "$1"; }

set_link() { ip link set "$1${PORT[$2]:0:11}" "$3"; }
put_QN2002_qbr() { set_link qbr "$1" down; }
undo_QN2002_qbr() { set_link qbr "$1" up; }
put_QN2002_qvb() { set_link qvb "$1" down; }
undo_QN2002_qvb() { set_link qvb "$1" up; }
put_QN2002_qvo() { set_link qvo "$1" down; }
undo_QN2002_qvo() { set_link qvo "$1" up; }
put_QN2002_tap() { set_link tap "$1" down; }
undo_QN2002_tap() { set_link tap "$1" up; }

put_QN2003_tap() { ip link del "tap${PORT[$1]:0:11}"; }
undo_QN2003_tap() {
  plug_guest_nic "$1"
  case ${PLUG[$1]} in
    hybrid) join_bridge tap "$1";;
    direct) replug_int_port "$1";;
  esac
}

put_QN2004_netdev() { ip link del "qvo${PORT[$1]:0:11}"; }
undo_QN2004_netdev() {
  plug_veth "${PORT[$1]:0:11}"
  replug_int_port "$1"
}

# A port whose device came back: the agent sees a new port and treats it as such.
replug_int_port() {
  local device; device=$(int_port "$1")
  forget_port_flows "$device"
  vsctl --if-exists del-port "$device"
  plug_port "$device" "${PORT[$1]}" "${MAC[$1]}" "${VM[$1]}"
  "${FLAVOUR}_port_bound" "${MAC[$1]}" "$device" "${IP[$1]}"
}
forget_port_flows() {
  local flows
  for flows in $(ovs-ofctl dump-flows br-int | grep -o 'in_port=[0-9]*' | sort -u); do
    ovs-ofctl show br-int | grep -q "^ ${flows#in_port=}(" || ovs-ofctl del-flows br-int "$flows"
  done
}

# Inside the guest (QN1014, QN7003).
put_QN1014_guest() { in_guest "$1" ip link set eth0 address fa:16:3e:00:00:04; }
undo_QN1014_guest() { in_guest "$1" ip link set eth0 address "${MAC[$1]}"; }
# A NIC in a bridge hands every frame to the bridge, none to a program that listens on the NIC.
put_QN7003_deaf() { in_guest "$1" sh -c 'ip link add guest0 type bridge; ip link set guest0 up; ip link set eth0 master guest0'; }
undo_QN7003_deaf() { in_guest "$1" ip link del guest0; }
