#!/usr/bin/python3
"""The neutron client: quantum's, renamed and deprecated."""
import os
import runpy

os.environ["CLIENT"] = "neutron"
runpy.run_path("/run/lab/lib/clients/quantum.py", run_name="__main__")
