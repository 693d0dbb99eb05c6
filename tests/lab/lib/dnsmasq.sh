# The DHCP agent's part on its node: namespace, port, files, dnsmasq.

qdhcp() { ip netns exec "qdhcp-$NET_ID" "$@"; }
dhcp_tap() { echo "tap${DHCP_PORT[$NODE]:0:11}"; }

enable_dhcp() {
  if [ "$FLAVOUR" = grizzly ]; then
    # The agent's own script hands leases to the agent; here there is nobody to tell.
    printf '#!/bin/sh\nexit 0\n' > /usr/bin/quantum-dhcp-agent-dnsmasq-lease-update
    chmod 755 /usr/bin/quantum-dhcp-agent-dnsmasq-lease-update
  fi
  make_dhcp_namespace
  write_dhcp_files
  start_dnsmasq
}
make_dhcp_namespace() {
  ip netns add "qdhcp-$NET_ID"
  ip -n "qdhcp-$NET_ID" link set lo up
  plug_dhcp_port
}
plug_dhcp_port() {
  local tap mac=${DHCP_MAC[$NODE]}; tap=$(dhcp_tap)
  plug_port "$tap" "${DHCP_PORT[$NODE]}" "$mac" '' type=internal
  ip link set "$tap" netns "qdhcp-$NET_ID"
  ip -n "qdhcp-$NET_ID" -batch - <<E
link set $tap address $mac mtu $NET_MTU
link set $tap up
addr add ${DHCP_IP[$NODE]}/$PREFIX brd + dev $tap
E
  "${FLAVOUR}_dhcp_port_bound" "$mac" "$tap"
}
grizzly_dhcp_port_bound() { grizzly_port_bound "$1"; }

# The files, as the agent writes them.
write_dhcp_files() {
  local tag=tag0
  mkdir -p "$DHCP_DIR"
  printf %s "$(dhcp_tap)" > "$DHCP_DIR/interface"
  host_lines > "$DHCP_DIR/host"
  [ "$FLAVOUR" = grizzly ] || tag=subnet-$SUBNET_ID
  printf 'tag:%s,option:router,%s' "$tag" "$GATEWAY" > "$DHCP_DIR/opts"
  [ "$FLAVOUR" = neutron ] || return 0
  additional_host_lines > "$DHCP_DIR/addn_hosts"
  touch "$DHCP_DIR/leases"
}
host_lines() {
  local name node
  for name in "${INSTANCES[@]}"; do host_line "${MAC[$name]}" "${IP[$name]}"; done
  [ "$FLAVOUR" != grizzly ] || for node in "${DHCP_NODES[@]}"; do host_line "${DHCP_MAC[$node]}" "${DHCP_IP[$node]}"; done
}
host_line() {
  case $FLAVOUR in
    grizzly) echo "$1,${2//./-}.openstacklocal,$2";;
    neutron) echo "$1,host-${2//./-}.openstacklocal,$2";;
  esac
}
additional_host_lines() {
  local name
  for name in "${INSTANCES[@]}"; do
    printf '%s\thost-%s.openstacklocal host-%s\n' "${IP[$name]}" "${IP[$name]//./-}" "${IP[$name]//./-}"
  done
}
# After a port came or went.
renew_dhcp_files() {
  write_dhcp_files
  reload_dnsmasq
}

# The arguments of Grizzly's agent (2013.1 dhcp.py) and of Zed's.
grizzly_dnsmasq_arguments() {
  printf '%s\n' --no-hosts --no-resolv --strict-order --bind-interfaces "--interface=$(dhcp_tap)" --except-interface=lo \
    "--pid-file=$DHCP_DIR/pid" "--dhcp-hostsfile=$DHCP_DIR/host" "--dhcp-optsfile=$DHCP_DIR/opts" \
    --dhcp-script=/usr/bin/quantum-dhcp-agent-dnsmasq-lease-update --leasefile-ro \
    "--dhcp-range=set:tag0,${CIDR%/*},static,${LEASE_SECONDS}s" --conf-file= --domain=openstacklocal
}
neutron_dnsmasq_arguments() {
  printf '%s\n' --no-hosts --no-resolv "--pid-file=$DHCP_DIR/pid" "--dhcp-hostsfile=$DHCP_DIR/host" \
    "--addn-hosts=$DHCP_DIR/addn_hosts" "--dhcp-optsfile=$DHCP_DIR/opts" "--dhcp-leasefile=$DHCP_DIR/leases" \
    --dhcp-match=set:ipxe,175 --dhcp-userclass=set:ipxe6,iPXE --local-service --bind-dynamic \
    "--dhcp-range=set:subnet-$SUBNET_ID,${CIDR%/*},static,$(netmask "$PREFIX"),${LEASE_SECONDS}s" \
    "--dhcp-option-force=option:mtu,$NET_MTU" "--dhcp-lease-max=$((1 << (32 - PREFIX)))" --conf-file=/dev/null \
    --domain=openstacklocal
}
netmask() {
  local bits=$((0xffffffff << (32 - $1) & 0xffffffff))
  echo "$((bits >> 24)).$((bits >> 16 & 255)).$((bits >> 8 & 255)).$((bits & 255))"
}

start_dnsmasq() {
  local arguments
  mapfile -t arguments < <("${FLAVOUR}_dnsmasq_arguments")
  qdhcp dnsmasq "${arguments[@]}"
}
dnsmasq_pids() { pgrep -f "^dnsmasq .*$NET_ID"; }
stop_dnsmasq() {
  local pid
  for pid in $(dnsmasq_pids); do kill "$pid" 2>/dev/null; done
  while [ -n "$(dnsmasq_pids)" ]; do sleep 0.02; done
  return 0
}
reload_dnsmasq() { kill -HUP "$(cat "$DHCP_DIR/pid")"; }
