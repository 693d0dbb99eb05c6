#!/usr/bin/python3
"""Draws a cloud's records at random and prints them as JSON (lab.json): what is to be built.

  plan.py SEED FLAVOUR NETWORK-TYPE PLUG DHCP-AGENTS L2POP SSH ROUTER
  plan.py --instance LAB.JSON NAME NODE PLUG     the same records with one more instance
"""
import ipaddress
import json
import random
import sys

NODES = ("controller", "compute1", "compute2", "netnode")
WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron", "islet", "juniper", "kelp", "larch")


class Draw:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def uuid(self):
        digits = "%032x" % self.random.getrandbits(128)
        variant = self.random.choice("89ab")
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"

    def mac(self, prefix="fa:16:3e"):
        return prefix + "".join(":%02x" % self.random.randrange(256) for _ in range(3))

    def name(self):
        return "%s-%02x" % (self.random.choice(WORDS), self.random.randrange(256))

    def hosts(self, network, count, spared=()):
        hosts = [str(a) for a in network.hosts() if str(a) not in spared]
        return self.random.sample(hosts, count)


def draw_nodes(draw, dhcp_agents):
    r = draw.random
    underlay = ipaddress.ip_network("10.%d.%d.0/24" % (r.randrange(1, 255), r.randrange(256)))
    *addresses, operator = draw.hosts(underlay, len(NODES) + 1)
    tags = r.sample(range(1, 61), len(NODES))
    tunnel_ids = r.sample(range(1, 31), len(NODES))
    dhcp_nodes = ("netnode", "compute2")[:dhcp_agents]
    nodes = []
    for name, address, tag, tunnel_id in zip(NODES, addresses, tags, tunnel_ids):
        node = {"name": name, "address": address, "mac": draw.mac("08:00:27"), "roles": ["controller"]}
        if name != "controller":
            node["roles"] = ["network", "compute"] if name == "netnode" else ["compute"]
            if name in dhcp_nodes and "network" not in node["roles"]:
                node["roles"].append("network")
            node.update(localVlan=tag, tunnelId=tunnel_id, cookie="0x%016x" % r.getrandbits(64))
        nodes.append(node)
    return nodes, {"cidr": str(underlay), "operator": operator}, dhcp_nodes


def draw_network(draw, flavour, kind):
    r = draw.random
    segment = {"gre": r.randrange(1, 5000), "vxlan": r.randrange(1, 70000), "vlan": r.randrange(100, 4000)}.get(kind)
    mtu = 1500 if flavour == "grizzly" else {"gre": 1458, "vxlan": 1450}.get(kind, 1500)
    prefix = r.choice((24, 24, 25, 26))
    base = r.choice(("172.%d.%d.0" % (r.randrange(16, 32), r.randrange(256)), "192.168.%d.0" % r.randrange(256)))
    cidr = ipaddress.ip_network(f"{base}/{prefix}")
    hosts = list(cidr.hosts())
    subnet_id = draw.uuid()
    network = {"id": draw.uuid(), "name": draw.name(), "type": kind, "segmentationId": segment, "mtu": mtu,
               "physicalNetwork": "physnet1" if kind in ("vlan", "flat") else None, "adminStateUp": True,
               "status": "ACTIVE", "tenantId": draw.uuid().replace("-", ""), "subnets": [subnet_id]}
    subnet = {"id": subnet_id, "name": "", "cidr": str(cidr), "prefix": prefix, "gateway": str(hosts[0]),
              "start": str(hosts[1]), "end": str(hosts[-1]), "enableDhcp": True,
              "leaseSeconds": 120 if flavour == "grizzly" else 86400}
    return network, subnet


def draw_agents(draw, flavour, dhcp_nodes):
    service = "quantum" if flavour == "grizzly" else "neutron"
    agents = [{"id": draw.uuid(), "type": "Open vSwitch agent", "host": n, "alive": True, "adminStateUp": True,
               "binary": service + "-openvswitch-agent"} for n in NODES if n != "controller"]
    agents += [{"id": draw.uuid(), "type": "DHCP agent", "host": n, "alive": True, "adminStateUp": True,
                "hosting": True, "binary": service + "-dhcp-agent"} for n in dhcp_nodes]
    return agents


def taken(lab):
    return {lab["subnet"]["gateway"]} | {p["ip"] for p in lab["dhcpPorts"] + lab["instances"]}


def draw_dhcp_port(draw, lab, node):
    cidr = ipaddress.ip_network(lab["subnet"]["cidr"])
    return {"id": draw.uuid(), "mac": draw.mac(), "ip": draw.hosts(cidr, 1, taken(lab))[0], "node": node,
            "deviceId": "dhcp%s-%s" % (draw.uuid(), lab["network"]["id"]), "adminStateUp": True, "status": "ACTIVE",
            "listed": True}


def draw_instance(draw, lab, name, node, plug):
    cidr = ipaddress.ip_network(lab["subnet"]["cidr"])
    return {"name": name, "id": draw.uuid(), "portId": draw.uuid(), "mac": draw.mac(), "node": node, "plug": plug,
            "ip": draw.hosts(cidr, 1, taken(lab))[0], "adminStateUp": True, "status": "ACTIVE", "zone": 4096 + 1 + len(lab["instances"])}


def draw_router(draw, lab):
    return {"id": draw.uuid(), "portId": draw.uuid(), "mac": draw.mac(), "ip": lab["subnet"]["gateway"],
            "node": "netnode", "adminStateUp": True, "status": "ACTIVE"}


def draw_lab(seed, flavour, kind, plug, dhcp_agents, l2pop, ssh, router):
    draw = Draw(seed)
    nodes, underlay, dhcp_nodes = draw_nodes(draw, dhcp_agents)
    network, subnet = draw_network(draw, flavour, kind)
    lab = {"seed": seed, "flavour": flavour, "plug": plug, "l2pop": l2pop, "underlay": underlay, "nodes": nodes, "network": network,
           "subnet": subnet, "securityGroup": {"id": draw.uuid(), "name": "default", "rules": [draw.uuid() for _ in range(4)]},
           "agents": draw_agents(draw, flavour, dhcp_nodes), "dhcpPorts": [], "instances": [], "faults": {}}
    lab["dhcpPorts"] = []
    for node in dhcp_nodes:
        lab["dhcpPorts"].append(draw_dhcp_port(draw, lab, node))
    used = set()
    for node in NODES[1:]:
        name = next(n for n in iter(draw.name, None) if n not in used)
        used.add(name)
        lab["instances"].append(draw_instance(draw, lab, name, node, plug))
    group = lab["securityGroup"]
    group["ssh"] = ssh
    if ssh and flavour == "neutron":
        group["rules"] += [draw.uuid(), draw.uuid()]
    lab["router"] = draw_router(draw, lab) if router else None
    return lab


def main(arguments):
    if arguments[0] == "--instance":
        path, name, node, plug = arguments[1:]
        with open(path, encoding="utf-8") as file:
            lab = json.load(file)
        if any(i["name"] == name for i in lab["instances"]):
            sys.exit(f"instance {name} exists")
        lab["instances"].append(draw_instance(Draw(f"{lab['seed']}/{name}"), lab, name, node, plug))
    else:
        seed, flavour, kind, plug, dhcp_agents, l2pop, ssh, router = arguments
        lab = draw_lab(int(seed), flavour, kind, plug, int(dhcp_agents), l2pop == "yes", ssh == "yes", router == "yes")
    json.dump(lab, sys.stdout, indent=1)


main(sys.argv[1:])
