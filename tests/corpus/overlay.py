#!/usr/bin/python3
"""Makes the corpus out of gathered snapshots.

  overlay.py base SNAPSHOT BASE-FOLDER LAB.JSON VICTIM            a healthy cloud: the snapshot as it is, and what is true of it
  overlay.py case SNAPSHOT BASE-FOLDER LAB.JSON VICTIM CODE VARIANT LOST TEXT
                                                                  a fault: only the outputs that differ from the base's, and what is true
VICTIM is the instance of lab.json that the fault hits, LOST whether it asked in vain (true, false).
Of outputs that differ in nothing but ages, counters and their own processes, the base's stay.
"""
import json
import os
import re
import shutil
import sys

FLOW_VOLATILE = re.compile(r"\b(?:duration|n_packets|n_bytes|idle_age|hard_age)=[\d.]+s?,?")
RULE_COUNTERS = re.compile(r"\[\d+:\d+\]")
BRIDGE_TIMERS = re.compile(r"\b(\w+_timer)\s+[\d.]+")
ONLY_NUMBERS = re.compile(r"^\s+[\d\s]+$")
# The gathering itself, in a list of processes.
OWN_PROCESSES = ("ps", "sh", "head", "timeout", "sshd:", "sleep", "[")
LAST_SEEN = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?")
OVS_VOLATILE = {"statistics", "_version", "next_cfg", "cur_cfg", "link_resets"}


def lines_of_flows(text):
    return sorted(FLOW_VOLATILE.sub("", line) for line in text.splitlines())


def lines_of_rules(text):
    return [RULE_COUNTERS.sub("", line) for line in text.splitlines() if not line.startswith("#")]


def lines_of_links(text):
    return [BRIDGE_TIMERS.sub(r"\1", line) for line in text.splitlines() if not ONLY_NUMBERS.match(line)]


def lines_of_learned(text):
    return sorted(line.split()[:3] for line in text.splitlines())


def lines_of_processes(text):
    """User, number and command of each line of ps -ef."""
    rows = [line.split(None, 7) for line in text.splitlines()]
    return sorted((row[0], row[1], row[7]) for row in rows if len(row) == 8 and not row[7].startswith(OWN_PROCESSES))


def lines_of_table(text):
    tables = []
    for line in text.splitlines():
        try:
            table = json.loads(line)
        except ValueError:
            tables.append(line)
            continue
        kept = [i for i, name in enumerate(table["headings"]) if name not in OVS_VOLATILE]
        tables.append(sorted(json.dumps([row[i] for i in kept]) for row in table["data"]))
    return tables


def essence(argv, text):
    """What of an output a fault can change."""
    command = " ".join(argv)
    if "dump-flows" in command:
        return lines_of_flows(text)
    if "iptables-save" in command:
        return lines_of_rules(text)
    if "fdb" in command:
        return lines_of_learned(text)
    if "--format=json" in command and "ovs-vsctl" in command:
        return lines_of_table(text)
    if argv[0] == "ps" or " ps " in command:
        return lines_of_processes(text)
    if "link" in argv:
        return lines_of_links(text)
    if argv[0] in ("openstack", "neutron", "quantum", "nova"):
        return LAST_SEEN.sub("", text)
    return text


class Snapshot:
    """A snapshot's folder, its outputs by what they are."""

    def __init__(self, folder):
        self.folder = folder
        with open(os.path.join(folder, "snapshot.json"), encoding="utf-8") as file:
            self.index = json.load(file)

    def entries(self, kind):
        found = {}
        for entry in self.index[kind]:
            key = (entry["computerName"], entry["collector"], entry["subject"], tuple(entry["argv"]))
            found.setdefault(key, entry)
        return found

    def text(self, entry):
        if not entry["file"]:
            return ""
        with open(os.path.join(self.folder, entry["file"]), encoding="utf-8", errors="replace") as file:
            return file.read()

    def facts(self, entry):
        return (entry["exitStatus"], entry["timedOut"], entry["truncated"], LAST_SEEN.sub("", entry["standardError"]),
                essence(entry["argv"], self.text(entry)))


def overlay(base, case, folder):
    """Writes what differs as a snapshot of its own; returns the outputs of the base that are not there any more."""
    index = dict(case.index)
    removed = []
    files = set()
    for kind in ("outputs", "recordOutputs"):
        before, after = base.entries(kind), case.entries(kind)
        changed = [entry for key, entry in after.items() if key not in before or case.facts(entry) != base.facts(before[key])]
        index[kind] = changed
        files.update(entry["file"] for entry in changed if entry["file"])
        removed += [{"computerName": key[0], "argv": list(key[3])} for key in before if key not in after]
    for name in sorted(files):
        target = os.path.join(folder, name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copyfile(os.path.join(case.folder, name), target)
    write_json(os.path.join(folder, "snapshot.json"), index)
    return removed


def write_json(path, value):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file, indent=1)
        file.write("\n")


def kept(path, *keys):
    """What a case says that the lab does not know: it stays."""
    try:
        with open(path, encoding="utf-8") as file:
            return {key: value for key, value in json.load(file).items() if key in ("knownWrong", "judgedAs", *keys)}
    except FileNotFoundError:
        return {}


def make_base(snapshot, folder, lab, victim):
    path = os.path.join(folder, "case.json")
    told = kept(path, "text", "fault")
    shutil.rmtree(os.path.join(folder, "snapshot"), ignore_errors=True)
    shutil.copytree(snapshot, os.path.join(folder, "snapshot"))
    nodes = {node["computerName"] for node in Snapshot(snapshot).index["nodes"]}
    ports = [one["portId"] for one in lab["instances"] if one["node"] in nodes]
    write_json(path, {"text": "a healthy cloud", "seed": lab["seed"], "ports": ports, "leaseLost": False, **told})


def make_case(snapshot, base_folder, victim, code, variant, lost, text):
    folder = os.path.join(base_folder, f"{code}-{variant}")
    path = os.path.join(folder, "case.json")
    told = kept(path)
    golden = os.path.join(folder, "golden.json")
    held = open(golden, encoding="utf-8").read() if os.path.exists(golden) else None
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    if held is not None:
        with open(golden, "w", encoding="utf-8") as file:
            file.write(held)
    removed = overlay(Snapshot(os.path.join(base_folder, "snapshot")), Snapshot(snapshot), folder)
    write_json(path, {"text": text, "fault": code, "variant": variant, "ports": [victim["portId"]], "leaseLost": lost == "true",
                      "removed": removed, **told})


def main(kind, snapshot, folder, lab_file, victim, *fault):
    with open(lab_file, encoding="utf-8") as file:
        lab = json.load(file)
    if kind == "base":
        make_base(snapshot, folder, lab, json.loads(victim))
    else:
        make_case(snapshot, folder, json.loads(victim), *fault)


if __name__ == "__main__":
    main(*sys.argv[1:])
