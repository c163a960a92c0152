"""What a browser loads and when it has painted: the wire of a first and of a repeated visit, and the largest paint."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from benchmarks.servers import Server
from benchmarks.stats import Measured, measured, ratio
from benchmarks.table import Figure

ROUNDS = 11
PAINTED = """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
  .observe({ type: "largest-contentful-paint", buffered: true }))"""


@dataclass
class Wire:
    """What has come over the network, by DevTools' count: headers and bodies as they were sent."""

    kinds: dict[str, str] = field(default_factory=dict)
    bytes: dict[str, float] = field(default_factory=dict)

    def watch(self, page: Page) -> None:
        """Count from now on."""
        tools = page.context.new_cdp_session(page)
        tools.send("Network.enable")
        tools.on("Network.responseReceived", self._answered)
        tools.on("Network.loadingFinished", self._finished)

    def _answered(self, event: dict[str, Any]) -> None:
        if not event["response"].get("fromDiskCache") and event["response"]["url"].startswith("http"):
            self.kinds[event["requestId"]] = event["type"]

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self.kinds and event["encodedDataLength"]:
            self.bytes[event["requestId"]] = event["encodedDataLength"]

    def kib(self, fonts: bool = True) -> float:
        """Kilobytes, with or without fonts."""
        return sum(n for key, n in self.bytes.items() if fonts or self.kinds[key] != "Font") / 1000


def _visitor(browser: Browser, server: Server) -> BrowserContext:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    origin = f"http://localhost:{server.port}"
    context.add_cookies([{"name": n, "value": v, "url": origin} for n, v in server.who["anna"].items()])
    return context


def _visits(browser: Browser, server: Server) -> tuple[Wire, Wire]:
    """A first visit with an empty cache, and one more."""
    context = _visitor(browser, server)
    wires = []
    for _ in range(2):
        page, wire = context.new_page(), Wire()
        wire.watch(page)
        page.goto(f"http://localhost:{server.port}/", wait_until="networkidle")
        wires.append(wire)
        page.close()
    context.close()
    return wires[0], wires[1]


def _paint(browser: Browser, server: Server, path: str) -> float:
    context = _visitor(browser, server)
    page = context.new_page()
    page.goto(f"http://localhost:{server.port}{path}", wait_until="load")
    painted = float(page.evaluate(PAINTED))
    context.close()
    return painted


def figures(floor: Server, years: Server, browser: Browser) -> list[Figure]:
    """The rows of the browser."""
    first, again = _visits(browser, years)
    ours, naive = [], []
    for number in range(ROUNDS + 1):
        pair = _paint(browser, years, "/"), _paint(browser, floor, "/entries/")
        if number:
            ours.append(pair[0])
            naive.append(pair[1])
    paint = f"{measured(ours).value:.0f} ms; the naive page {measured(naive).value:.0f} ms"
    return [
        Figure(
            "first visit on the wire, fonts included",
            60,
            60,
            exactly(first.kib()),
            " kB",
            f"{len(first.bytes)} requests",
        ),
        Figure("first visit on the wire, without fonts", 28, 28, exactly(first.kib(fonts=False)), " kB"),
        Figure("repeat visit on the wire", 10, 5, exactly(again.kib()), " kB", f"{len(again.bytes)} request(s)"),
        Figure(
            "largest contentful paint, first visit ÷ naive page of 20 entries", 1.3, 1.0, ratio(ours, naive), note=paint
        ),
    ]


def exactly(value: float) -> Measured:
    """A count that does not scatter."""
    return Measured(value, value, value)
