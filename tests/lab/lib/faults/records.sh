# What faults change in the control plane's records (lab.json), on the machine itself: records_CODE_VARIANT put|undo NODE.
# $instance is the instance that the fault is aimed at.

truth() { if [ "$1" = put ]; then echo false; else echo true; fi; }
status() { if [ "$1" = put ]; then echo DOWN; else echo ACTIVE; fi; }

records_QN1001_disabled() {
  edit_lab --argjson value "$(truth "$1")" '.subnet.enableDhcp = $value | .dhcpPorts[].listed = $value'
}
records_QN1002_unscheduled() {
  edit_lab --argjson value "$(truth "$1")" '(.agents[] | select(.type == "DHCP agent")).hosting = $value | .dhcpPorts[].listed = $value'
}
records_QN1003_missed() { records_QN1003_down "$@"; }
records_QN1003_down() {
  edit_lab --argjson value "$(truth "$1")" --arg node "$2" \
    '(.agents[] | select(.type == "DHCP agent" and .host == $node)).alive = $value'
}
records_QN1007_instance() {
  edit_lab --argjson value "$(truth "$1")" --arg status "$(status "$1")" --arg name "$instance" \
    '(.instances[] | select(.name == $name)) |= (.adminStateUp = $value | .status = $status)'
}
records_QN1007_dhcp() {
  edit_lab --argjson value "$(truth "$1")" --arg status "$(status "$1")" --arg node "$2" \
    '(.dhcpPorts[] | select(.node == $node)) |= (.adminStateUp = $value | .status = $status)'
}
records_QN1015_agent() { records_QN1002_unscheduled "$@"; }

# The switch between the nodes is the operator's.
records_QN5018_trunk() {
  local change=-D; [ "$1" = undo ] || change=-A
  on operator ebtables-nft $change FORWARD -p 802_1Q --vlan-id "$SEGMENT" -j DROP
}

# What lies between the nodes: the network beneath, and the virtual switch where nodes are virtual machines.
switch() { on operator ebtables-nft "$([ "$1" = put ] && echo -A || echo -D)" FORWARD "${@:2}" -j DROP; }
records_QN5020_wire() {
  case $NET_TYPE in
    gre) switch "$1" -p IPv4 --ip-proto 47;;
    vxlan) switch "$1" -p IPv4 --ip-proto 17 --ip-dport 4789;;
  esac
}
records_QN2007_forged() {
  local compute=${HOST[$instance]}
  switch "$1" -i "$compute-eth1" -s ! "$(on "$compute" cat /sys/class/net/eth1/address)"
}
