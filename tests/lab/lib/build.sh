# The building of a node, on the node.

# Everything of a network or compute node.
build_node() {
  local peer name
  write_hosts > /etc/hosts
  start_syslog
  start_ovs
  make_br_phy
  start_sshd
  echo 1 > /proc/sys/net/bridge/bridge-nf-call-iptables
  echo 1 > /proc/sys/net/bridge/bridge-nf-call-ip6tables
  write_agent_files
  make_br_int_and_br_tun
  ! tunnelled || for peer in $(peers); do add_tunnel_port "$peer"; done
  "${FLAVOUR}_base_flows"
  "${FLAVOUR}_provision_local_vlan"
  agent_log "Assigning ${VLAN[$NODE]} as local vlan for net-id=$NET_ID"
  [ -z "${DHCP_PORT[$NODE]:-}" ] || enable_dhcp
  [ "$ROUTER_NODE" != "$NODE" ] || enable_router
  apply_firewall
  for name in "${INSTANCES[@]}"; do
    [ "${HOST[$name]}" != "$NODE" ] || boot_instance "$name"
  done
  greet_peers
}

build_controller() {
  write_hosts > /etc/hosts
  ip addr add "${ADDRESS[controller]}/${UNDERLAY#*/}" dev eth0
  start_syslog
  start_sshd
  install_clients
}
install_clients() {
  local client
  # Clients of the machine, if any, are none of this cloud's. (/usr is the node's own layer.)
  rm -f /usr/bin/openstack /usr/bin/neutron /usr/bin/nova /usr/bin/quantum
  case $FLAVOUR in grizzly) set -- quantum nova;; neutron) set -- openstack neutron nova;; esac
  for client; do
    printf '#!/bin/sh\nPYTHONDONTWRITEBYTECODE=1 exec python3 /run/lab/lib/clients/%s.py "$@"\n' "$client" > "/usr/local/bin/$client"
    chmod 755 "/usr/local/bin/$client"
  done
  cat > /root/openrc <<E
export OS_USERNAME=admin
export OS_PASSWORD=$(tr -d - < /proc/sys/kernel/random/uuid)
export OS_TENANT_NAME=admin
export OS_PROJECT_NAME=admin
export OS_AUTH_URL=http://${ADDRESS[controller]}:5000/v2.0/
E
}
