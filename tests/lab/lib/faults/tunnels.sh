# QN5xxx: br-tun, tunnels and the physical bridge.  put_CODE_VARIANT INSTANCE K D, and undo_ the same.

# A tunnel port comes back under its old OpenFlow number, which Neutron's flows name.
remove_tunnel_port() {
  local name; name=$(tunnel_name "$1")
  ofport "$name" > "/run/lab/ofport-$name"
  vsctl del-port br-tun "$name"
}
restore_tunnel_port() {
  local name; name=$(tunnel_name "$1")
  add_tunnel_port "$1"
  vsctl set Interface "$name" ofport_request="$(cat "/run/lab/ofport-$name")"
  greet_peers
}
put_QN5001_compute() { remove_tunnel_port "$3"; }
undo_QN5001_compute() { restore_tunnel_port "$3"; }
put_QN5001_dhcp() { remove_tunnel_port "$2"; }
undo_QN5001_dhcp() { restore_tunnel_port "$2"; }

# An address of the underlay that no node has.
vacant_address() {
  local last
  for last in {1..254}; do
    case " ${ADDRESS[*]} $OPERATOR " in *" ${UNDERLAY%.*}.$last "*) ;; *) echo "${UNDERLAY%.*}.$last"; return;; esac
  done
}
put_QN5002_remote() { vsctl set Interface "$(tunnel_name "$3")" options:remote_ip="$(vacant_address)"; }
undo_QN5002_remote() { vsctl set Interface "$(tunnel_name "$3")" options:remote_ip="${ADDRESS[$3]}"; }
put_QN5002_local() { set_local_ip "$2" "$(vacant_address)"; }
undo_QN5002_local() { set_local_ip "$2" "${ADDRESS[$2]}"; }
set_local_ip() {
  local peer
  if [ "$NODE" != "$1" ]; then vsctl set Interface "$(tunnel_name "$1")" options:remote_ip="$2"; return; fi
  sed -i "s/^local_ip = .*/local_ip = $2/" "$(agent_file)"
  [ "$FLAVOUR" = neutron ] || return 0
  for peer in $(peers); do vsctl set Interface "$(tunnel_name "$peer")" options:local_ip="$2"; done
}

# The network's flows.
remove_inbound() {
  case $FLAVOUR in
    grizzly) ovs-ofctl del-flows br-tun "tun_id=$SEGMENT,dl_dst=01:00:00:00:00:00/01:00:00:00:00:00";;
    neutron) ovs-ofctl del-flows br-tun "table=$(inbound_table),tun_id=$SEGMENT";;
  esac
}
restore_inbound() {
  case $FLAVOUR in
    grizzly) grizzly_inbound_broadcast_flow | ovs-ofctl add-flows br-tun -;;
    neutron) neutron_inbound_flow | add_neutron_flows br-tun;;
  esac
}
put_QN5006_compute() { remove_inbound; }
undo_QN5006_compute() { restore_inbound; }
put_QN5006_dhcp() { remove_inbound; }
undo_QN5006_dhcp() { restore_inbound; }

put_QN5007_unicast() { ovs-ofctl del-flows br-tun "tun_id=$SEGMENT,dl_dst=${MAC[$1]}"; }
undo_QN5007_unicast() { grizzly_port_bound "${MAC[$1]}"; }

remove_outbound() {
  case $FLAVOUR in
    grizzly) ovs-ofctl del-flows br-tun "in_port=$(ofport patch-int),dl_vlan=${VLAN[$NODE]}";;
    neutron) ovs-ofctl del-flows br-tun "table=22,dl_vlan=${VLAN[$NODE]}";;
  esac
}
# set_outbound KEY
set_outbound() {
  case $FLAVOUR in
    grizzly) grizzly_outbound_flow "$1" | ovs-ofctl add-flows br-tun -;;
    neutron) neutron_outbound_flow "$1" | add_neutron_flows br-tun;;
  esac
}
put_QN5008_missing() { remove_outbound; }
undo_QN5008_missing() { set_outbound "$SEGMENT"; }
put_QN5008_key() { set_outbound $((SEGMENT + 1)); }
undo_QN5008_key() { set_outbound "$SEGMENT"; }
put_QN5008_dhcp() { remove_outbound; }
undo_QN5008_dhcp() { set_outbound "$SEGMENT"; }

put_QN5009_in_key() { vsctl remove Interface "$(tunnel_name "$2")" options in_key; }
undo_QN5009_in_key() { vsctl set Interface "$(tunnel_name "$2")" options:in_key=flow; }
put_QN5009_out_key() { vsctl set Interface "$(tunnel_name "$3")" options:out_key=$((SEGMENT + 1)); }
undo_QN5009_out_key() { vsctl set Interface "$(tunnel_name "$3")" options:out_key=flow; }

# A port to a node that is gone: nothing is lost but flooded packets' copies.
put_QN5003_stale() {
  vsctl add-port br-tun "$NET_TYPE-99" -- set Interface "$NET_TYPE-99" "type=$NET_TYPE" \
    options:in_key=flow options:out_key=flow options:remote_ip="$(vacant_address)"
}
undo_QN5003_stale() { vsctl --if-exists del-port br-tun "$NET_TYPE-99"; }

# As l2population leaves it when it has not heard of the DHCP port: broadcasts go to the other nodes only.
put_QN5010_flood() {
  sed -i 's/^l2_population = .*/l2_population = True/' "$(agent_file)"
  neutron_outbound_flow "$SEGMENT" | sed "s/,output:$(ofport "$(tunnel_name "$3")")\b//" | add_neutron_flows br-tun
}
undo_QN5010_flood() {
  sed -i "s/^l2_population = .*/l2_population = $L2POP/" "$(agent_file)"
  set_outbound "$SEGMENT"
}

# Where the instance's MAC was once: an entry of table 20 that sends replies to another node.
put_QN5012_unicast() {
  local peer
  for peer in $(peers); do [ "$peer" = "$2" ] || break; done
  ovs-ofctl del-flows br-tun "table=20,dl_dst=${MAC[$1]}"
  printf 'table=20,priority=2,dl_vlan=%s,dl_dst=%s,actions=strip_vlan,load:0x%x->NXM_NX_TUN_ID[],output:%s\n' \
    "${VLAN[$NODE]}" "${MAC[$1]}" "$SEGMENT" "$(ofport "$(tunnel_name "$peer")")" | add_neutron_flows br-tun
}
undo_QN5012_unicast() {
  ovs-ofctl del-flows br-tun "table=20,dl_dst=${MAC[$1]}"
  [ "$L2POP" = False ] || neutron_unicast_flow "${MAC[$1]}" "$2" | add_neutron_flows br-tun
}

put_QN5018_uplink() { vsctl --if-exists del-port "$PHYS_BRIDGE" eth1; }
undo_QN5018_uplink() { vsctl --may-exist add-port "$PHYS_BRIDGE" eth1; }
put_QN5018_down() { ip link set eth1 down; }
undo_QN5018_down() { ip link set eth1 up; }
put_QN5018_dhcp() { put_QN5018_uplink; }
undo_QN5018_dhcp() { undo_QN5018_uplink; }
put_QN5018_inbound() {
  ovs-ofctl --strict del-flows br-int "$("${FLAVOUR}_physical_inbound_flow" | sed 's/,actions=.*//')"
}
undo_QN5018_inbound() { restore_physical_flow br-int inbound; }
put_QN5018_outbound() {
  ovs-ofctl --strict del-flows "$PHYS_BRIDGE" "$("${FLAVOUR}_physical_outbound_flow" | sed 's/,actions=.*//')"
}
undo_QN5018_outbound() { restore_physical_flow "$PHYS_BRIDGE" outbound; }
restore_physical_flow() {
  case $FLAVOUR in
    grizzly) "grizzly_physical_$2_flow" | ovs-ofctl add-flows "$1" -;;
    neutron) "neutron_physical_$2_flow" | add_neutron_flows "$1";;
  esac
}
