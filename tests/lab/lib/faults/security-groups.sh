# QN3xxx (and QN2006): the chains of the instance's port.  put_CODE_VARIANT INSTANCE K D, and undo_ the same.
# Rules are taken out one by one, so that the others keep their counters.

chain_of() { echo "$CHAIN-$1${PORT[$2]:0:10}"; }

# delete_rules CHAIN PATTERN: every rule of the chain that matches.
delete_rules() {
  local rule
  iptables -S "$1" | grep -e "$2" | while read -r rule; do eval "iptables -D ${rule#-A }"; done
}

put_QN3001_flushed() { iptables -F; iptables -X; }
undo_QN3001_flushed() { apply_firewall; }
put_QN3001_port() {
  local tap=tap${PORT[$1]:0:11} kind
  delete_rules "$CHAIN-FORWARD" "$tap"
  delete_rules "$CHAIN-INPUT" "$tap"
  delete_rules "$CHAIN-sg-chain" "$tap"
  for kind in i o s; do
    iptables -F "$(chain_of $kind "$1")" && iptables -X "$(chain_of $kind "$1")"
  done 2>/dev/null
  return 0
}
undo_QN3001_port() { apply_firewall; }

put_QN3002_rule() { delete_rules "$(chain_of i "$1")" '--sport 67 --dport 68 -j RETURN'; }
undo_QN3002_rule() { apply_firewall; }

put_QN3003_missing() { delete_rules "$(chain_of o "$1")" '--sport 68 --dport 67 '; }
undo_QN3003_missing() { apply_firewall; }
put_QN3003_behind() {
  local chain; chain=$(chain_of o "$1")
  put_QN3003_missing "$1"
  # Behind the drop of foreign addresses: 0.0.0.0 is one, until there is a lease.
  iptables -A "$chain" -p udp -m udp --sport 68 --dport 67 -j RETURN
}
undo_QN3003_behind() { apply_firewall; }

put_QN3006_noop() {
  local driver=noop
  [ "$FLAVOUR" = neutron ] || driver=quantum.agent.firewall.NoopFirewallDriver
  sed -i "s/^firewall_driver = .*/firewall_driver = $driver/" "$(agent_file)"
  iptables -F; iptables -X
}
undo_QN3006_noop() { write_agent_files; apply_firewall; }

# As a tool that owns the host's firewall leaves it: its policy, and nobody else's jumps.
put_QN2006_policy() { iptables -F FORWARD; iptables -P FORWARD DROP; }
undo_QN2006_policy() { apply_firewall; }

# Bites with the kernel datapath only: the userspace one takes tunnelled packets before iptables.
put_QN3009_input() {
  case $NET_TYPE in
    gre) iptables -I INPUT -p gre -j DROP;;
    vxlan) iptables -I INPUT -p udp -m udp --dport 4789 -j DROP;;
  esac
}
undo_QN3009_input() { apply_firewall; }
