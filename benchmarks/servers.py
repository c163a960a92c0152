"""Servers as processes of their own, on 127.0.0.1: started, measured from outside, stopped."""

import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PATIENCE = 60.0


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Server:
    """One server, and somebody who is signed in there."""

    command: list[str]
    env: dict[str, str]
    probe: str
    who: dict[str, Any] = field(default_factory=dict)
    port: int = 0
    process: "subprocess.Popen[bytes] | None" = None
    cookies: dict[str, str] = field(default_factory=dict)

    def start(self) -> float:
        """Start it; gives the seconds until it had answered."""
        self.port = free_port()
        command = [part.format(port=self.port) for part in self.command]
        env = os.environ | self.env | {"PORT": str(self.port)}
        env.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled once, as for whoever did not ask otherwise
        began = time.monotonic()
        self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
        while time.monotonic() - began < PATIENCE:
            with contextlib.suppress(OSError):
                response, _ = self.ask("GET", self.probe, cookies={})
                if response.status < 500:
                    return time.monotonic() - began
            time.sleep(0.002)
        raise RuntimeError(f"{command} did not answer")

    def stop(self) -> None:
        """Ask it to end, and wait until it has."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)

    def cpu(self) -> float:
        """Seconds of processor time that it has used, in all its threads, to the nanosecond (/proc/PID/stat counts in 10 ms)."""
        assert self.process is not None
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(one.read_text().split()[0]) for one in threads) / 1e9

    def memory(self) -> float:
        """MiB of memory that are its own share (PSS)."""
        assert self.process is not None
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{self.process.pid}/smaps_rollup").read_text(), re.M)
        assert found is not None
        return int(found[1]) / 1024

    def cookie(self, name: str = "anna") -> str:
        """The Cookie header of somebody signed in."""
        return "; ".join(f"{key}={value}" for key, value in (self.cookies | self.who[name]).items())

    def ask(
        self,
        method: str,
        path: str,
        body: str | None = None,
        headers: dict[str, str] | None = None,
        cookies: dict[str, str] | None = None,
    ) -> tuple[HTTPResponse, bytes]:
        """One request on a connection of its own."""
        with contextlib.closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            cookie = {} if cookies is not None or not self.who else {"Cookie": self.cookie()}
            connection.request(method, path, body, cookie | (headers or {}))
            response = connection.getresponse()
            return response, response.read()

    def token(self, path: str) -> str:
        """A CSRF token from a page with a form; its cookie is kept."""
        response, page = self.ask("GET", path)
        for line in response.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            if "csrf" in name:
                self.cookies[name] = value
        found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found is not None, f"{path} ({response.status}) has no form"
        return found[1].decode()


def usward(folder: Path, who: dict[str, Any] | None = None) -> Server:
    """Usward as `make run` starts it, on a data folder."""
    return Server([sys.executable, "-m", "usward", "serve"], {"USWARD_DATA": str(folder)}, "/health", who or {})


def floor(folder: Path, who: dict[str, Any] | None = None) -> Server:
    """The floor."""
    options = ["--no-access-log", "--log-level", "warning", "--no-server-header", "--port", "{port}"]
    command = [sys.executable, "-m", "uvicorn", "benchmarks.floor.asgi:application", *options]
    return Server(command, {"FLOOR_DATA": str(folder)}, "/put/", who or {})


def made(module: str, folder: Path, *arguments: str) -> dict[str, Any]:
    """Run a seed in a process of its own; gives what it printed."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    env = os.environ | {"USWARD_DATA": str(folder), "FLOOR_DATA": str(folder)}
    run = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, timeout=1800
    )
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found


@contextlib.contextmanager
def running(*servers: Server) -> Iterator[None]:
    """Some servers, for a while."""
    try:
        for server in servers:
            server.start()
        yield
    finally:
        for server in servers:
            server.stop()
