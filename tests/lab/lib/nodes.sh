# Nodes, the wires between them, and ssh: on the machine itself.

started=()      # what must end if the lab does not come up
# start_nodes NAME...: all at once; each says its process number when it is ready.
start_nodes() {
  local node pid fd
  declare -A ready
  for node; do
    exec {fd}< <(exec setsid unshare --kill-child --fork --pid --mount --uts --ipc --net \
      bash "$LIB/node-init" "$node" "$LAB" "$LIB" </dev/null 2>"$LAB/$node.err")
    started+=($!)
    ready[$node]=$fd
  done
  for node; do
    fd=${ready[$node]}
    read -r -t 20 pid <&"$fd" || die "$node did not start: $(cat "$LAB/$node.err")"
    exec {fd}<&-
    rm -f "$LAB/$node.err"
    remember_holder "$node" "$pid"
  done
}

# The operator's namespace: the switch between the nodes (ul0: management and tunnels, ul1: the physical network).
start_operator() {
  local outside pid
  outside=$(readlink /proc/self/ns/net)
  setsid unshare --net sleep infinity </dev/null >/dev/null 2>&1 &
  pid=$!
  disown
  until [ "$(readlink /proc/$pid/ns/net)" != "$outside" ]; do sleep 0.01; done
  remember_holder operator "$pid"
  on operator bash -eu -s "$OPERATOR" "${UNDERLAY#*/}" <<'S'
for bridge in ul0 ul1; do
  ip link add $bridge type bridge
  ip link set $bridge up
  ethtool -K $bridge tx off >/dev/null
done
ip link set lo up
ip addr add "$1/$2" dev ul0
for table in iptables ip6tables arptables; do
  [ ! -e /proc/sys/net/bridge/bridge-nf-call-$table ] || echo 0 > /proc/sys/net/bridge/bridge-nf-call-$table
done
S
}

# wire_nodes NAME...: eth0 in ul0, and eth1 in ul1 where there is a physical network.
# Offloads are off: Open vSwitch's userspace datapath reads the wire and would see half-made checksums.
wire_nodes() {
  local node nic pid nics=eth0
  tunnelled || nics="eth0 eth1"
  for node; do
    pid=$(holder "$node") || die "$node is not up"
    for nic in $nics; do
      if [ $nic = eth1 ] && [ "$node" = controller ]; then continue; fi
      local address=; [ $nic = eth1 ] || address="address ${NODE_MAC[$node]}"
      echo "ip link add $node-$nic type veth peer name $nic $address netns $pid"
      echo "ip link set $node-$nic master ul${nic#eth} up"
      echo "ethtool -K $node-$nic tx off"
      echo "nsenter -t $pid -n sh -c 'ip link set $nic up; ethtool -K $nic tx off tso off gso off gro off'"
    done
  done | on operator bash -e >/dev/null || die "cannot wire the nodes"
}

make_keys() {
  local node
  mkdir -p "$LAB/keys"
  for node in client controller "${NODES[@]}"; do
    ssh-keygen -q -t ed25519 -N '' -C "$node" -f "$LAB/keys/$node" </dev/null || die "no key for $node"
  done
  for node in controller "${NODES[@]}"; do
    echo "${ADDRESS[$node]} $(cut -d' ' -f1,2 "$LAB/keys/$node.pub")"
  done > "$LAB/known_hosts"
}

# ssh -F $LAB/ssh_config NODE works from the machine itself, which has no route to the nodes: the proxy
# connects from the operator's namespace and hands the connection to ssh.
write_ssh_config() {
  local node python
  python=$(python3 -c 'import sys; print(sys.executable)')     # what is called python3 may be a slow script that looks for it
  for node in controller "${NODES[@]}"; do
    printf 'Host %s\n  HostName %s\n' "$node" "${ADDRESS[$node]}"
  done
  cat <<E
Host *
  User root
  Port 22
  IdentityFile $LAB/keys/client
  IdentitiesOnly yes
  UserKnownHostsFile $LAB/known_hosts
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  BatchMode yes
  LogLevel ERROR
  ProxyUseFdpass yes
  ProxyCommand nsenter --net=/proc/$(holder operator)/ns/net $python $LIB/connect.py %h %p
E
}

# What QuantumNet needs to know of the lab: Connect-Quantum -Inventory $LAB/inventory.json
write_inventory() {
  jq --arg lab "$LAB" '{
    nodes: [.nodes[] | {name, address, port: 22, user: "root", identityFile: ($lab + "/keys/client"), roles}],
    ssh: {configFile: ($lab + "/ssh_config"), knownHostsFile: ($lab + "/known_hosts"), strictHostKeyChecking: true},
    controlPlane: {source: "client", node: "controller", environmentFile: "/root/openrc"}}' "$LAB/lab.json"
}
