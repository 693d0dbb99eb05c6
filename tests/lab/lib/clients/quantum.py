#!/usr/bin/python3
"""The quantum client (and, later, the neutron one) for the lab: the commands that an operator asks about DHCP.

  quantum [-f table|json] [-c COLUMN ...] COMMAND [NAME|ID] [--KEY=VALUE ...]
"""
import json
import os
import sys

import records
import tables

LISTS = {
    "net-list": (records.networks, ("id", "name", "subnets")),
    "subnet-list": (records.subnets, ("id", "name", "cidr", "allocation_pools")),
    "port-list": (records.ports, ("id", "name", "mac_address", "fixed_ips")),
    "agent-list": (records.agents, ("id", "agent_type", "host", "alive", "admin_state_up")),
    "dhcp-agent-list-hosting-net": (records.hosting_agents, ("id", "host", "admin_state_up", "alive")),
    "security-group-list": (records.security_groups, ("id", "name", "description")),
    "security-group-rule-list": (records.rules, ("id", "security_group", "direction", "protocol", "remote_ip_prefix",
                                                 "remote_group")),
}
SHOWS = {"net-show": (records.networks, "network"), "subnet-show": (records.subnets, "subnet"),
         "port-show": (records.ports, "port"), "agent-show": (records.agents, "agent")}


def parse(arguments):
    """Splits the command line into command, names, format, columns and filters."""
    words, filters, form, columns = [], {}, "table", []
    rest = iter(a for a in arguments if a != "--")
    for word in rest:
        if word in ("-f", "--format"):
            form = next(rest, form)
        elif word in ("-c", "--column"):
            columns.append(next(rest, ""))
        elif word.startswith("--") and word not in ("--long",):
            key, _, value = word[2:].partition("=")
            filters[key.replace("-", "_")] = value or next(rest, "")
        elif not word.startswith("-"):
            words.append(word)
    return words[:1], words[1:], form, columns, {k: v for k, v in filters.items() if not k.startswith("os_")}


def cell(name, value):
    if name == "alive":
        return ":-)" if value else "xxx"
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(v if isinstance(v, str) else json.dumps(v) for v in value)
    return json.dumps(value) if isinstance(value, dict) else value


def shown(row, era):
    """The fields that the client of that era shows of a record."""
    row = dict(row)
    hybrid = row.pop("hybrid", None)
    row.pop("hosting", None)
    if era == "grizzly":
        row.pop("mtu", None)
        if "binding:host_id" in row:
            del row["binding:host_id"]
            row["binding:capabilities"] = {"port_filter": True}
    elif hybrid is not None:
        row["binding:vif_details"] = {"port_filter": True, "ovs_hybrid_plug": hybrid, "datapath_type": "netdev",
                                      "bridge_name": "br-int"}
    return dict(sorted(row.items()))


def list_rows(lab, command, filters, wanted):
    rows, columns = LISTS[command]
    kept = [r for r in rows(lab) if all(str(r.get(k, "")) == v for k, v in filters.items())]
    if command == "net-list":
        cidr = lab["subnet"]["cidr"]
        kept = [dict(r, subnets=[f"{s} {cidr}" for s in r["subnets"]]) for r in kept]
    # Columns that are asked for may be any field, and come in the alphabet's order.
    if wanted and kept:
        kept = [shown(r, lab["flavour"]) for r in kept]
        columns = [c for c in kept[0] if c in wanted]
    return kept, columns


def main(arguments):
    tool = os.environ.get("CLIENT", "quantum")
    if arguments == ["--version"]:
        print({"quantum": "2.2.0", "neutron": "9.0.0"}[tool])
        return
    records.need_credentials("You must provide a username via either --os-username or env[OS_USERNAME]")
    command, names, form, wanted, filters = parse(arguments)
    lab = records.load()
    command = command[0] if command else "help"
    if tool == "neutron":
        print("neutron CLI is deprecated and will be removed in the Z cycle. Use openstack CLI instead.", file=sys.stderr)
    if command in LISTS:
        if command == "dhcp-agent-list-hosting-net":
            records.find(records.networks(lab), names[0], f"Unable to find network with name '{names[0]}'")
        rows, columns = list_rows(lab, command, filters, wanted)
        if form == "json":
            print(json.dumps([{c: r[c] for c in columns} for r in rows]))
        elif rows:
            print(tables.table(columns, [[cell(c, r[c]) for c in columns] for r in rows]))
        else:
            print()
    elif command in SHOWS:
        rows, noun = SHOWS[command]
        row = shown(records.find(rows(lab), names[0], f"Unable to find {noun} with name '{names[0]}'"), lab["flavour"])
        print(json.dumps(row) if form == "json" else
              tables.table(("Field", "Value"), [(k, cell("", v)) for k, v in row.items()]))
    else:
        sys.exit(f"Unknown command ['{command}']")


main(sys.argv[1:])
