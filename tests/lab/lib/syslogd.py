#!/usr/bin/python3
"""A node's syslog: writes what is sent to /dev/log to /var/log/syslog, as the flavour's distribution does.

  syslogd.py HOSTNAME grizzly|neutron       (RFC 3164 time stamps, or ISO 8601 as Debian 12's rsyslog)
"""
import datetime
import os
import re
import socket
import sys

host, flavour = sys.argv[1:]
# <priority>Mmm dd hh:mm:ss message
HEADER = re.compile(r"^<\d+>(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d )?")


def stamp():
    now = datetime.datetime.now(datetime.timezone.utc)
    return now.strftime("%b %e %H:%M:%S") if flavour == "grizzly" else now.isoformat(timespec="microseconds")


def main():
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listener.bind("/dev/log")
    os.chmod("/dev/log", 0o666)
    with open("/var/log/syslog", "a", buffering=1, encoding="utf-8") as log:
        while True:
            message = listener.recv(8192).decode("utf-8", "replace").rstrip("\n\0")
            log.write(f"{stamp()} {host} {HEADER.sub('', message)}\n")


main()
