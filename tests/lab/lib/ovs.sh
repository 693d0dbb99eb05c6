# Open vSwitch on a node: its own database and switch, br-phy, br-int, br-tun, tunnels and physical bridge.

vsctl() { ovs-vsctl --timeout=10 "$@"; }
ofport() { vsctl get Interface "$1" ofport; }

start_ovs() {
  local run=/run/openvswitch
  ovsdb-tool create /etc/openvswitch/conf.db /usr/share/openvswitch/vswitch.ovsschema
  ovsdb-server /etc/openvswitch/conf.db -vconsole:emer -vsyslog:err -vfile:info --remote=punix:$run/db.sock \
    --no-chdir --log-file=/var/log/openvswitch/ovsdb-server.log --pidfile=$run/ovsdb-server.pid --detach
  vsctl --no-wait init -- set Open_vSwitch . external-ids:hostname="$NODE" \
    external-ids:system-id="$(cat /proc/sys/kernel/random/uuid)" \
    ovs-version="$(ovs-vswitchd --version | sed -n '1s/.* //p')"
  ovs-vswitchd --disable-system unix:$run/db.sock -vconsole:emer -vsyslog:err -vfile:info --no-chdir \
    --log-file=/var/log/openvswitch/ovs-vswitchd.log --pidfile=$run/ovs-vswitchd.pid --detach
}

# The underlay: eth0 in br-phy, whose internal port carries the node's address. Open vSwitch's own tunnels
# need the address there. The kernel must not answer on eth0 as well.
make_br_phy() {
  echo 8 > /proc/sys/net/ipv4/conf/eth0/arp_ignore
  echo 1 > /proc/sys/net/ipv6/conf/eth0/disable_ipv6
  vsctl add-br br-phy -- set Bridge br-phy datapath_type=netdev \
    "other-config:hwaddr=\"${NODE_MAC[$NODE]}\"" -- add-port br-phy eth0
  ip addr add "${ADDRESS[$NODE]}/${UNDERLAY#*/}" dev br-phy
  ip link set br-phy up
}

# make_bridge NAME [PORT-ARGUMENTS...]: one of the agent's bridges.
make_bridge() {
  local bridge=$1 mode=; shift
  [ "$FLAVOUR" = grizzly ] || mode='fail_mode=secure'
  vsctl add-br "$bridge" -- set Bridge "$bridge" datapath_type=netdev $mode "$@"
}

# Patch ports get OpenFlow port 1, as after an agent's start.
make_br_int_and_br_tun() {
  if tunnelled; then
    make_bridge br-int
    make_bridge br-tun
    add_patch_port br-int patch-tun patch-int
    add_patch_port br-tun patch-int patch-tun
  else
    make_bridge br-int
    make_physical_bridge
  fi
}
add_patch_port() { vsctl --may-exist add-port "$1" "$2" -- set Interface "$2" type=patch "options:peer=$3" ofport_request=1; }

# Grizzly joined br-int and the physical bridge by a veth pair, later agents by patch ports.
make_physical_bridge() {
  local inner=int-$PHYS_BRIDGE outer=phy-$PHYS_BRIDGE ports
  echo 1 > /proc/sys/net/ipv6/conf/eth1/disable_ipv6
  if [ "$FLAVOUR" = grizzly ]; then
    ip link add "$inner" type veth peer name "$outer"
    ip link set "$inner" up; ip link set "$outer" up
    ethtool -K "$inner" tx off >/dev/null; ethtool -K "$outer" tx off >/dev/null
    ports=(-- add-port br-int "$inner" -- add-port "$PHYS_BRIDGE" "$outer")
  else
    ports=(-- add-port br-int "$inner" -- set Interface "$inner" type=patch "options:peer=$outer"
           -- add-port "$PHYS_BRIDGE" "$outer" -- set Interface "$outer" type=patch "options:peer=$inner")
  fi
  make_bridge "$PHYS_BRIDGE" -- add-port "$PHYS_BRIDGE" eth1 "${ports[@]}"
}

# tunnel_name PEER: gre-2 in Grizzly (the peer's id in the database), gre-0a00140c (its address) since Juno.
tunnel_name() {
  if [ "$FLAVOUR" = grizzly ]; then echo "$NET_TYPE-${TUNNEL_ID[$1]}"
  else printf '%s-%02x%02x%02x%02x\n' "$NET_TYPE" ${ADDRESS[$1]//./ }; fi
}
tunnel_options() {
  local options="options:in_key=flow options:out_key=flow options:remote_ip=${ADDRESS[$1]}"
  [ "$FLAVOUR" = grizzly ] ||
    options+=" options:local_ip=${ADDRESS[$NODE]} options:df_default=true options:egress_pkt_mark=0"
  echo "$options"
}
add_tunnel_port() {
  vsctl --may-exist add-port br-tun "$(tunnel_name "$1")" \
    -- set Interface "$(tunnel_name "$1")" "type=$NET_TYPE" $(tunnel_options "$1")
}
peers() {
  local node
  for node in "${NODES[@]}"; do [ "$node" = "$NODE" ] || echo "$node"; done
}

# The tunnels' first packets would be lost while the peers' MACs are asked for: ask now.
greet_peers() {
  local peer
  for peer in $(peers); do echo > "/dev/udp/${ADDRESS[$peer]}/9"; done 2>/dev/null
  return 0
}

# plug_port DEVICE PORT-ID MAC [VM-ID] [INTERFACE-COLUMN...]: into br-int, with the identity that the agent finds it by.
plug_port() {
  local device=$1 id=$2 mac=$3 vm=${4:-}; shift 3; [ $# = 0 ] || shift
  vsctl --may-exist add-port br-int "$device" -- set Port "$device" tag="${VLAN[$NODE]}" -- set Interface "$device" \
    external-ids:iface-id="$id" external-ids:iface-status=active "external-ids:attached-mac=\"$mac\"" \
    ${vm:+external-ids:vm-uuid="$vm"} "$@"
}
