"""From one's POST to the other's changed page: with a browser, and with a socket and a fetch; the bare relay beside it."""

import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection

from playwright.sync_api import Browser, Page
from websockets.sync.client import connect

from benchmarks.cpu import Request, post
from benchmarks.relay import Relay
from benchmarks.servers import PATIENCE, ROOT, Server, free_port
from benchmarks.stats import Measured, measured, quantile, ratio
from benchmarks.table import Figure

ROUNDS, WARM = 40, 5
WATCH = """() => { window.__changed = 0; new MutationObserver(() => {
  window.__changed ||= performance.timeOrigin + performance.now(); })
  .observe(document.getElementById("main"), { childList: true, subtree: true }); }"""


@contextlib.contextmanager
def relay() -> Iterator[Relay]:
    """The relay, in a process of its own."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.relay", str(port)], cwd=ROOT)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), contextlib.closing(Relay(port)) as both:
                time.sleep(0.1)
                yield both
                return
            time.sleep(0.05)
    finally:
        process.terminate()
        process.wait(10)


def _say(server: Server, connection: HTTPConnection, request: Request) -> None:
    method, path, body, headers = request()
    connection.request(method, path, body, {"Cookie": server.cookie()} | headers)
    response = connection.getresponse()
    response.read()
    assert response.status == 303, response.status


def _thanks(server: Server) -> Request:
    return post("/thanks/", server.token("/thanks/"), kind="thanks", when="now", text="You waited with the soup.")


def plain(server: Server) -> tuple[list[float], list[float]]:
    """Without a browser: the POST, the ping on the socket, and Today fetched. Milliseconds; and the relay's."""
    found, floors, request = [], [], _thanks(server)
    headers = {"Cookie": server.cookie("ben"), "Origin": f"http://127.0.0.1:{server.port}"}
    address = f"ws://127.0.0.1:{server.port}/live"
    one = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    other = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    with relay() as bare, connect(address, additional_headers=headers) as socket:
        for number in range(ROUNDS + WARM):
            floors.append(bare.once() * 1000)
            began = time.perf_counter()
            method, path, body, more = request()
            one.request(method, path, body, {"Cookie": server.cookie()} | more)
            socket.recv(timeout=10)
            other.request("GET", "/", headers={"Cookie": server.cookie("ben"), "Accept-Encoding": "br"})
            other.getresponse().read()
            found.append((time.perf_counter() - began) * 1000)
            one.getresponse().read()
            if number == WARM - 1:
                found.clear()
                floors.clear()
    one.close()
    other.close()
    return found, floors


def _changed(page: Page) -> float:
    handle = page.wait_for_function("() => window.__changed", timeout=10_000)
    return float(handle.json_value())


def in_browser(server: Server, browser: Browser) -> tuple[list[float], list[float]]:
    """With a browser: until the partner's document has changed. Milliseconds; and the relay's."""
    found, floors, request = [], [], _thanks(server)
    origin = f"http://localhost:{server.port}"
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_cookies([{"name": n, "value": v, "url": origin} for n, v in server.who["ben"].items()])
    page = context.new_page()
    page.goto(origin + "/")
    page.wait_for_selector("html[data-live=true]")
    connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    with relay() as bare:
        for number in range(ROUNDS + WARM):
            floors.append(bare.once() * 1000)
            page.evaluate(WATCH)
            time.sleep(0.03)
            began = time.time() * 1000
            _say(server, connection, request)
            found.append(_changed(page) - began)
            if number == WARM - 1:
                found.clear()
                floors.clear()
    connection.close()
    context.close()
    return found, floors


def figures(server: Server, browser: Browser) -> list[Figure]:
    """The rows of liveness."""
    seen, floors = in_browser(server, browser)
    heard, beside = plain(server)
    late = quantile(seen, 0.99)
    name = "POST → partner's page changed ÷ bare asyncio relay"
    return [
        Figure(f"{name}, in the browser", 20, 8, ratio(seen, floors), note=_absolute(seen, floors)),
        Figure(f"{name}, socket and fetch alone", 20, 8, ratio(heard, beside), note=_absolute(heard, beside)),
        Figure("the same in the browser, p99", 30, 30, Measured(late, late, late), " ms"),
    ]


def _absolute(values: list[float], floors: list[float]) -> str:
    return f"{measured(values).value:.1f} ms; the relay {measured(floors).value:.2f} ms"
