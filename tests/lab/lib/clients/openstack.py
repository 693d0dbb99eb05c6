#!/usr/bin/python3
"""The openstack client for the lab: network, subnet, port, network agent, security group (rule), server and console log;
-f table or json, as python-openstackclient of Zed prints them."""
import json
import sys

import records
import tables

MISSING = "No %s found for %s"


def network_row(n):
    return {"ID": n["id"], "Name": n["name"], "Subnets": n["subnets"]}


def subnet_row(s):
    return {"ID": s["id"], "Name": s["name"], "Network": s["network_id"], "Subnet": s["cidr"]}


def port_row(p):
    return {"ID": p["id"], "Name": p["name"], "MAC Address": p["mac_address"], "Fixed IP Addresses": p["fixed_ips"],
            "Status": p["status"]}


def long_port_row(p):
    return dict(port_row(p), **{"Security Groups": None, "Device Owner": p["device_owner"], "Tags": []})


def agent_row(a):
    return {"ID": a["id"], "Agent Type": a["agent_type"], "Host": a["host"],
            "Availability Zone": "nova" if a["agent_type"] == "DHCP agent" else None, "Alive": a["alive"],
            "State": a["admin_state_up"], "Binary": a["binary"]}


def rule_row(r):
    port = "" if r["port_range_min"] is None else f"{r['port_range_min']}:{r['port_range_max']}"
    return {"ID": r["id"], "IP Protocol": r["protocol"], "Ethertype": r["ethertype"],
            "IP Range": r["remote_ip_prefix"] or ("0.0.0.0/0" if r["ethertype"] == "IPv4" else "::/0"), "Port Range": port,
            "Direction": r["direction"], "Remote Security Group": r["remote_group_id"], "Remote Address Group": None,
            "Security Group": r["security_group_id"]}


def group_row(g):
    return {"ID": g["id"], "Name": g["name"], "Description": g["description"], "Project": g["tenant_id"], "Tags": []}


def server_row(s):
    return {"ID": s["id"], "Name": s["name"], "Status": s["status"], "Networks": {s["network"]: [s["ip"]]},
            "Image": "", "Flavor": ""}


def show_network(n):
    return {"admin_state_up": n["admin_state_up"], "id": n["id"], "mtu": n["mtu"], "name": n["name"],
            "port_security_enabled": True, "project_id": n["tenant_id"],
            **{k: n[k] for k in ("provider:network_type", "provider:physical_network", "provider:segmentation_id",
                                 "router:external", "shared", "status", "subnets")}, "tags": []}


def show_subnet(s):
    return {"allocation_pools": s["allocation_pools"], "cidr": s["cidr"], "dns_nameservers": s["dns_nameservers"],
            "enable_dhcp": s["enable_dhcp"], "gateway_ip": s["gateway_ip"], "host_routes": [], "id": s["id"], "ip_version": 4,
            "ipv6_address_mode": None, "ipv6_ra_mode": None, "name": s["name"], "network_id": s["network_id"],
            "project_id": s["tenant_id"], "tags": []}


def show_port(p):
    details = {"connectivity": "l2", "port_filter": True, "ovs_hybrid_plug": p["hybrid"], "datapath_type": "netdev",
               "bridge_name": "br-int", "bound_drivers": {"0": "openvswitch"}}
    return {"admin_state_up": p["admin_state_up"], "allowed_address_pairs": [], "binding_host_id": p["binding:host_id"],
            "binding_profile": {}, "binding_vif_details": details, "binding_vif_type": p["binding:vif_type"],
            "binding_vnic_type": "normal", "device_id": p["device_id"], "device_owner": p["device_owner"],
            "extra_dhcp_opts": [], "fixed_ips": p["fixed_ips"], "id": p["id"], "mac_address": p["mac_address"],
            "name": p["name"], "network_id": p["network_id"], "port_security_enabled": bool(p["security_groups"]),
            "project_id": p["tenant_id"], "security_group_ids": p["security_groups"], "status": p["status"], "tags": []}


def show_agent(a):
    return {"admin_state_up": a["admin_state_up"], "agent_type": a["agent_type"], "alive": a["alive"],
            "binary": a["binary"], "host": a["host"], "id": a["id"]}


def show_server(s):
    return {"OS-EXT-SRV-ATTR:host": s["host"], "OS-EXT-SRV-ATTR:instance_name": s["instance_name"],
            "addresses": {s["network"]: [s["ip"]]}, "id": s["id"], "name": s["name"], "project_id": s["tenant_id"],
            "status": s["status"]}


NOUNS = {
    "network": (records.networks, network_row, network_row, show_network, "Network"),
    "subnet": (records.subnets, subnet_row, subnet_row, show_subnet, "Subnet"),
    "port": (records.ports, port_row, long_port_row, show_port, "Port"),
    "network agent": (records.agents, agent_row, agent_row, show_agent, "Agent"),
    "security group": (records.security_groups, group_row, group_row, group_row, "SecurityGroup"),
    "security group rule": (records.rules, rule_row, rule_row, rule_row, "SecurityGroupRule"),
    "server": (records.servers, server_row, server_row, show_server, "Server"),
}


def parse(arguments):
    words, options = [], {}
    rest = iter(arguments)
    for word in rest:
        if word in ("--long", "--all-projects"):
            options[word] = True
        elif word.startswith("--") and "=" in word:
            key, _, options_value = word.partition("=")
            options[key] = options_value
        elif word.startswith("-"):
            options[word] = next(rest, "")
        else:
            words.append(word)
    return words, options


def cell(name, value):
    if name == "Alive":
        return ":-)" if value else "XXX"
    if name in ("State", "admin_state_up"):
        return "UP" if value else "DOWN"
    if name == "allocation_pools":
        return ",".join(f"{p['start']}-{p['end']}" for p in value)
    if isinstance(value, dict):
        return ", ".join(f"{k}='{v}'" for k, v in sorted(value.items()))
    if isinstance(value, list):
        return "\n".join(cell("", v) if isinstance(v, dict) else str(v) for v in value)
    return str(value)


def list_command(lab, noun, options):
    rows, short, long, _, _ = NOUNS[noun]
    kept = rows(lab)
    if noun == "port" and "--device-id" in options:
        kept = [p for p in kept if p["device_id"] == options["--device-id"]]
    if noun == "port" and "--server" in options:
        server = records.find(records.servers(lab), options["--server"], MISSING % ("Server", options["--server"]))
        kept = [p for p in kept if p["device_id"] == server["id"]]
    if noun == "port" and "--device-owner" in options:
        kept = [p for p in kept if p["device_owner"] == options["--device-owner"]]
    if noun in ("port", "network agent") and "--network" in options:
        network = records.find(records.networks(lab), options["--network"], MISSING % ("Network", options["--network"]))
        kept = [r for r in kept if r.get("network_id", network["id"]) == network["id"] and r.get("hosting", True)]
    shape = long if "--long" in options else short
    return [shape(r) for r in kept]


def main(arguments):
    records.need_credentials("Missing value auth-url required for auth plugin password")
    words, options = parse(arguments)
    lab = records.load()
    as_json = options.get("-f", options.get("--format", "table")) == "json"
    if words[:3] == ["console", "log", "show"]:
        server = records.find(records.servers(lab), words[3], f"No server with a name or ID of '{words[3]}' exists.")
        print(records.console(server["name"]), end="")
        return
    if "list" in words and " ".join(words[:words.index("list")]) in NOUNS:
        rows = list_command(lab, " ".join(words[:words.index("list")]), options)
        if as_json:
            print(json.dumps(rows, indent=2))
        else:
            print(tables.table(list(rows[0]), [[cell(k, v) for k, v in r.items()] for r in rows]) if rows else "")
        return
    if "show" in words and " ".join(words[:words.index("show")]) in NOUNS:
        at = words.index("show")
        rows, _, _, shape, title = NOUNS[" ".join(words[:at])]
        row = shape(records.find(rows(lab), words[at + 1], MISSING % (title, words[at + 1])))
        print(json.dumps(row, indent=2) if as_json else
              tables.table(("Field", "Value"), [(k, cell(k, v)) for k, v in row.items()]))
        return
    sys.exit(f"openstack: '{' '.join(words)}' is not an openstack command. See 'openstack --help'.")


main(sys.argv[1:])
