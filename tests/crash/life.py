"""What two people do while the server dies under them, and what must be true when it is back.

An acknowledged word is one whose form was answered with a redirection before the end.
"""

import random
import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass, field
from uuid import uuid4

from tests.doors import steps
from tests.doors.server import Server
from tests.doors.visitor import Outside

GONE = (OSError, Exception)  # the connection breaks in one of many ways when a server dies


@dataclass
class Couple:
    """Two people on one server. `said` are acknowledged words with their ids; `tried` are all that were sent."""

    server: Server
    number: int
    host: Outside
    guest: Outside
    said: dict[str, str] = field(default_factory=dict)
    tried: dict[str, str] = field(default_factory=dict)
    trouble: list[str] = field(default_factory=list)
    checked: int = 0

    def names(self) -> tuple[str, str]:
        return f"Host{self.number}", f"Guest{self.number}"

    def write(self, person: Outside, stop: threading.Event, seed: int) -> None:
        """Thank again and again, each time with words of its own, until the end."""
        turn = random.Random(seed)
        while not stop.is_set():
            entry, words = str(uuid4()), f"word{seed}x{turn.getrandbits(60):x}"
            self.tried[entry] = words
            try:
                answer = person.post("/thanks/", {"text": words, "kind": "thanks", "when": "now", "id": entry})
            except GONE:
                return
            if answer.status != 303:
                self.trouble.append(f"a thank-you was answered with {answer.status}")
                return
            self.said[entry] = words
            stop.wait(0.02)


def pairing(server: Server, number: int, done: list[str]) -> None:
    """The road to one space. `done` gets the name of each step that was acknowledged."""
    host, guest, (one, two) = server.visitor(), server.visitor(), (f"Host{number}", f"Guest{number}")
    try:
        steps.sign_up(host, one, f"answer of {one}")
        done.append("signed up")
        code = steps.code_for(host)
        steps.join(guest, two, code, f"answer of {two}")
        done.append("joined")
        steps.confirm(host)
        done.append("confirmed")
        guest.get("/")
        done.append("merged")
    except GONE:
        return


def check_pairing(server: Server, number: int, done: list[str]) -> list[str]:
    """Whether each acknowledged step stands, and the next can be taken, up to one space for the two."""
    one, two = f"Host{number}", f"Guest{number}"
    host, guest = server.visitor(), server.visitor()
    if "signed up" not in done:
        return []
    if steps.sign_in(host, one).status != 302:
        return [f"{one} signed up and cannot sign in"]
    if "joined" not in done:
        return [] if host.get("/").status == 200 else [f"{one} has no Today"]
    if steps.sign_in(guest, two).status != 302:
        return [f"{two} joined and cannot sign in"]
    today = host.get("/")
    if any(form.action.endswith("confirm/") for form in today.forms):
        if "confirmed" in done:
            return ["an acknowledged confirmation is asked for again"]
        steps.confirm(host)
    theirs = guest.get("/")
    wrong = [] if f"Tell {one}" in theirs.text else [f"{two} is not with {one}: pairing did not go on"]
    for person, name in ((host, one), (guest, two)):
        archive = person.get("/questions/")
        if archive.status != 200 or "waits for both" in archive.text:
            wrong.append(f"{name} does not have both first answers")
    return wrong


def check_words(couple: Couple) -> list[str]:
    """Every word acknowledged since the last look opens for both; none stands twice, nothing else broke."""
    wrong = list(couple.trouble)
    for person, name in zip((couple.host, couple.guest), couple.names(), strict=True):
        person.close()
        text, path, most = "", "/thanks/", 2 + len(couple.tried) // 12
        while path and most:
            page = person.get(path)
            text, most = text + page.text, most - 1
            following = page.text.partition('href="?from=')[2].partition('"')[0]
            path = f"/thanks/?from={following}" if following else ""
        wrong += [f"{name} does not see {entry}" for entry, words in couple.said.items() if words not in text]
        wrong += [f"{name} sees {entry} twice" for entry, words in couple.tried.items() if text.count(words) > 1]
    couple.checked += len(couple.said)
    couple.said.clear()
    couple.tried.clear()
    return wrong


def check_database(server: Server) -> list[str]:
    """SQLite's own look at the files, and ours at doubled rows."""
    with closing(sqlite3.connect(server.data / "usward.sqlite3")) as database:
        said = database.execute("PRAGMA integrity_check").fetchone()[0]
        broken = database.execute("PRAGMA foreign_key_check").fetchall()
        twice = database.execute(
            "SELECT slot, count(*) FROM entries_entry WHERE current GROUP BY space_id, slot HAVING count(*) > 1"
        ).fetchall()
    return [f"{what}: {found}" for what, found in (("rows", broken), ("slots", twice)) if found] + (
        [] if said == "ok" else [f"integrity_check: {said}"]
    )
