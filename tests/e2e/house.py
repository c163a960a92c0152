"""A server started as `make run` starts it, and somebody with a browser in front of it."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from django.test import override_settings
from playwright.sync_api import BrowserContext, Error, Page

from tests.hour import later
from usward.kit import clock
from usward.prepare import RECORD, _migrations, _static, _templates, _write

ROOT = Path(__file__).parents[2]
PHONE = {"width": 390, "height": 844}


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class House:
    """A running Usward."""

    data: Path
    port: int
    env: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> "House":
        environment = os.environ | {"USWARD_DATA": str(self.data), "PORT": str(self.port)} | self.env
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "usward", "serve"], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
        )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server did not start: {self.process.stderr.read()}")
            try:
                urllib.request.urlopen(self.url + "/health", timeout=5)
                return self
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server did not answer within a minute")

    def begin_again(self, after: float) -> None:
        """Stop, and start again this many seconds after the hour of the tests."""
        self.stop()
        self.env[clock.SHIFT] = later(after)
        self.start()

    def stop(self) -> str:
        assert self.process is not None
        self.process.terminate()
        _, errors = self.process.communicate(timeout=60)
        return errors


def ready(first: Path, to: Path) -> Path:
    """A copy of a prepared folder that says of itself that it is prepared. Otherwise a server would look at the
    migrations, and make static files and templates again, because the copy is another file in another place."""
    shutil.copytree(first, to)
    with override_settings(STATIC_ROOT=to / "static"):
        known = {"migrations": _migrations(to), "static": _static(), "templates": _templates()}
        _write(to / RECORD, known)
    return to


class Person:
    """Somebody with a browser of their own. Console errors and requests to elsewhere are remembered."""

    def __init__(self, house: House, context: BrowserContext) -> None:
        self.house, self.context = house, context
        self.troubles: list[str] = []
        context.set_default_timeout(90_000)
        self.page: Page = context.new_page()
        self.page.on("console", lambda m: self.troubles.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("request", self._local)

    def _local(self, request) -> None:
        if not request.url.startswith((self.house.url, self.house.url.replace("http", "ws"), "data:", "blob:")):
            self.troubles.append(f"asked elsewhere: {request.url}")

    def go(self, path: str) -> Page:
        self.page.goto(self.house.url + path)
        return self.page


def source(page: Page) -> str:
    """The whole page, once it stands: what was tapped last may be leading to another just now."""
    for _ in range(50):
        page.wait_for_load_state()
        with contextlib.suppress(Error):
            return page.content()
        page.wait_for_timeout(100)
    return page.content()
