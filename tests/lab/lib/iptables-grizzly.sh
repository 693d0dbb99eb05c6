# The chains of Grizzly's OVSHybridIptablesFirewallDriver (2013.1 iptables_firewall.py), in iptables-save's order.

grizzly_tables() {
  cat <<E
*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:$CHAIN-OUTPUT - [0:0]
:$CHAIN-POSTROUTING - [0:0]
:$CHAIN-PREROUTING - [0:0]
:$CHAIN-float-snat - [0:0]
:$CHAIN-snat - [0:0]
:quantum-postrouting-bottom - [0:0]
-A PREROUTING -j $CHAIN-PREROUTING
-A OUTPUT -j $CHAIN-OUTPUT
-A POSTROUTING -j $CHAIN-POSTROUTING
-A POSTROUTING -j quantum-postrouting-bottom
-A $CHAIN-snat -j $CHAIN-float-snat
-A quantum-postrouting-bottom -j $CHAIN-snat
COMMIT
*filter
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:quantum-filter-top - [0:0]
:$CHAIN-FORWARD - [0:0]
:$CHAIN-INPUT - [0:0]
:$CHAIN-OUTPUT - [0:0]
:$CHAIN-local - [0:0]
:$CHAIN-sg-chain - [0:0]
:$CHAIN-sg-fallback - [0:0]
$(for_filtered_ports grizzly_port_chains)
-A INPUT -j $CHAIN-INPUT
-A INPUT -p gre -j ACCEPT
-A FORWARD -j quantum-filter-top
-A FORWARD -j $CHAIN-FORWARD
-A OUTPUT -j quantum-filter-top
-A OUTPUT -j $CHAIN-OUTPUT
-A quantum-filter-top -j $CHAIN-local
$(for_filtered_ports grizzly_port_jumps)
$(for_filtered_ports grizzly_in_rules)
$(for_filtered_ports grizzly_out_rules)
$(for_filtered_ports grizzly_sg_jumps)
-A $CHAIN-sg-chain -j ACCEPT
-A $CHAIN-sg-fallback -j DROP
COMMIT
E
}

grizzly_port_chains() { printf '%s\n' ":$CHAIN-i$chain - [0:0]" ":$CHAIN-o$chain - [0:0]"; }
grizzly_port_jumps() {
  cat <<E
-A $CHAIN-FORWARD -m physdev --physdev-out $tap --physdev-is-bridged -j $CHAIN-sg-chain
-A $CHAIN-FORWARD -m physdev --physdev-in $tap --physdev-is-bridged -j $CHAIN-sg-chain
-A $CHAIN-INPUT -m physdev --physdev-in $tap --physdev-is-bridged -j $CHAIN-o$chain
E
}
grizzly_in_rules() {
  local server
  cat <<E
-A $CHAIN-i$chain -m state --state INVALID -j DROP
-A $CHAIN-i$chain -m state --state RELATED,ESTABLISHED -j RETURN
-A $CHAIN-i$chain -p icmp -j RETURN
-A $CHAIN-i$chain -p tcp -m tcp --dport 22 -j RETURN
E
  for server in "${DHCP_NODES[@]}"; do
    echo "-A $CHAIN-i$chain -s ${DHCP_IP[$server]}/32 -p udp -m udp --sport 67 --dport 68 -j RETURN"
  done
  echo "-A $CHAIN-i$chain -j $CHAIN-sg-fallback"
}
grizzly_out_rules() {
  cat <<E
-A $CHAIN-o$chain -m mac ! --mac-source ${MAC[$1]} -j DROP
-A $CHAIN-o$chain -p udp -m udp --sport 68 --dport 67 -j RETURN
-A $CHAIN-o$chain ! -s ${IP[$1]}/32 -j DROP
-A $CHAIN-o$chain -p udp -m udp --sport 67 --dport 68 -j DROP
-A $CHAIN-o$chain -m state --state INVALID -j DROP
-A $CHAIN-o$chain -m state --state RELATED,ESTABLISHED -j RETURN
-A $CHAIN-o$chain -j RETURN
-A $CHAIN-o$chain -j $CHAIN-sg-fallback
E
}
grizzly_sg_jumps() {
  cat <<E
-A $CHAIN-sg-chain -m physdev --physdev-out $tap --physdev-is-bridged -j $CHAIN-i$chain
-A $CHAIN-sg-chain -m physdev --physdev-in $tap --physdev-is-bridged -j $CHAIN-o$chain
E
}
