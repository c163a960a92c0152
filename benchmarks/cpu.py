"""Processor time a request: Today, old pages, a POST; each right beside the floor, round by round."""

import contextlib
from collections.abc import Callable
from http.client import HTTPConnection
from urllib.parse import urlencode
from uuid import uuid4

from benchmarks.servers import PATIENCE, Server
from benchmarks.stats import Measured, ratio
from benchmarks.table import Figure

ROUNDS, REQUESTS = 7, 20
Request = Callable[[], tuple[str, str, str | None, dict[str, str]]]


def batch(server: Server, request: Request, expect: int, count: int = REQUESTS) -> float:
    """Milliseconds of the server's processor time for each of some requests, one after the other."""
    with contextlib.closing(HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)) as connection:
        before = server.cpu()
        for _ in range(count):
            method, path, body, headers = request()
            connection.request(method, path, body, {"Cookie": server.cookie(), "Accept-Encoding": "br"} | headers)
            response = connection.getresponse()
            response.read()
            assert response.status == expect, f"{method} {path}: {response.status}"
        return (server.cpu() - before) / count * 1000


def get(path: str, **headers: str) -> Request:
    """A GET, always the same."""
    fixed = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda: ("GET", path, None, fixed)


def post(path: str, token: str, **fields: str) -> Request:
    """A POST with an id of its own each time."""
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return lambda: ("POST", path, urlencode({"csrfmiddlewaretoken": token, "id": str(uuid4())} | fields), kind)


def rounds(cases: dict[str, tuple[Server, Request, int]]) -> dict[str, list[float]]:
    """Every case in every round; the first round only warms up."""
    found: dict[str, list[float]] = {name: [] for name in cases}
    for number in range(ROUNDS + 1):
        for name, (server, request, expect) in cases.items():
            spent = batch(server, request, expect)
            if number:
                found[name].append(spent)
    return found


def figures(floor: Server, month: Server, years: Server) -> list[Figure]:
    """The rows of processor time."""
    for server in (floor, month, years):
        server.token("/entries/" if server is floor else "/thanks/")  # a browser that was here before has its cookie
    for path in ("/", f"/questions/{years.who['question']}/"):
        years.ask("GET", path)  # a first look of a day, or at a shared moment, is noted
    tag = years.ask("GET", "/")[0].headers["ETag"]
    pages = {"Today": "/", "thanks": "/thanks/", "questions": "/questions/"}
    cases: dict[str, tuple[Server, Request, int]] = {"floor": (floor, get("/"), 200)}
    for name, path in pages.items():
        cases[f"{name} month"] = (month, get(path), 200)
        cases[f"{name} years"] = (years, get(path), 200)
    for name, server in (("month", month), ("years", years)):
        cases[f"a question {name}"] = (server, get(f"/questions/{server.who['question']}/"), 200)
    cases["unchanged"] = (years, get("/", If_None_Match=tag), 304)
    found = rounds(cases)
    today = ratio(found["Today years"], found["floor"])
    unchanged = ratio(found["unchanged"], found["floor"])
    rows = [
        Figure(
            "Today, signed in, with content: server CPU ÷ floor", 2, 1.3, today, note=absolute(found, "Today years")
        ),
        Figure("Today, unchanged (304) ÷ floor", 0.5, 0.5, unchanged, note=absolute(found, "unchanged")),
    ]
    for name in [*pages, "a question"]:
        grown: Measured = ratio(found[f"{name} years"], found[f"{name} month"])
        rows.append(Figure(f"ten years ÷ one month: {name}", 1.25, 1.05, grown, note=absolute(found, f"{name} years")))
    return rows


def posts(floor: Server, years: Server) -> list[Figure]:
    """A thank-you of a hundred characters, sealed, against one plain row."""
    words = "You made tea before I was awake, and left the window open, so that I could hear the birds all morning."
    plain = post("/put/", floor.token("/entries/"), text=words)
    sealed = post("/thanks/", years.token("/thanks/"), kind="thanks", when="now", text=words)
    found = rounds({"floor": (floor, plain, 302), "POST": (years, sealed, 303)})
    beside = ratio(found["POST"], found["floor"])
    name = "POST of an entry, sealing included ÷ floor's POST of one row"
    return [Figure(name, 1.5, 1.0, beside, note=absolute(found, "POST"))]


def absolute(found: dict[str, list[float]], name: str) -> str:
    """The milliseconds behind a ratio."""
    middle = sorted(found[name])[len(found[name]) // 2]
    below = sorted(found["floor"])[len(found["floor"]) // 2]
    return f"{middle:.1f} ms; the floor {below:.1f} ms"
