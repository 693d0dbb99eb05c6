# QN6xxx: the DHCP agent's node.  put_CODE_VARIANT INSTANCE K D, and undo_ the same.

put_QN6001_namespace() { stop_dnsmasq; ip netns del "qdhcp-$NET_ID"; }
undo_QN6001_namespace() {
  vsctl --if-exists del-port "$(dhcp_tap)"
  make_dhcp_namespace
  start_dnsmasq
}

put_QN6002_unplugged() { vsctl --if-exists del-port "$(dhcp_tap)"; }
undo_QN6002_unplugged() { stop_dnsmasq; plug_dhcp_port; start_dnsmasq; }
put_QN6002_tag() { set_tag "$(dhcp_tap)" "$(wrong_tag)"; }
undo_QN6002_tag() { set_tag "$(dhcp_tap)" "${VLAN[$NODE]}"; }
put_QN6002_down() { qdhcp ip link set "$(dhcp_tap)" down; }
undo_QN6002_down() { qdhcp ip link set "$(dhcp_tap)" up; }

# The device of an older DHCP port, parked by the agent because the server does not know the port any more.
put_QN6003_stale() {
  local id; id=$(cat /proc/sys/kernel/random/uuid)
  echo "tap${id:0:11}" > /run/lab/stale-tap
  plug_port "tap${id:0:11}" "$id" fa:16:3e:00:00:01 '' type=internal
  set_tag "tap${id:0:11}" 4095
  ip link set "tap${id:0:11}" netns "qdhcp-$NET_ID"
  qdhcp ip link set "tap${id:0:11}" up
}
undo_QN6003_stale() { vsctl --if-exists del-port "$(cat /run/lab/stale-tap)"; }

# An address of the subnet that nobody has.
vacant_subnet_address() {
  local last known=" ${IP[*]} ${DHCP_IP[*]} $GATEWAY "
  for last in {2..60}; do
    case $known in *" ${GATEWAY%.*}.$last "*) ;; *) echo "${GATEWAY%.*}.$last"; return;; esac
  done
}
put_QN6004_missing() { qdhcp ip -4 addr flush dev "$(dhcp_tap)"; }
undo_QN6004_missing() { restore_dhcp_address; }
put_QN6004_wrong() {
  qdhcp ip -4 addr flush dev "$(dhcp_tap)"
  qdhcp ip addr add "$(vacant_subnet_address)/$PREFIX" brd + dev "$(dhcp_tap)"
  stop_dnsmasq; start_dnsmasq
}
undo_QN6004_wrong() { restore_dhcp_address; }
restore_dhcp_address() {
  qdhcp ip -4 addr flush dev "$(dhcp_tap)"
  qdhcp ip addr add "${DHCP_IP[$NODE]}/$PREFIX" brd + dev "$(dhcp_tap)"
  stop_dnsmasq; start_dnsmasq
}

put_QN6005_dead() { stop_dnsmasq; }
undo_QN6005_dead() { start_dnsmasq; }

# The second one cannot have port 53 as well; DHCP's it can.
put_QN6007_duplicate() {
  local arguments
  mapfile -t arguments < <("${FLAVOUR}_dnsmasq_arguments")
  qdhcp dnsmasq "${arguments[@]/--pid-file=*/--pid-file=$DHCP_DIR/pid.old}" --port=0
}
undo_QN6007_duplicate() { stop_dnsmasq; start_dnsmasq; }

put_QN6008_line() {
  sed -i "/^${MAC[$1]},/d" "$DHCP_DIR/host"
  reload_dnsmasq
}
undo_QN6008_line() { renew_dhcp_files; }
put_QN6009_address() {
  sed -i "1i $(host_line "fa:16:3e:00:00:02" "${IP[$1]}")" "$DHCP_DIR/host"
  reload_dnsmasq
}
undo_QN6009_address() { renew_dhcp_files; }

# dnsmasq read the file when the line was not there yet, and was not told of it.
put_QN6010_unread() {
  put_QN6008_line "$1"
  until tail -n 2 /var/log/syslog | grep -q "read $DHCP_DIR/opts"; do sleep 0.05; done
  write_dhcp_files
}
undo_QN6010_unread() { renew_dhcp_files; }

# The leases file gives the instance's address to another MAC, for long.
put_QN6011_lease() {
  stop_dnsmasq
  sed -i "/ ${IP[$1]} /d" "$DHCP_DIR/leases"
  echo "$(($(date +%s) + LEASE_SECONDS)) fa:16:3e:00:00:03 ${IP[$1]} * *" >> "$DHCP_DIR/leases"
  start_dnsmasq
}
undo_QN6011_lease() {
  stop_dnsmasq
  sed -i "/ ${IP[$1]} /d" "$DHCP_DIR/leases"
  start_dnsmasq
}

# dnsmasq is started anew every three seconds.
put_QN6006_respawn() {
  setsid bash /run/lab/lib/run respawn_dnsmasq </dev/null >/dev/null 2>&1 &
  echo $! > /run/lab/respawn
}
respawn_dnsmasq() { while sleep 3; do stop_dnsmasq; start_dnsmasq; done; }
undo_QN6006_respawn() {
  kill "$(cat /run/lab/respawn)"
  stop_dnsmasq; start_dnsmasq
}

put_QN6022_input() { qdhcp iptables -A INPUT -p udp -m udp --dport 67 -j DROP; }
undo_QN6022_input() { qdhcp iptables -D INPUT -p udp -m udp --dport 67 -j DROP; }

# The client holds one address, the host file gives it another: dnsmasq refuses the renewal.
put_QN6011_other() {
  sed -i "s/^\(${MAC[$1]},.*,\)${IP[$1]}\$/\1$(vacant_subnet_address)/" "$DHCP_DIR/host"
  reload_dnsmasq
}
undo_QN6011_other() { renew_dhcp_files; }

# An upgrade left the other release's dnsmasq running: it reads that release's files, in which the instance's line never came to stand.
other_release() { case $SERVICE in quantum) echo /var/lib/neutron;; neutron) echo /var/lib/quantum;; esac; }
put_QN6025_release() {
  local arguments other; other=$(other_release)
  mapfile -t arguments < <("${FLAVOUR}_dnsmasq_arguments")
  stop_dnsmasq
  mkdir -p "$other/dhcp"
  cp -r "$DHCP_DIR" "$other/dhcp/"
  sed -i "/^${MAC[$1]},/d" "$other/dhcp/$NET_ID/host"
  [ ! -e "$other/dhcp/$NET_ID/leases" ] || : > "$other/dhcp/$NET_ID/leases"
  qdhcp dnsmasq "${arguments[@]/\/var\/lib\/$SERVICE\//$other/}"
}
undo_QN6025_release() {
  stop_dnsmasq
  rm -rf "$(other_release)/dhcp/$NET_ID"
  start_dnsmasq
}

put_QN6012_authoritative() {
  local arguments
  mapfile -t arguments < <("${FLAVOUR}_dnsmasq_arguments")
  stop_dnsmasq
  qdhcp dnsmasq "${arguments[@]}" --dhcp-authoritative
}
undo_QN6012_authoritative() { stop_dnsmasq; start_dnsmasq; }

# The agent's other way to plug its port (ovs_use_veth), with the kernel's default: the veth leaves checksums unfinished, which
# a datapath in userspace passes on as they are.
put_QN6020_offload() {
  local tap inner arguments
  tap=$(dhcp_tap) inner=ns-${tap#tap}
  stop_dnsmasq
  vsctl --if-exists del-port "$tap"
  ip link add "$tap" mtu "$NET_MTU" type veth peer name "$inner" mtu "$NET_MTU" address "${DHCP_MAC[$NODE]}" netns "qdhcp-$NET_ID"
  ip link set "$tap" up
  plug_port "$tap" "${DHCP_PORT[$NODE]}" "${DHCP_MAC[$NODE]}"
  qdhcp ip link set "$inner" up
  qdhcp ip addr add "${DHCP_IP[$NODE]}/$PREFIX" brd + dev "$inner"
  printf %s "$inner" > "$DHCP_DIR/interface"
  mapfile -t arguments < <("${FLAVOUR}_dnsmasq_arguments")
  qdhcp dnsmasq "${arguments[@]/--interface=*/--interface=$inner}"
}
undo_QN6020_offload() {
  stop_dnsmasq
  vsctl --if-exists del-port "$(dhcp_tap)"
  ip link del "$(dhcp_tap)"
  write_dhcp_files
  plug_dhcp_port
  start_dnsmasq
}
