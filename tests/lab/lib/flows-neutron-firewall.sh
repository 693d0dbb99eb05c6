# The tables of Zed's openvswitch firewall driver: 60 splits, 71-73 egress, 81-82 ingress, 91-94 ends.
# The security group is neutron's default one: everything out, answers in, and in whatever a member of the group sends.

neutron_firewall_base_flows() {
  add_neutron_flows br-int <<E
table=71,priority=110,ct_state=+trk,actions=ct_clear,resubmit(,71)
$(printf 'table=%s,priority=0,actions=drop\n' 71 72 73 81 82 92 93)
table=91,priority=1,actions=resubmit(,94)
table=94,priority=1,actions=normal
E
}

# neutron_firewall_rule_flows PRIORITY PROTOCOL [,MATCH]: what a rule of the group lets in.
neutron_firewall_rule_flows() {
  cat <<E
table=82,priority=$1,ct_state=+est-rel-rpl,$2,reg5=$port${3:-},actions=output:$port
table=82,priority=$1,ct_state=+new-est,$2,reg5=$port${3:-},actions=ct(commit,$zone),output:$port,resubmit(,92)
E
}

# neutron_firewall_port_flows MAC OFPORT ADDRESS
neutron_firewall_port_flows() {
  local mac=$1 port=$2 address=$3 vlan=${VLAN[$NODE]} ll zone='zone=NXM_NX_REG6[0..15]'
  ll=$(link_local "$1")
  cat <<E
table=60,priority=100,in_port=$port,actions=load:$port->NXM_NX_REG5[],load:$vlan->NXM_NX_REG6[],resubmit(,71)
table=60,priority=90,dl_vlan=$vlan,dl_dst=$mac,actions=load:$port->NXM_NX_REG5[],load:$vlan->NXM_NX_REG6[],strip_vlan,resubmit(,81)
$(neutron_firewall_egress_flows)
$(neutron_firewall_ingress_flows)
E
}
neutron_firewall_egress_flows() {
  local type
  for type in 130 133 135; do
    echo "table=71,priority=95,icmp6,reg5=$port,in_port=$port,dl_src=$mac,ipv6_src=$ll,icmp_type=$type,actions=resubmit(,94)"
  done
  cat <<E
table=71,priority=95,icmp6,reg5=$port,in_port=$port,icmp_type=136,nd_target=$ll,actions=resubmit(,94)
table=71,priority=95,arp,reg5=$port,in_port=$port,dl_src=$mac,arp_spa=$address,actions=resubmit(,94)
table=71,priority=80,udp,reg5=$port,in_port=$port,dl_src=$mac,nw_src=$address,tp_src=68,tp_dst=67,actions=resubmit(,73)
table=71,priority=80,udp,reg5=$port,in_port=$port,dl_src=$mac,nw_src=0.0.0.0,tp_src=68,tp_dst=67,actions=resubmit(,73)
table=71,priority=80,udp6,reg5=$port,in_port=$port,dl_src=$mac,ipv6_src=$ll,tp_src=546,tp_dst=547,actions=resubmit(,73)
table=71,priority=70,udp,reg5=$port,in_port=$port,tp_src=67,tp_dst=68,actions=resubmit(,93)
table=71,priority=70,udp6,reg5=$port,in_port=$port,tp_src=547,tp_dst=546,actions=resubmit(,93)
table=71,priority=70,icmp6,reg5=$port,in_port=$port,icmp_type=134,actions=resubmit(,93)
table=71,priority=65,ip,reg5=$port,in_port=$port,dl_src=$mac,nw_src=$address,actions=ct(table=72,$zone)
table=71,priority=65,ipv6,reg5=$port,in_port=$port,dl_src=$mac,ipv6_src=$ll,actions=ct(table=72,$zone)
table=71,priority=10,reg5=$port,in_port=$port,actions=ct_clear,resubmit(,93)
table=72,priority=74,ct_state=+est-rel-rpl,ip,reg5=$port,actions=resubmit(,73)
table=72,priority=74,ct_state=+new-est,ip,reg5=$port,actions=resubmit(,73)
table=72,priority=50,ct_state=+inv+trk,actions=resubmit(,93)
table=72,priority=50,ct_mark=0x1,reg5=$port,actions=resubmit(,93)
table=72,priority=50,ct_state=+est-rel+rpl,ct_zone=$vlan,ct_mark=0,reg5=$port,actions=resubmit(,94)
table=72,priority=50,ct_state=-new-est+rel-inv,ct_zone=$vlan,ct_mark=0,reg5=$port,actions=resubmit(,94)
table=72,priority=40,ct_state=-est,reg5=$port,actions=resubmit(,93)
table=72,priority=40,ct_state=+est,ip,reg5=$port,actions=ct(commit,$zone,exec(load:0x1->NXM_NX_CT_MARK[]))
table=73,priority=100,reg6=$vlan,dl_dst=$mac,actions=load:$port->NXM_NX_REG5[],resubmit(,81)
table=73,priority=90,ct_state=+new-est,ip,reg5=$port,actions=ct(commit,$zone),resubmit(,91)
table=73,priority=80,reg5=$port,actions=resubmit(,94)
E
}
neutron_firewall_ingress_flows() {
  local type
  echo "table=81,priority=100,arp,reg5=$port,actions=output:$port"
  for type in 130 134 135 136; do echo "table=81,priority=100,icmp6,reg5=$port,icmp_type=$type,actions=output:$port"; done
  if [ "$SSH" = yes ]; then neutron_firewall_rule_flows 75 icmp; neutron_firewall_rule_flows 77 tcp ,tp_dst=22; fi
  cat <<E
table=81,priority=95,udp,reg5=$port,tp_src=67,tp_dst=68,actions=output:$port
table=81,priority=95,udp6,reg5=$port,tp_src=547,tp_dst=546,actions=output:$port
table=81,priority=90,ct_state=-trk,ip,reg5=$port,actions=ct(table=82,$zone)
table=81,priority=90,ct_state=-trk,ipv6,reg5=$port,actions=ct(table=82,$zone)
table=81,priority=80,ct_state=+trk,reg5=$port,actions=resubmit(,82)
table=82,priority=50,ct_state=+inv+trk,actions=resubmit(,93)
table=82,priority=50,ct_mark=0x1,reg5=$port,actions=resubmit(,93)
table=82,priority=50,ct_state=+est-rel+rpl,ct_zone=$vlan,ct_mark=0,reg5=$port,actions=output:$port
table=82,priority=50,ct_state=-new-est+rel-inv,ct_zone=$vlan,ct_mark=0,reg5=$port,actions=output:$port
table=82,priority=40,ct_state=-est,reg5=$port,actions=resubmit(,93)
table=82,priority=40,ct_state=+est,ip,reg5=$port,actions=ct(commit,$zone,exec(load:0x1->NXM_NX_CT_MARK[]))
E
}
