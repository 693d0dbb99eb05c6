# More networks on a DHCP agent's node than the cloud's own one.

crowd_networks() {
  local number
  for ((number = 1; number <= $1; number++)); do ( crowd_network "$number" ); done
}

# One network of the crowd: what is drawn for the lab's own is given other values, in a shell of its own.
crowd_network() {
  local hex; hex=$(printf '%04x' "$1")
  NET_ID=c0ffee00-$hex-4000-8000-000000000001 SUBNET_ID=c0ffee00-$hex-4000-8000-000000000002
  DHCP_DIR=/var/lib/$SERVICE/dhcp/$NET_ID INSTANCES=() DHCP_NODES=()
  DHCP_PORT[$NODE]=c0ff$hex-0000-4000-8000-000000000003
  DHCP_MAC[$NODE]=fa:16:3e:cc:${hex:0:2}:${hex:2:2}
  CIDR=10.$((64 + $1 / 256)).$(($1 % 256)).0/24 PREFIX=24 GATEWAY=10.$((64 + $1 / 256)).$(($1 % 256)).1
  DHCP_IP[$NODE]=10.$((64 + $1 / 256)).$(($1 % 256)).2
  VLAN[$NODE]=$((1000 + $1))
  enable_dhcp
}
