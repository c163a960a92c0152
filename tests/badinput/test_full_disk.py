"""The disk takes nothing more: what is there can be read, and what can't be kept is said, with the words given back."""

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from uuid import uuid4

import pytest

from tests.doors import steps
from tests.doors.moments import filling
from tests.doors.server import Server
from tests.doors.visitor import Outside
from tests.doors.walk import NO_PAGES, Walk, route_of
from usward.kit import clock

DAY = 24 * 3600.0
TYPED = "Half a letter, with care."


@pytest.fixture(scope="module")
def lived(tmp_path_factory) -> Iterator[tuple[Server, list[dict[str, str]]]]:
    """A server that is not running, on which two have been through everything once."""
    server = Server(tmp_path_factory.mktemp("full")).start()
    people = [server.visitor(), server.visitor()]
    steps.pair(people[0], people[1], ("Anna", "Ben"))
    Walk(people, filling()).round()
    server.stop()
    yield server, [person.cookies for person in people]


def pulses(server: Server) -> set[int]:
    """What is kept as the count of each one's page."""
    with closing(sqlite3.connect(server.data / "usward.sqlite3")) as database:
        return {row[0] for row in database.execute("SELECT pulse FROM spaces_partner")}


def looked_at(person: Outside) -> Iterator[tuple[str, int]]:
    """Every page that links lead to from those that need no thing of anybody's, a few of each kind, and what was answered."""
    queue, often = Walk([person], filling()).starts(), dict[str, int]()
    for path in queue:
        route = route_of(path)
        often[path] = often.get(path, 0) + 1
        often[route] = often.get(route, 0) + 1
        if route in NO_PAGES or not route or often[path] > 1 or often[route] > 4:
            continue
        answer = person.get(path)
        queue += [one for one in answer.links if one.startswith("/")]
        yield path, answer.status


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="a limit for another process is Linux's")
@pytest.mark.parametrize("days", [1, 80])
def test_a_full_disk_can_be_read(lived, days):
    """No file of the server's may grow any more, which SQLite meets where it meets a full disk: at the end of a transaction."""
    server, cookies = lived
    server.env[clock.SHIFT] = str(days * DAY)
    server.start()
    people = [server.visitor(), server.visitor()]
    for person, jar in zip(people, cookies, strict=True):
        person.cookies = dict(jar)
    try:
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        for person in people:
            broken = [(path, status) for path, status in looked_at(person) if status >= 500]
            assert not broken
            pages = [person.get("/") for _ in range(2)]
            asked = [page.find(r'class="question">([^<]+)<') for page in pages]
            assert asked[0] == asked[1] != ""
            counted = {int(page.header("ETag").split("-")[1]) for page in pages}
            assert counted <= pulses(server), "a tag of what was not kept would be another page's, later"
        answer = people[0].post("/thanks/", {"text": TYPED, "kind": "thanks", "when": "now", "id": str(uuid4())})
        assert answer.status == 500 and TYPED in answer.text and "takes nothing new" in answer.text
        assert 'class="exit" method="post" action="/exit/"' in answer.text
        gone = people[1].post("/exit/")
        assert (gone.status, gone.header("Location")) == (303, "/exit/done/") and gone.header("Clear-Site-Data")
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        sent = people[0].post("/thanks/", {"text": TYPED, "kind": "thanks", "when": "now", "id": str(uuid4())})
        assert sent.status == 303
    finally:
        server.stop()
