"""Planted words are found nowhere: not in the database or its journal, files, temporary files, logs, backups.

The one declared exception is the e-mail address: it is a login name, and stands in the database as it is.
"""

import base64
import os
import tarfile
from collections import Counter

import pytest

from tests.canary.planting import Planter
from tests.canary.words import files_under, forms_of, search, streams_in, zipped
from tests.doors.server import Server


def everything(server: Server) -> dict[str, bytes]:
    """All that lies about: the data folder, temporary files, the log, and a backup's inside."""
    made = server.command("backup", "--to", str(server.place / "copies"))
    assert made.returncode == 0, made.stderr
    for archive in (server.place / "copies").glob("*.tar"):
        with tarfile.open(archive) as tar:
            tar.extractall(server.place / "unpacked", filter="data")
    return files_under(server.place) | {"output of backup": (made.stdout + made.stderr).encode()}


def planted(server: Server, *, refusals: bool = True) -> Planter:
    planter = Planter(server.visitor(), server.visitor())
    planter.pair()
    for number in range(4):
        planter.names(server.visitor(), number)
    planter.practices()
    if refusals:
        planter.refusals(server.visitor())
        planter.every_form()
    return planter


def by_field(planter: Planter, found: dict[str, set[str]]) -> str:
    fields = planter.kept.planted | planter.refused.planted
    counted = Counter((fields[word], place) for word, places in found.items() for place in places)
    return "; ".join(f"{count} × {field} in {place}" for (field, place), count in counted.most_common(20))


@pytest.fixture
def serve(tmp_path):
    servers: list[Server] = []

    def start(name: str, env: dict[str, str] | None = None) -> Server:
        servers.append(Server(tmp_path / name, env or {}).start())
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


def test_no_planted_word_is_found(serve):
    server = serve("sealed")
    planter = planted(server)
    words = [*planter.kept.planted, *planter.refused.planted]
    assert len(words) >= 200, f"only {len(words)} words were planted"
    while_running = everything(server)
    assert any(name.endswith("-wal") for name in while_running), "there is no journal to search"
    assert b"anna@example.org" in b"".join(while_running.values()), "the search does not see the database"
    found = search(words, while_running)
    assert not found, f"{len(found)} planted words lie in the clear: {by_field(planter, found)}"
    server.stop()
    found = search(words, files_under(server.place))
    assert not found, f"after the end {len(found)} planted words lie in the clear: {by_field(planter, found)}"


def test_control_run_finds_all_when_nothing_is_sealed(serve):
    server = serve("open", {"TESTS_CHANGE": "hurried,unsealed"})
    planter = planted(server, refusals=False)
    found = search(planter.kept.planted, everything(server))
    missed = [where for word, where in planter.kept.planted.items() if word not in found]
    assert len(planter.kept.planted) >= 200 and not missed, f"the search missed {Counter(missed)}"


@pytest.mark.parametrize("offset", range(3))
def test_the_search_finds_every_form(offset):
    word = "Kanaribcdfghjkvogel"
    raw = b"." * offset + word.encode()
    for hidden in (*forms_of(word), base64.b64encode(raw + b"--tail"), zipped(raw), base64.b64encode(zipped(raw))):
        assert word in search([word], {"file": os.urandom(500) + hidden + os.urandom(500)})
    assert not search([word], {"file": os.urandom(100_000)})
    assert list(streams_in(b"abc" + zipped(raw))) == [raw]
