#!/usr/bin/python3
"""ssh's ProxyCommand (with ProxyUseFdpass): connects and hands the connection over to ssh.  connect.py ADDRESS PORT"""
import array
import socket
import sys

connection = socket.create_connection((sys.argv[1], int(sys.argv[2])))
with socket.socket(fileno=sys.stdout.fileno()) as ssh:
    ssh.sendmsg([b"\0"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [connection.fileno()]))])
