# The flows of Zed's neutron-openvswitch-agent: what its native OpenFlow driver leaves in br-int, br-tun and br-eth1.

add_neutron_flows() { sed "s/^/cookie=${COOKIE[$NODE]},/" | ovs-ofctl --bundle add-flows "$1" -; }

neutron_base_flows() {
  local bridge
  for bridge in br-int $(bridges_beside_br_int); do ovs-ofctl del-flows "$bridge"; done
  add_neutron_flows br-int <<E
table=0,priority=65535,dl_vlan=4095,actions=drop
table=0,priority=0,actions=resubmit(,59)
table=23,priority=0,actions=drop
table=24,priority=0,actions=drop
table=30,priority=0,actions=resubmit(,59)
table=31,priority=0,actions=resubmit(,59)
table=59,priority=0,actions=resubmit(,60)
table=60,priority=3,actions=normal
table=62,priority=3,actions=normal
E
  if tunnelled; then neutron_tunnel_bridge_flows; else neutron_physical_bridge_flows; fi
  [ "$DEFAULT_PLUG" = hybrid ] || neutron_firewall_base_flows
}
bridges_beside_br_int() { if tunnelled; then echo br-tun; else echo "$PHYS_BRIDGE"; fi; }

inbound_table() { case $NET_TYPE in gre) echo 3;; vxlan) echo 4;; esac; }
neutron_tunnel_bridge_flows() {
  local patch peer; patch=$(ofport patch-int)
  { cat <<E
table=0,priority=1,in_port=$patch,actions=resubmit(,2)
table=0,priority=0,actions=drop
table=2,priority=0,dl_dst=00:00:00:00:00:00/01:00:00:00:00:00,actions=resubmit(,20)
table=2,priority=0,dl_dst=01:00:00:00:00:00/01:00:00:00:00:00,actions=resubmit(,22)
table=3,priority=0,actions=drop
table=4,priority=0,actions=drop
table=6,priority=0,actions=drop
table=10,priority=1,actions=$(neutron_learn_action),output:$patch
table=20,priority=0,actions=resubmit(,22)
table=22,priority=0,actions=drop
E
    for peer in $(peers); do neutron_tunnel_port_flow "$peer"; done
  } | add_neutron_flows br-tun
}
neutron_tunnel_port_flow() { echo "table=0,priority=1,in_port=$(ofport "$(tunnel_name "$1")"),actions=resubmit(,$(inbound_table))"; }
neutron_learn_action() {
  printf 'learn(table=20,hard_timeout=300,priority=1,cookie=%s,NXM_OF_VLAN_TCI[0..11],NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[],' \
    "${COOKIE[$NODE]}"
  printf 'load:0->NXM_OF_VLAN_TCI[],load:NXM_NX_TUN_ID[]->NXM_NX_TUN_ID[],output:OXM_OF_IN_PORT[])'
}
neutron_physical_bridge_flows() {
  echo "table=0,priority=2,in_port=$(ofport "int-$PHYS_BRIDGE"),actions=drop" | add_neutron_flows br-int
  add_neutron_flows "$PHYS_BRIDGE" <<E
table=0,priority=2,in_port=$(ofport "phy-$PHYS_BRIDGE"),actions=drop
table=0,priority=0,actions=normal
E
}

neutron_provision_local_vlan() {
  if tunnelled; then
    { neutron_outbound_flow "$SEGMENT"; neutron_inbound_flow; neutron_populated_flows; } | add_neutron_flows br-tun
  else
    neutron_physical_outbound_flow | add_neutron_flows "$PHYS_BRIDGE"
    neutron_physical_inbound_flow | add_neutron_flows br-int
  fi
}
# The flood flow: to every tunnel there is.
neutron_outbound_flow() {
  local peer outputs=
  for peer in $(peers); do outputs+=",output:$(ofport "$(tunnel_name "$peer")")"; done
  printf 'table=22,priority=1,dl_vlan=%s,actions=strip_vlan,load:0x%x->NXM_NX_TUN_ID[]%s\n' "${VLAN[$NODE]}" "$1" "$outputs"
}
# l2population: where each MAC is, told before anything is learnt. (Its ARP responder, table 21, is off by default.)
neutron_populated_flows() {
  local name node
  [ "$L2POP" = True ] || return 0
  for name in "${INSTANCES[@]}"; do neutron_unicast_flow "${MAC[$name]}" "${HOST[$name]}"; done
  for node in "${DHCP_NODES[@]}"; do neutron_unicast_flow "${DHCP_MAC[$node]}" "$node"; done
  [ -z "$ROUTER" ] || neutron_unicast_flow "$ROUTER_MAC" "$ROUTER_NODE"
}
populate_unicast() { neutron_unicast_flow "${MAC[$1]}" "${HOST[$1]}" | add_neutron_flows br-tun; }
# neutron_unicast_flow MAC NODE
neutron_unicast_flow() {
  [ "$2" = "$NODE" ] || printf 'table=20,priority=2,dl_vlan=%s,dl_dst=%s,actions=strip_vlan,load:0x%x->NXM_NX_TUN_ID[],output:%s\n' \
    "${VLAN[$NODE]}" "$1" "$SEGMENT" "$(ofport "$(tunnel_name "$2")")"
}
neutron_inbound_flow() {
  echo "table=$(inbound_table),priority=1,tun_id=$SEGMENT,actions=mod_vlan_vid:${VLAN[$NODE]},resubmit(,10)"
}
neutron_physical_outbound_flow() {
  local action=strip_vlan
  [ "$NET_TYPE" = flat ] || action=mod_vlan_vid:$SEGMENT
  echo "table=0,priority=4,in_port=$(ofport "phy-$PHYS_BRIDGE"),dl_vlan=${VLAN[$NODE]},actions=$action,normal"
}
neutron_physical_inbound_flow() {
  local vlan=dl_vlan=$SEGMENT
  [ "$NET_TYPE" = vlan ] || vlan=vlan_tci=0x0000/0x1fff
  echo "table=0,priority=3,in_port=$(ofport "int-$PHYS_BRIDGE"),$vlan,actions=mod_vlan_vid:${VLAN[$NODE]},resubmit(,59)"
}

# neutron_port_bound MAC DEVICE ADDRESS: protection against spoofing, by the hybrid ports' tables or the firewall's.
neutron_port_bound() {
  local port; port=$(ofport "$2")
  if [ "${2:0:3}" = tap ]; then neutron_firewall_port_flows "$1" "$port" "$3" | add_neutron_flows br-int; return; fi
  add_neutron_flows br-int <<E
table=0,priority=10,icmp6,in_port=$port,icmp_type=136,actions=resubmit(,24)
table=0,priority=10,arp,in_port=$port,actions=resubmit(,24)
table=0,priority=9,in_port=$port,actions=resubmit(,25)
table=24,priority=2,icmp6,in_port=$port,icmp_type=136,nd_target=$(link_local "$1"),actions=resubmit(,59)
table=24,priority=2,arp,in_port=$port,arp_spa=$3,actions=resubmit(,25)
table=25,priority=2,in_port=$port,dl_src=$1,actions=resubmit(,30)
E
}
neutron_dhcp_port_bound() { :; }
link_local() {
  local m; IFS=: read -ra m <<< "$1"
  printf 'fe80::%x:%xff:fe%s:%x\n' $((0x${m[0]}${m[1]} ^ 0x200)) "0x${m[2]}" "${m[3]}" "0x${m[4]}${m[5]}"
}

neutron_port_dead() {
  vsctl set Port "$1" tag=4095
  echo "table=0,priority=2,in_port=$(ofport "$1"),actions=drop" | add_neutron_flows br-int
}
neutron_port_alive() {
  vsctl set Port "$1" tag="${VLAN[$NODE]}"
  ovs-ofctl --strict del-flows br-int "table=0,priority=2,in_port=$(ofport "$1")"
}
