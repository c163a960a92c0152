"""A real server process with a folder, a temporary folder and a log of its own. It can be stopped, or killed."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

from tests.doors.visitor import Outside
from tests.e2e.house import ROOT, free_port


@dataclass
class Server:
    """`usward serve`, as `make run` starts it."""

    place: Path
    env: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    @property
    def data(self) -> Path:
        return self.place / "data"

    @property
    def log(self) -> Path:
        return self.place / "log.txt"

    @property
    def temp(self) -> Path:
        return self.place / "temp"

    def environment(self) -> dict[str, str]:
        """For this server, and for commands on its folder."""
        own = {"USWARD_DATA": str(self.data), "PORT": str(self.port), "TMPDIR": str(self.temp), "USWARD_OPEN": "1"}
        found = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        return found | own | self.env

    def start(self) -> "Server":
        self.temp.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "usward", "serve"]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment(), stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server did not start: {self.log.read_text()[-2000:]}")
            try:
                wire = HTTPConnection("127.0.0.1", self.port, timeout=10)
                wire.request("GET", "/health")
                if wire.getresponse().status == 200:
                    return self
            except OSError:
                time.sleep(0.05)
            finally:
                wire.close()
        raise RuntimeError("the server did not answer within a minute")

    def visitor(self) -> Outside:
        return Outside(self.port)

    def command(self, *arguments: str) -> subprocess.CompletedProcess:
        """Another `usward` command on the same folder."""
        command = [sys.executable, "-m", "usward", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.environment(), capture_output=True, text=True, timeout=120)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)

    def kill(self) -> None:
        """As a power cut does it: no goodbye."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(60)
