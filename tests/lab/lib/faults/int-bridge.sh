# QN4xxx: br-int.  put_CODE_VARIANT INSTANCE K D, and undo_ the same.

set_tag() { vsctl set Port "$1" tag="$2"; }
wrong_tag() { echo $((VLAN[$NODE] % 60 + 61)); }

put_QN4001_instance() { vsctl clear Port "$(int_port "$1")" tag; }
undo_QN4001_instance() { set_tag "$(int_port "$1")" "${VLAN[$NODE]}"; }
put_QN4002_instance() { "${FLAVOUR}_port_dead" "$(int_port "$1")"; }
undo_QN4002_instance() { "${FLAVOUR}_port_alive" "$(int_port "$1")"; }
put_QN4005_instance() { set_tag "$(int_port "$1")" "$(wrong_tag)"; }
undo_QN4005_instance() { set_tag "$(int_port "$1")" "${VLAN[$NODE]}"; }

put_QN4007_peer() { vsctl set Interface patch-tun options:peer=patch-gone; }
undo_QN4007_peer() { vsctl set Interface patch-tun options:peer=patch-int; }
put_QN4007_missing() { vsctl --if-exists del-port br-int patch-tun; }
undo_QN4007_missing() { add_patch_port br-int patch-tun patch-int; }
put_QN4007_dhcp() { put_QN4007_missing; }
undo_QN4007_dhcp() { undo_QN4007_missing; }

put_QN4004_trunk() { vsctl set Port "$(int_port "$1")" vlan_mode=trunk trunks=4095; }
undo_QN4004_trunk() { vsctl clear Port "$(int_port "$1")" vlan_mode trunks; }

# A server that somebody has put into the network, without asking the control plane.
put_QN3005_rogue() {
  ip netns add rogue
  vsctl add-port br-int rogue0 tag="${VLAN[$NODE]}" -- set Interface rogue0 type=internal
  ip link set rogue0 netns rogue
  ip -n rogue -batch - <<E
link set rogue0 address fa:16:3e:00:00:05 mtu $NET_MTU
link set rogue0 up
addr add $(vacant_subnet_address)/$PREFIX dev rogue0
E
  ip netns exec rogue dnsmasq --conf-file=/dev/null --port=0 --interface=rogue0 --bind-interfaces --no-ping --log-facility=/dev/null \
    "--dhcp-range=${GATEWAY%.*}.2,${GATEWAY%.*}.60,10m" --dhcp-leasefile=/run/lab/rogue.leases --pid-file=/run/lab/rogue.pid
}
undo_QN3005_rogue() {
  kill "$(cat /run/lab/rogue.pid)"
  vsctl --if-exists del-port rogue0
  ip netns del rogue
}

# A flow of the datapath that OpenFlow's tables would not make (ovs-vswitchd(8)): with its revalidators at rest it stays.
put_QN5023_stale() {
  local number
  number=$(ovs-appctl dpctl/show | awk -v name="$(int_port "$1")" '$1 == "port" && $3 == name { print $2 + 0 }')
  ovs-appctl revalidator/pause
  ovs-appctl dpctl/del-flows
  ovs-appctl dpctl/add-flow "in_port($number),packet_type(ns=0,id=0),eth(),eth_type(0x0800),ipv4(frag=no)" drop
}
undo_QN5023_stale() { ovs-appctl dpctl/del-flows; ovs-appctl revalidator/resume; }
