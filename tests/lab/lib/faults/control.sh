# QN1xxx on the nodes: what the agents do when the records change.  put_CODE_VARIANT INSTANCE K D, and undo_ the same.

# The agent takes the network down: as after the last subnet's DHCP was disabled.
withdraw_dhcp() {
  stop_dnsmasq
  vsctl --if-exists del-port "$(dhcp_tap)"
  ip netns del "qdhcp-$NET_ID"
  rm -rf "$DHCP_DIR"
}
put_QN1001_disabled() { withdraw_dhcp; }
undo_QN1001_disabled() { enable_dhcp; }
put_QN1002_unscheduled() { withdraw_dhcp; }
undo_QN1002_unscheduled() { enable_dhcp; }

put_QN1003_missed() { put_QN6008_line "$@"; }
undo_QN1003_missed() { renew_dhcp_files; }
put_QN1003_down() { :; }
undo_QN1003_down() { :; }

# The OVS agent has complained of the message queue, or of sudo, and did nothing since: the port that came later has no tag.
put_QN1011_queue() {
  agent_log "Timeout while waiting on RPC response - topic: \"q-plugin\", RPC method: \"get_device_details\" info: \"<unknown>\""
  put_QN4001_instance "$@"
}
undo_QN1011_queue() {
  undo_QN4001_instance "$@"
  agent_log "Reconnected to AMQP server on controller:5672"
}
put_QN1012_sudo() {
  agent_log "Command: ['sudo', 'ovs-vsctl', 'list-ports', 'br-int'] Exit code: 1 Stderr: 'sudo: a password is required'"
  put_QN4001_instance "$@"
}
undo_QN1012_sudo() {
  undo_QN4001_instance "$@"
  agent_log "Agent initialized successfully, now running..."
}

put_QN1007_instance() { "${FLAVOUR}_port_dead" "$(int_port "$1")"; }
undo_QN1007_instance() { "${FLAVOUR}_port_alive" "$(int_port "$1")"; }
put_QN1007_dhcp() { "${FLAVOUR}_port_dead" "$(dhcp_tap)"; }
undo_QN1007_dhcp() { "${FLAVOUR}_port_alive" "$(dhcp_tap)"; }

# The agent's dhcp extension (Zed's br_int.py): table 60 sends the instances' requests to 77, and 77 to the controller.
put_QN1015_agent() {
  local name port
  [ -z "${DHCP_PORT[$NODE]:-}" ] || withdraw_dhcp
  add_neutron_flows br-int <<< 'table=77,priority=0,actions=drop'
  for name in "${INSTANCES[@]}"; do
    [ "${HOST[$name]}" = "$NODE" ] || continue
    port=$(ofport "$(int_port "$name")")
    add_neutron_flows br-int <<E
table=60,priority=101,udp,in_port=$port,nw_src=0.0.0.0,nw_dst=255.255.255.255,tp_src=68,tp_dst=67,actions=resubmit(,77)
table=77,priority=100,udp,in_port=$port,dl_src=${MAC[$name]},tp_src=68,tp_dst=67,actions=CONTROLLER:0
E
  done
}
undo_QN1015_agent() {
  ovs-ofctl del-flows br-int table=77
  ovs-ofctl del-flows br-int table=60,udp,nw_dst=255.255.255.255,tp_src=68,tp_dst=67
  [ -z "${DHCP_PORT[$NODE]:-}" ] || enable_dhcp
}
