#!/usr/bin/python3
"""The nova client for the lab: list, show NAME|ID, console-log [--length N] NAME|ID."""
import sys

import records
import tables


def show(server):
    return {"status": server["status"], "updated": records.CREATED, "OS-EXT-STS:task_state": "None",
            "OS-EXT-SRV-ATTR:host": server["host"], f"{server['network']} network": server["ip"],
            "OS-EXT-STS:vm_state": "active", "OS-EXT-SRV-ATTR:instance_name": server["instance_name"],
            "OS-EXT-SRV-ATTR:hypervisor_hostname": server["host"], "id": server["id"], "name": server["name"],
            "created": records.CREATED, "tenant_id": server["tenant_id"], "OS-EXT-STS:power_state": "1", "metadata": "{}"}


def main(arguments):
    records.need_credentials("ERROR: You must provide a username via either --os-username or env[OS_USERNAME]")
    servers = records.servers(records.load())
    command, *rest = arguments or ["help"]
    length = None
    if "--length" in rest:
        at = rest.index("--length")
        length = int(rest[at + 1])
        del rest[at:at + 2]
    if command == "list":
        print(tables.table(("ID", "Name", "Status", "Networks"),
                           [(s["id"], s["name"], s["status"], f"{s['network']}={s['ip']}") for s in servers]))
        return
    if command not in ("show", "console-log") or not rest:
        sys.exit(f"error: argument <subcommand>: invalid choice: '{command}'")
    wanted = [w for w in rest if not w.startswith("-")][0]
    server = records.find(servers, wanted, f"ERROR: No server with a name or ID of '{wanted}' exists.")
    if command == "show":
        print(tables.table(("Property", "Value"), sorted(show(server).items())))
    else:
        lines = records.console(server["name"]).splitlines()
        print("\n".join(lines if length is None else lines[-length:]))


main(sys.argv[1:])
