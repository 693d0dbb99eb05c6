"""What the control plane would say of the lab: its records by API names, read from lab.json, never changed here."""
import json
import os
import sys

LAB = "/run/lab/state"
CREATED = "2013-05-08T14:40:00Z"


def load():
    with open(LAB + "/lab.json", encoding="utf-8") as file:
        return json.load(file)


def need_credentials(message):
    if not all(os.environ.get(name) for name in ("OS_USERNAME", "OS_PASSWORD", "OS_AUTH_URL")):
        sys.exit(message)


def networks(lab):
    n = lab["network"]
    return [{"admin_state_up": n["adminStateUp"], "id": n["id"], "mtu": n["mtu"], "name": n["name"],
             "provider:network_type": n["type"], "provider:physical_network": n["physicalNetwork"],
             "provider:segmentation_id": n["segmentationId"], "router:external": False, "shared": False,
             "status": n["status"], "subnets": n["subnets"], "tenant_id": n["tenantId"]}]


def subnets(lab):
    s = lab["subnet"]
    return [{"allocation_pools": [{"start": s["start"], "end": s["end"]}], "cidr": s["cidr"], "dns_nameservers": [],
             "enable_dhcp": s["enableDhcp"], "gateway_ip": s["gateway"], "host_routes": [], "id": s["id"], "ip_version": 4,
             "name": s["name"], "network_id": lab["network"]["id"], "tenant_id": lab["network"]["tenantId"]}]


def port(lab, own, device_id, owner, port_id, groups, hybrid):
    return {"admin_state_up": own["adminStateUp"], "binding:host_id": own["node"], "binding:vif_type": own.get("vifType", "ovs"),
            "hybrid": hybrid, "device_id": device_id, "device_owner": owner,
            "fixed_ips": [{"subnet_id": lab["subnet"]["id"], "ip_address": own["ip"]}], "id": port_id,
            "mac_address": own["mac"], "name": "", "network_id": lab["network"]["id"], "security_groups": groups,
            "status": own["status"], "tenant_id": lab["network"]["tenantId"]}


def ports(lab):
    listed = [p for p in lab["dhcpPorts"] if p["listed"]]
    hybrid = lab["plug"] == "hybrid"
    return ([port(lab, p, p["deviceId"], "network:dhcp", p["id"], [], hybrid) for p in listed] +
            [port(lab, i, i["id"], "compute:nova", i["portId"], [lab["securityGroup"]["id"]], i["plug"] == "hybrid")
             for i in lab["instances"]] +
            [port(lab, r, r["id"], "network:router_interface", r["portId"], [], hybrid)
             for r in [lab.get("router")] if r])


def rules(lab):
    group = lab["securityGroup"]
    opened = [("ingress", "IPv4", "icmp", None, None, None), ("ingress", "IPv4", "tcp", 22, None, None)]
    if lab["flavour"] == "grizzly":
        drawn = [*opened, ("egress", "IPv4", None, None, None, None), ("egress", "IPv6", None, None, None, None)]
    else:
        drawn = [("ingress", "IPv6", None, None, None, group["id"]), ("ingress", "IPv4", None, None, None, group["id"]),
                 ("egress", "IPv4", None, None, None, None), ("egress", "IPv6", None, None, None, None), *opened]
    return [{"id": rule_id, "security_group_id": group["id"], "security_group": group["name"], "direction": d, "ethertype": e,
             "protocol": p, "port_range_min": port_number, "port_range_max": port_number, "remote_ip_prefix": prefix,
             "remote_group_id": remote, "remote_group": remote and group["name"], "tenant_id": lab["network"]["tenantId"]}
            for rule_id, (d, e, p, port_number, prefix, remote) in zip(group["rules"], drawn)]


def security_groups(lab):
    group = lab["securityGroup"]
    return [{"id": group["id"], "name": group["name"], "description": group["name"], "tenant_id": lab["network"]["tenantId"]}]


def agents(lab):
    return [{"id": a["id"], "agent_type": a["type"], "host": a["host"], "alive": a["alive"], "binary": a["binary"],
             "admin_state_up": a["adminStateUp"], "hosting": a.get("hosting", False)} for a in lab["agents"]]


def hosting_agents(lab):
    return [a for a in agents(lab) if a["hosting"]]


def servers(lab):
    return [{"id": i["id"], "name": i["name"], "status": "ACTIVE", "host": i["node"], "ip": i["ip"],
             "network": lab["network"]["name"], "tenant_id": lab["network"]["tenantId"],
             "instance_name": "instance-%08x" % (index + 1)} for index, i in enumerate(lab["instances"])]


def console(name):
    try:
        with open(f"{LAB}/console/{name}", encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def find(rows, wanted, message):
    """The one row of that id or name."""
    found = [r for r in rows if wanted in (r["id"], r.get("name"))]
    if len(found) != 1:
        sys.exit(message)
    return found[0]
