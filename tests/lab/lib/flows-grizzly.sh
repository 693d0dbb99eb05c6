# The flows of Grizzly's quantum-openvswitch-agent (2013.1 ovs_quantum_agent.py): NORMAL on br-int, four kinds on br-tun.

grizzly_base_flows() {
  echo 'priority=1,actions=normal' | ovs-ofctl --bundle replace-flows br-int -
  if tunnelled; then
    echo 'priority=1,actions=drop' | ovs-ofctl --bundle replace-flows br-tun -
  else
    ovs-ofctl add-flow br-int "priority=2,in_port=$(ofport "int-$PHYS_BRIDGE"),actions=drop"
    printf '%s\n' 'priority=1,actions=normal' "priority=2,in_port=$(ofport "phy-$PHYS_BRIDGE"),actions=drop" |
      ovs-ofctl --bundle replace-flows "$PHYS_BRIDGE" -
  fi
}

# The network's flows on this node (the agent's provision_local_vlan).
grizzly_provision_local_vlan() {
  if tunnelled; then
    { grizzly_outbound_flow "$SEGMENT"; grizzly_inbound_broadcast_flow; } | ovs-ofctl add-flows br-tun -
  else
    grizzly_physical_outbound_flow | ovs-ofctl add-flows "$PHYS_BRIDGE" -
    grizzly_physical_inbound_flow | ovs-ofctl add-flows br-int -
  fi
}
grizzly_outbound_flow() {
  echo "priority=4,in_port=$(ofport patch-int),dl_vlan=${VLAN[$NODE]},actions=set_tunnel:$1,normal"
}
grizzly_inbound_broadcast_flow() {
  echo "priority=3,tun_id=$SEGMENT,dl_dst=01:00:00:00:00:00/01:00:00:00:00:00," \
       "actions=mod_vlan_vid:${VLAN[$NODE]},output:$(ofport patch-int)" | tr -d ' '
}
grizzly_physical_outbound_flow() {
  local action=strip_vlan
  [ "$NET_TYPE" = flat ] || action=mod_vlan_vid:$SEGMENT
  echo "priority=4,in_port=$(ofport "phy-$PHYS_BRIDGE"),dl_vlan=${VLAN[$NODE]},actions=$action,normal"
}
grizzly_physical_inbound_flow() {
  echo "priority=3,in_port=$(ofport "int-$PHYS_BRIDGE"),dl_vlan=${SEGMENT:-0xffff},actions=mod_vlan_vid:${VLAN[$NODE]},normal"
}

# grizzly_port_bound MAC: the inbound unicast flow.
grizzly_port_bound() {
  ! tunnelled ||
    ovs-ofctl add-flow br-tun "priority=3,tun_id=$SEGMENT,dl_dst=$1,actions=mod_vlan_vid:${VLAN[$NODE]},normal"
}

# grizzly_port_dead DEVICE: as the agent parks a port: VLAN 4095 and a drop flow.
grizzly_port_dead() {
  vsctl set Port "$1" tag=4095
  ovs-ofctl add-flow br-int "priority=2,in_port=$(ofport "$1"),actions=drop"
}
grizzly_port_alive() {
  vsctl set Port "$1" tag="${VLAN[$NODE]}"
  ovs-ofctl --strict del-flows br-int "priority=2,in_port=$(ofport "$1")"
}
