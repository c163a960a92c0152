"""An old backup is restored: what was deleted since it was made does not come back, for people as for their words."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from html import unescape
from uuid import uuid4

import pytest

from tests.doors import steps
from tests.doors.server import Server
from tests.doors.visitor import Outside
from tests.e2e.house import ready
from usward.kit.datafolder import DATABASE

PHRASE = steps.PHRASE.format


@dataclass
class Since:
    """One server that was backed up, lived on, and was put back to what the backup holds."""

    server: Server
    people: dict[str, Outside]
    ids: dict[str, str] = field(default_factory=dict)
    question: str = ""

    def rows(self, query: str, *given: str) -> list[tuple]:
        with closing(sqlite3.connect(self.server.data / DATABASE)) as database:
            return database.execute(query, given).fetchall()

    def back(self, name: str) -> Outside:
        """This person, in a new browser, signed in."""
        person = self.server.visitor()
        answer = steps.sign_in(person, name)
        assert answer.status == 302, f"{name} is not let in"
        return person


def thank(person: Outside, text: str) -> None:
    said = {"text": text, "kind": "thanks", "when": "now", "id": str(uuid4())}
    assert person.post("/thanks/", said).status == 303


def todays(person: Outside) -> str:
    """The address of the question of today."""
    return next(form.action for form in person.get("/").forms if form.action.startswith("/questions/q"))


def before(people: dict[str, Outside]) -> None:
    for host, guest in (("Anna", "Ben"), ("Cleo", "Dan"), ("Olaf", "Pia")):
        steps.pair(people[host], people[guest], (host, guest))
        thank(people[host], f"From {host}.")
        thank(people[guest], f"From {guest}.")
        people[host].post("/questions/limits/", {"ceiling": "3"})
        people[host].post("/questions/skip/", {"exchange": todays(people[host]).split("/")[2]})
        people[host].post("/draft/", {"composer": "thanks", "draft-text": f"{host} is typing"})
    steps.sign_up(people["Sam"], "Sam")
    thank(people["Sam"], "To nobody yet.")


def after(people: dict[str, Outside], question: str) -> None:
    """Anna and Sam delete their accounts, Cleo leaves, Olaf takes back what Pia could not read."""
    for name in ("Anna", "Sam"):
        fields = {"passphrase": PHRASE(name), "email": steps.email_of(name)}
        assert people[name].post("/settings/delete/", fields).status == 303
    assert people["Cleo"].post("/settings/leave/", {"passphrase": PHRASE("Cleo")}).status == 303
    waiting = people["Olaf"].get(question).form("withdraw/")
    people["Olaf"].submit(waiting, {})


@pytest.fixture(scope="module")
def since(tmp_path_factory, first_start) -> Since:
    server = Server(tmp_path_factory.mktemp("restored"))
    ready(first_start, server.data)
    server.start()
    people = {name: server.visitor() for name in ("Anna", "Ben", "Cleo", "Dan", "Olaf", "Pia", "Sam")}
    found = Since(server, people)
    try:
        before(people)
        found.question = todays(people["Pia"])
        answer = {"text": "Olaf waits for Pia.", "id": str(uuid4())}
        assert people["Olaf"].post(found.question, answer).status == 303
        found.ids = dict(found.rows("SELECT email, id FROM accounts_user"))
        made = server.command("backup")
        assert made.returncode == 0, made.stderr
        [archive] = (server.data / "backups").glob("*.tar")
        after(people, found.question)
        server.stop()
        restored = server.command("restore", str(archive))
        assert restored.returncode == 0, restored.stderr
        server.start()
        yield found
    finally:
        server.stop()


@pytest.mark.parametrize("name", ["Anna", "Sam"])
def test_a_deleted_account_stays_deleted(since, name):
    person = since.ids[steps.email_of(name)]
    assert steps.sign_in(since.server.visitor(), name).status == 422
    assert steps.email_of(name).encode() not in (since.server.data / DATABASE).read_bytes()
    for table in ("vault_keywrap", "vault_userkeys", "vault_couplewrap"):
        assert not since.rows(f"SELECT 1 FROM {table} WHERE owner = ?", person), table
    for table in ("accounts_alert", "accounts_session", "spaces_partner"):
        assert not since.rows(f"SELECT 1 FROM {table} WHERE user_id = ?", person), table
    theirs = "SELECT id FROM spaces_partner WHERE user_id IS NULL"
    assert not since.rows(f"SELECT 1 FROM entries_draft WHERE partner_id IN ({theirs})")
    assert not since.rows(f"SELECT 1 FROM entries_entry WHERE scope = 1 AND author_id IN ({theirs})")


def test_a_place_that_nobody_is_left_in_is_gone(since):
    places = {row[0] for row in since.rows("SELECT id FROM spaces_space")}
    lived_in = {row[0] for row in since.rows("SELECT space_id FROM spaces_partner WHERE user_id IS NOT NULL")}
    assert places == lived_in  # Sam was alone
    for table, column in (("vault_couplewrap", "space"), ("vault_coupleepoch", "space"), ("entries_entry", "space_id")):
        assert {row[0] for row in since.rows(f"SELECT {column} FROM {table}")} <= places, table


def test_whoever_stayed_keeps_what_they_had(since):
    for stayed, left in (("Ben", "Anna"), ("Dan", "Cleo")):
        person = since.back(stayed)
        assert "This place is closed now" in person.get("/").text
        archive = person.get("/thanks/").text
        assert f"From {stayed}." in archive and f"From {left}." in archive
        assert person.post("/settings/check/").status == 200
        thank(person, f"{stayed} goes on.")
        assert f"{stayed} goes on." in person.get("/thanks/").text


def test_a_parting_is_not_undone(since):
    """Cleo had left: her keys of the place stay away, and what is her own is with her."""
    cleo = since.ids[steps.email_of("Cleo")]
    [(old,)] = since.rows("SELECT space_id FROM spaces_partner WHERE user_id = ?", cleo)
    assert not since.rows("SELECT 1 FROM vault_couplewrap WHERE owner = ? AND space = ?", cleo, old)
    person = since.back("Cleo")
    today = person.get("/")
    assert today.status == 200 and "Dan" not in today.text and "cleo is typing" in today.text.lower()
    archive = person.get("/thanks/")
    assert archive.status == 200 and "From" not in archive.text
    [(new,)] = since.rows("SELECT space_id FROM spaces_partner WHERE user_id = ?", cleo)
    assert new != old
    assert since.rows("SELECT 1 FROM entries_entry WHERE space_id = ? AND scope = 1", new)
    assert "opened" in person.post("/settings/check/").text
    thank(person, "To somebody, some day.")
    assert "To somebody, some day." in person.get("/thanks/").text


def test_what_was_taken_back_opens_nothing(since):
    """Without the act of taking back, Pia's answer would open for Olaf against words that are not there any more."""
    olaf, pia = since.back("Olaf"), since.back("Pia")
    assert "Olaf waits" not in olaf.get(since.question).text
    assert pia.post(since.question, {"text": "Pia's answer.", "id": str(uuid4())}).status == 303
    assert "Pia's answer." in unescape(pia.get(since.question).text)
    assert "answer." not in olaf.get(since.question).text
    assert olaf.post(since.question, {"text": "Once more.", "id": str(uuid4())}).status == 303
    assert "Once more." in pia.get(since.question).text


def test_the_whole_is_whole(since):
    checked = since.server.command("check")
    assert checked.returncode == 0, checked.stdout
