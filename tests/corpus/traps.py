#!/usr/bin/python3
"""Makes the cases that look like faults and are none, where no lab shows them: what other releases and other people's networks print,
laid over a base's outputs.

  traps.py BASE-FOLDER
"""
import json
import os
import re
import shutil
import sys

from overlay import Snapshot, kept, write_json


def brcompat(command, text):
    """Open vSwitch's brcompat, before 2013, let brctl show its bridges among the kernel's."""
    if command != "brctl show":
        return text
    return text + "br-int\t\t8000.9a52d8f1c54e\tno\t\tpatch-tun\nbr-tun\t\t8000.0a1b5d0ce446\tno\t\tpatch-int\n"


def two_decimals(command, text):
    """Open vSwitch 1.4 writes durations with two decimals where the last is 0."""
    return re.sub(r"duration=(\d+\.\d\d)\d*s", r"duration=\1s", text) if "dump-flows" in command else text


def quoted_names(command, text):
    """Before Open vSwitch 2.0 ovs-vsctl show quoted names that hold a digit."""
    return re.sub(r"^(\s+(?:Bridge|Port|Interface)) ([\w-]*\d[\w-]*)$", r'\1 "\2"', text, flags=re.M) if command == "ovs-vsctl show" else text


def young_flows(command, text):
    """Flows that were installed two seconds ago have seen no packet yet."""
    if "dump-flows" not in command:
        return text
    return re.sub(r"duration=[\d.]+s, (table=\d+, )n_packets=\d+, n_bytes=\d+, (?:idle_age=\d+, )?", r"duration=2.1s, \1n_packets=0, n_bytes=0, idle_age=2, ", text)


def unhit_rules(command, text):
    """No rule has met a packet since the counters were zeroed."""
    return re.sub(r"\[\d+:\d+\]", "[0:0]", text) if "iptables-save" in command else text


def public_subnet(command, text):
    """172.241.0.0/24 looks private and is not: tenants may use what they like."""
    return re.sub(r"\b192\.168\.\d+\.(?=\d)", "172.241.0.", text)


TRAPS = {"grizzly-gre": (brcompat, two_decimals, quoted_names, young_flows, unhit_rules, public_subnet), "neutron-vxlan": (young_flows, unhit_rules)}


def make(base_folder, change):
    base = Snapshot(os.path.join(base_folder, "snapshot"))
    folder = os.path.join(base_folder, "trap-" + change.__name__.replace("_", "-"))
    told = kept(os.path.join(folder, "case.json"))
    index = dict(base.index)
    files = {}
    for kind in ("outputs", "recordOutputs"):
        changed = []
        for entry in base.index[kind]:
            text = base.text(entry)
            new = change(" ".join(entry["argv"]), text)
            if new != text:
                files[entry["file"]] = new
                changed.append(entry)
        index[kind] = changed
    if not files:
        sys.exit(f"{folder}: nothing to change")
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        if name != "golden.json":
            path = os.path.join(folder, name)
            shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)
    for name, text in files.items():
        os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    write_json(os.path.join(folder, "snapshot.json"), index)
    with open(os.path.join(base_folder, "case.json"), encoding="utf-8") as file:
        ports = json.load(file)["ports"]
    write_json(os.path.join(folder, "case.json"), {"text": change.__doc__, "ports": ports, "leaseLost": False, "removed": [], **told})


def main(base_folder):
    for change in TRAPS.get(os.path.basename(os.path.normpath(base_folder)), ()):
        make(base_folder, change)


if __name__ == "__main__":
    main(sys.argv[1])
