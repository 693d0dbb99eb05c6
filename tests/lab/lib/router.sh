# The L3 agent's part on its node: the router's namespace, and in it its interface to the network.

qrouter() { ip netns exec "qrouter-$ROUTER" "$@"; }
router_device() { echo "qr-${ROUTER_PORT:0:11}"; }

enable_router() {
  local device; device=$(router_device)
  ip netns add "qrouter-$ROUTER"
  ip -n "qrouter-$ROUTER" link set lo up
  qrouter sysctl -qw net.ipv4.ip_forward=1
  plug_port "$device" "$ROUTER_PORT" "$ROUTER_MAC" '' type=internal
  ip link set "$device" netns "qrouter-$ROUTER"
  ip -n "qrouter-$ROUTER" -batch - <<E
link set $device address $ROUTER_MAC mtu $NET_MTU
link set $device up
addr add $GATEWAY/$PREFIX brd + dev $device
E
  "${FLAVOUR}_dhcp_port_bound" "$ROUTER_MAC" "$device"
}
