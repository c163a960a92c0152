"""`usward demo`, running, for the test of the demo and for `make look`."""

import contextlib
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.e2e.house import ROOT, House, free_port


@contextlib.contextmanager
def running_demo(temporary: Path) -> Iterator[House]:
    """`usward demo` as somebody starts it, its throwaway folder below `temporary`."""
    house = House(temporary, free_port())
    environment = os.environ | {"PORT": str(house.port), "TMPDIR": str(temporary), "TZ": "Europe/Copenhagen"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "usward", "demo"]
    house.process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and house.process.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(house.url + "/health", timeout=120)
            break
    try:
        yield house
    finally:
        assert house.stop() == ""
