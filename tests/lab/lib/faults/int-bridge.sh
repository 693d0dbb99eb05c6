# QN4xxx: br-int.  put_CODE_VARIANT INSTANCE K D, and undo_ the same.

set_tag() { vsctl set Port "$1" tag="$2"; }
wrong_tag() { echo $((VLAN[$NODE] % 60 + 61)); }

put_QN4001_instance() { vsctl clear Port "$(int_port "$1")" tag; }
undo_QN4001_instance() { set_tag "$(int_port "$1")" "${VLAN[$NODE]}"; }
put_QN4002_instance() { "${FLAVOUR}_port_dead" "$(int_port "$1")"; }
undo_QN4002_instance() { "${FLAVOUR}_port_alive" "$(int_port "$1")"; }
put_QN4005_instance() { set_tag "$(int_port "$1")" "$(wrong_tag)"; }
undo_QN4005_instance() { set_tag "$(int_port "$1")" "${VLAN[$NODE]}"; }

put_QN4007_peer() { vsctl set Interface patch-tun options:peer=patch-gone; }
undo_QN4007_peer() { vsctl set Interface patch-tun options:peer=patch-int; }
put_QN4007_missing() { vsctl --if-exists del-port br-int patch-tun; }
undo_QN4007_missing() { add_patch_port br-int patch-tun patch-int; }
put_QN4007_dhcp() { put_QN4007_missing; }
undo_QN4007_dhcp() { undo_QN4007_missing; }

put_QN4004_trunk() { vsctl set Port "$(int_port "$1")" vlan_mode=trunk trunks=4095; }
undo_QN4004_trunk() { vsctl clear Port "$(int_port "$1")" vlan_mode trunks; }
