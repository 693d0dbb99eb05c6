# What the agents leave on a node beside devices and flows: their files and logs.

agent_log() {
  case $FLAVOUR in
    grizzly) echo "$(date '+%F %T')     INFO [quantum.plugins.openvswitch.agent.ovs_quantum_agent] $*" \
               >> /var/log/quantum/openvswitch-agent.log;;
    neutron) echo "$(date '+%F %T.%3N') $$ INFO neutron.plugins.ml2.drivers.openvswitch.agent.ovs_neutron_agent [-] $*" \
               >> /var/log/neutron/neutron-openvswitch-agent.log;;
  esac
}

agent_file() {
  case $FLAVOUR in
    grizzly) echo /etc/quantum/plugins/openvswitch/ovs_quantum_plugin.ini;;
    neutron) echo /etc/neutron/plugins/ml2/openvswitch_agent.ini;;
  esac
}

firewall_driver() {
  case $FLAVOUR-$DEFAULT_PLUG in
    grizzly-hybrid) echo quantum.agent.linux.iptables_firewall.OVSHybridIptablesFirewallDriver;;
    grizzly-direct) echo quantum.agent.firewall.NoopFirewallDriver;;
    neutron-hybrid) echo iptables_hybrid;;
    neutron-direct) echo openvswitch;;
  esac
}

write_agent_files() {
  local driver=openvswitch
  [ "$FLAVOUR" = neutron ] || driver=quantum.agent.linux.interface.OVSInterfaceDriver
  mkdir -p "/var/log/$SERVICE" "$(dirname "$(agent_file)")"
  "${FLAVOUR}_agent_settings" > "$(agent_file)"
  cat > "/etc/$SERVICE/dhcp_agent.ini" <<E
[DEFAULT]
interface_driver = $driver
dhcp_driver = $SERVICE.agent.linux.dhcp.Dnsmasq
E
}
grizzly_agent_settings() {
  echo '[OVS]'
  if tunnelled; then
    printf '%s\n' "tenant_network_type = $NET_TYPE" 'enable_tunneling = True' 'tunnel_id_ranges = 1:65535' \
      'integration_bridge = br-int' 'tunnel_bridge = br-tun' "local_ip = ${ADDRESS[$NODE]}"
  else
    printf '%s\n' 'tenant_network_type = vlan' 'network_vlan_ranges = physnet1:100:4000' \
      'integration_bridge = br-int' "bridge_mappings = physnet1:$PHYS_BRIDGE"
  fi
  printf '%s\n' '[AGENT]' 'root_helper = sudo /usr/bin/quantum-rootwrap /etc/quantum/rootwrap.conf' '[SECURITYGROUP]' \
    "firewall_driver = $(firewall_driver)"
}
neutron_agent_settings() {
  echo '[ovs]'
  if tunnelled; then echo "local_ip = ${ADDRESS[$NODE]}"; else echo "bridge_mappings = physnet1:$PHYS_BRIDGE"; fi
  printf '%s\n' 'datapath_type = netdev' '[agent]'
  ! tunnelled || echo "tunnel_types = $NET_TYPE"
  printf '%s\n' "l2_population = $L2POP" '[securitygroup]' 'enable_security_group = True' 'enable_ipset = False' \
    "firewall_driver = $(firewall_driver)"
}
