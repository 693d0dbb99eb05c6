# The chains of Zed's iptables_hybrid firewall driver (without ipset), in iptables-save's order.

neutron_tables() {
  cat <<E
*raw
:PREROUTING ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:$CHAIN-OUTPUT - [0:0]
:$CHAIN-PREROUTING - [0:0]
-A PREROUTING -j $CHAIN-PREROUTING
-A OUTPUT -j $CHAIN-OUTPUT
$(for_filtered_ports neutron_zone_rules)
COMMIT
*filter
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:neutron-filter-top - [0:0]
:$CHAIN-FORWARD - [0:0]
:$CHAIN-INPUT - [0:0]
:$CHAIN-OUTPUT - [0:0]
:$CHAIN-local - [0:0]
:$CHAIN-sg-chain - [0:0]
:$CHAIN-sg-fallback - [0:0]
$(for_filtered_ports neutron_port_chains)
-A INPUT -j $CHAIN-INPUT
-A FORWARD -j neutron-filter-top
-A FORWARD -j $CHAIN-FORWARD
-A OUTPUT -j neutron-filter-top
-A OUTPUT -j $CHAIN-OUTPUT
-A neutron-filter-top -j $CHAIN-local
$(neutron_trusted_port_rules)
$(for_filtered_ports neutron_port_jumps)
$(for_filtered_ports neutron_in_rules)
$(for_filtered_ports neutron_out_rules)
$(for_filtered_ports neutron_spoof_rules)
$(for_filtered_ports neutron_sg_jumps)
-A $CHAIN-sg-chain -j ACCEPT
-A $CHAIN-sg-fallback -m comment --comment "Default drop rule for unmatched traffic." -j DROP
COMMIT
E
}

neutron_zone_rules() {
  local id=${PORT[$1]:0:11} zone="-m comment --comment \"Set zone for ${PORT[$1]}\" -j CT --zone ${ZONE[$1]}"
  cat <<E
-A $CHAIN-PREROUTING -m physdev --physdev-in qvb$id $zone
-A $CHAIN-PREROUTING -i qvb$id $zone
-A $CHAIN-PREROUTING -m physdev --physdev-in $tap $zone
E
}
neutron_trusted_port_rules() {
  local dhcp direction
  [ -n "${DHCP_PORT[$NODE]:-}" ] || return 0
  dhcp=$(dhcp_tap)
  for direction in out in; do
    echo "-A $CHAIN-FORWARD -m physdev --physdev-$direction $dhcp --physdev-is-bridged" \
         '-m comment --comment "Accept all packets when port is trusted." -j ACCEPT'
  done
}
neutron_port_chains() { printf ":$CHAIN-%s - [0:0]\n" "i$chain" "o$chain" "s$chain"; }
neutron_port_jumps() {
  local direction comment='-m comment --comment "Direct traffic from the VM interface to the security group chain."'
  for direction in out in; do
    echo "-A $CHAIN-FORWARD -m physdev --physdev-$direction $tap --physdev-is-bridged $comment -j $CHAIN-sg-chain"
  done
  echo "-A $CHAIN-INPUT -m physdev --physdev-in $tap --physdev-is-bridged" \
       "-m comment --comment \"Direct incoming traffic from VM to the security group chain.\" -j $CHAIN-o$chain"
}

s_known='-m comment --comment "Direct packets associated with a known session to the RETURN chain."'
s_invalid='-m comment --comment "Drop packets that appear related to an existing connection (e.g. TCP ACK/FIN) but do not have an entry in conntrack."'
s_unmatched='-m comment --comment "Send unmatched traffic to the fallback chain."'
neutron_in_rules() {
  local member
  cat <<E
-A $CHAIN-i$chain -m state --state RELATED,ESTABLISHED $s_known -j RETURN
-A $CHAIN-i$chain -d ${IP[$1]}/32 -p udp -m udp --sport 67 --dport 68 -j RETURN
-A $CHAIN-i$chain -d 255.255.255.255/32 -p udp -m udp --sport 67 --dport 68 -j RETURN
E
  for member in "${INSTANCES[@]}"; do
    [ "$member" = "$1" ] || echo "-A $CHAIN-i$chain -s ${IP[$member]}/32 -j RETURN"
  done
  [ "$SSH" = no ] || printf -- "-A $CHAIN-i$chain %s -j RETURN\n" '-p icmp' '-p tcp -m tcp --dport 22'
  cat <<E
-A $CHAIN-i$chain -m state --state INVALID $s_invalid -j DROP
-A $CHAIN-i$chain $s_unmatched -j $CHAIN-sg-fallback
E
}
neutron_out_rules() {
  local dhcp='--sport 68 --dport 67 -m comment --comment "Allow DHCP client traffic." -j RETURN'
  cat <<E
-A $CHAIN-o$chain -s 0.0.0.0/32 -d 255.255.255.255/32 -p udp -m udp $dhcp
-A $CHAIN-o$chain -j $CHAIN-s$chain
-A $CHAIN-o$chain -p udp -m udp $dhcp
-A $CHAIN-o$chain -p udp -m udp --sport 67 --dport 68 -m comment --comment "Prevent DHCP Spoofing by VM." -j DROP
-A $CHAIN-o$chain -m state --state RELATED,ESTABLISHED $s_known -j RETURN
-A $CHAIN-o$chain -j RETURN
-A $CHAIN-o$chain -m state --state INVALID $s_invalid -j DROP
-A $CHAIN-o$chain $s_unmatched -j $CHAIN-sg-fallback
E
}
neutron_spoof_rules() {
  cat <<E
-A $CHAIN-s$chain -s ${IP[$1]}/32 -m mac --mac-source ${MAC[$1]} -m comment --comment "Allow traffic from defined IP/MAC pairs." -j RETURN
-A $CHAIN-s$chain -m comment --comment "Drop traffic without an IP/MAC allow rule." -j DROP
E
}
neutron_sg_jumps() {
  local comment='-m comment --comment "Jump to the VM specific chain."'
  cat <<E
-A $CHAIN-sg-chain -m physdev --physdev-out $tap --physdev-is-bridged $comment -j $CHAIN-i$chain
-A $CHAIN-sg-chain -m physdev --physdev-in $tap --physdev-is-bridged $comment -j $CHAIN-o$chain
E
}
