# Security groups on a node: the agent's chains for every filtered port.

# apply_firewall: (re)writes all of the agent's chains on this node.
apply_firewall() { "${FLAVOUR}_tables" | iptables-restore; }

# for_filtered_ports FUNCTION: for each filtered port of this node, with its device's and its chains' names set.
for_filtered_ports() {
  local name tap chain
  for name in "${INSTANCES[@]}"; do
    if [ "${HOST[$name]}" = "$NODE" ] && [ "${PLUG[$name]}" = hybrid ]; then
      tap=tap${PORT[$name]:0:11} chain=${PORT[$name]:0:10}
      "$1" "$name"
    fi
  done
}
