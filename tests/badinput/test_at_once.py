"""The same thing sent twice at the same moment, to a real server: it happens once, and both answers make sense."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest

from tests.doors import steps
from tests.doors.server import Server
from tests.doors.visitor import Answer, Outside

PHRASE = steps.PHRASE.format
TIMES = 4  # whoever taps twice, or has a slow network, or both


@dataclass
class Home:
    """A running server with a couple on it, and somebody alone."""

    server: Server
    people: dict[str, Outside]
    things: dict[str, str]

    def rows(self, query: str, *given: str) -> list[tuple]:
        with closing(sqlite3.connect(self.server.data / "usward.sqlite3")) as database:
            return database.execute(query, given).fetchall()

    def tabs(self, name: str, many: int) -> list[Outside]:
        """Browser tabs of one person: the same cookies, connections of their own."""
        return [tab_of(self.people[name]) for _ in range(many)]


def tab_of(person: Outside) -> Outside:
    other = Outside(person.port)
    other.cookies = dict(person.cookies)
    return other


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Iterator[Home]:
    # The hash is as slow as in life: two at once meet in the quarter of a second that it takes.
    server = Server(tmp_path_factory.mktemp("at-once"), {"TESTS_CHANGE": ""}).start()
    try:
        people = {name: server.visitor() for name in ("Anna", "Ben", "Sam")}
        steps.pair(people["Anna"], people["Ben"], ("Anna", "Ben"))
        steps.sign_up(people["Sam"], "Sam")
        thanks = uuid4()
        said = {"text": "The first.", "kind": "thanks", "when": "now", "id": str(thanks)}
        assert people["Anna"].post("/thanks/", said).status == 303
        question = next(form.action for form in people["Anna"].get("/").forms if form.action.startswith("/questions/q"))
        card = {"exchange": f"thanks:{thanks.hex}", "text": "The first", "id": str(uuid4())}
        assert people["Anna"].post("/tonight/", card).status == 303
        things = {"exchange": f"thanks:{thanks.hex}", "question": question, "card": card["id"]}
        yield Home(server, people, things)
    finally:
        server.stop()


def at_once(acts: list[Callable[[], Answer]]) -> list[Answer]:
    """Let all of them go at the same moment; their answers."""
    gate, answers = Barrier(len(acts)), []

    def go(act: Callable[[], Answer]) -> None:
        gate.wait(10)
        answers.append(act())

    threads = [Thread(target=go, args=(act,)) for act in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert len(answers) == len(acts), "somebody was not answered"
    return answers


def statuses(answers: list[Answer]) -> list[int]:
    return sorted(answer.status for answer in answers)


# Who, where, and what the form sends; {} is what is typed.
COMPOSERS = {
    "thanks": ("Anna", "/thanks/", {"text": "{}", "kind": "thanks", "when": "now"}),
    "a letter for tomorrow": ("Anna", "/thanks/", {"text": "{}", "kind": "compliment", "when": "tomorrow"}),
    "an answer": ("Anna", "@question", {"text": "{}"}),
    "the other's answer": ("Ben", "@question", {"text": "{}"}),
    "a reply": ("Ben", "/reply/", {"text": "{}", "exchange": "@exchange"}),
    "an own question": ("Ben", "/questions/own/", {"question": "Where to?", "text": "{}"}),
    "what is kept of a talk": ("Anna", "/kept/", {"line": "{}", "exchange": "@exchange", "card": "@card"}),
}


def sent(home: Home, name: str, words: str, entry: UUID) -> tuple[str, str, dict[str, str]]:
    who, path, fields = COMPOSERS[name]

    def filled(value: str) -> str:
        return home.things[value[1:]] if value.startswith("@") else value.format(words)

    return who, filled(path), {key: filled(value) for key, value in fields.items()} | {"id": str(entry)}


@pytest.mark.parametrize("name", COMPOSERS)
def test_a_double_tap_is_one_tap(home, name):
    entry = uuid4()
    who, path, fields = sent(home, name, f"Once: {name}.", entry)
    answers = at_once([partial(tab.post, path, fields) for tab in home.tabs(who, TIMES)])
    assert statuses(answers) == [303] * TIMES
    assert len(home.rows("SELECT 1 FROM entries_entry WHERE id = ?", entry.hex)) == 1
    said = home.rows("SELECT slot, version FROM entries_entry WHERE id = ?", entry.hex)
    assert len(home.rows("SELECT 1 FROM entries_entry WHERE slot = ? AND act = 1", said[0][0])) == 1


@pytest.mark.parametrize("name", [name for name in COMPOSERS if "answer" not in name])
def test_other_words_under_the_same_id_lose_neither(home, name):
    """Two copies of one page, each with words of its own: one is kept, the other is given back with its words."""
    entry, words = uuid4(), [f"Version {n} of {name}." for n in range(TIMES)]
    posts = []
    for tab, typed in zip(home.tabs(COMPOSERS[name][0], TIMES), words, strict=True):
        _, path, fields = sent(home, name, typed, entry)
        posts.append(partial(tab.post, path, fields))
    answers = at_once(posts)
    assert statuses(answers) == [303] + [409] * (TIMES - 1)
    given_back = [one for one in words if any(one in answer.text for answer in answers if answer.status == 409)]
    assert len(given_back) >= TIMES - 1
    assert len(home.rows("SELECT 1 FROM entries_entry WHERE id = ?", entry.hex)) == 1


def test_two_tabs_change_the_same_thing_at_once(home):
    """Both saw the same version. One change stands, the other is given back beside it, and nothing is lost."""
    said = {"mood": "low", "seen_by": "both", "line": "Before.", "id": str(uuid4())}
    assert home.people["Anna"].post("/checkin/", said).status == 303
    pages = [tab.get("/checkin/").form("checkin/") for tab in home.tabs("Anna", 2)]
    seen = {dict(page.fields)["replaces"] for page in pages}
    assert len(seen) == 1
    changes = [dict(page.fields) | {"line": f"From tab {n}.", "mood": "tired"} for n, page in enumerate(pages)]
    tabs = home.tabs("Anna", 2)
    answers = at_once([partial(tab.post, "/checkin/", one) for tab, one in zip(tabs, changes, strict=True)])
    assert statuses(answers) == [303, 409]
    [conflict] = [answer for answer in answers if answer.status == 409]
    assert "From tab 0." in conflict.text and "From tab 1." in conflict.text
    assert ("From tab 0." in home.people["Ben"].get("/").text) != ("From tab 1." in home.people["Ben"].get("/").text)


@pytest.mark.parametrize("turn", range(3))
def test_two_tabs_take_back_and_send_again_at_once(home, turn):
    """Whoever comes first: what was taken back stays taken back, and the same form once more does not bring it again."""
    thanks = {"text": f"Taken back {turn}?", "kind": "thanks", "when": "now", "id": str(uuid4())}
    assert home.people["Anna"].post("/thanks/", thanks).status == 303
    one, two, three = home.tabs("Anna", 3)
    gone = {"entry": thanks["id"], "next": "/"}
    answers = at_once(
        [
            partial(one.post, "/withdraw/", gone),
            partial(two.post, "/withdraw/", gone),
            partial(three.post, "/thanks/", thanks),
        ]
    )
    assert statuses(answers)[:2] == [303, 303] and statuses(answers)[2] in (303, 409)
    assert f"Taken back {turn}?" not in home.people["Ben"].get("/thanks/").text


def test_a_passphrase_is_kept_by_the_slow_hash(home):
    kept = home.rows("SELECT password FROM accounts_user")
    assert len(kept) >= 3 and all(one.startswith("usward$m=65536,t=3,p=4$") for (one,) in kept)


def test_signing_up_twice_is_one_account(home):
    fields = {"name": "Eva", "email": "eva@example.org", "passphrase": PHRASE("Eva"), "zone": "UTC", "text": "Yes."}
    visitors = [home.server.visitor() for _ in range(2)]
    for one in visitors:
        one.token()
    answers = at_once([partial(one.post, "/begin/", fields) for one in visitors])
    assert statuses(answers) == [303, 303]
    assert all("Sign in" not in one.get("/").text for one in visitors), "whoever made the account stands outside"
    assert len(home.rows("SELECT 1 FROM accounts_user WHERE email = 'eva@example.org'")) == 1
    assert not home.rows("SELECT 1 FROM spaces_space WHERE id NOT IN (SELECT space_id FROM spaces_partner)")
    assert steps.sign_in(home.server.visitor(), "Eva").status == 302


def test_two_who_come_by_one_invitation(home):
    """Somebody forwarded it. One comes in; the other is told that it has been used."""
    code = steps.code_for(home.people["Sam"])
    two = [home.server.visitor() for _ in range(2)]
    asked = [one.submit(one.get("/i/").form("i/"), {"code": code}).form("i/answer/") for one in two]
    answers = at_once([partial(two[n].submit, asked[n], {"text": f"Answer {n}"}) for n in range(2)])
    assert statuses(answers) == [200, 410]
    fields = {"name": "Tom", "email": "tom@example.org", "passphrase": PHRASE("Tom"), "zone": "UTC", "code": code}
    joining = [tab_of(one) for one in two for _ in range(2)]
    joins = at_once([partial(one.post, "/i/join/", fields) for one in joining])
    # Tom's own browser is let in each time; the other, which did not answer, where it comes with his passphrase afterwards.
    assert statuses(joins)[:2] == [303, 303] and set(statuses(joins)) <= {303, 410}
    assert len(home.rows("SELECT 1 FROM spaces_invitation WHERE invitee_id IS NOT NULL AND NOT merged")) == 1
    confirmations = [partial(tab.post, "/confirm/", confirming(home)) for tab in home.tabs("Sam", 2)]
    assert statuses(at_once(confirmations)) == [303, 303]


def confirming(home: Home) -> dict[str, str]:
    [(row,)] = home.rows("SELECT id FROM spaces_invitation WHERE invitee_id IS NOT NULL AND NOT merged")
    return {"invitation": str(UUID(hex=row)), "same": "yes"}


def test_a_new_passphrase_sent_twice_locks_nobody_out(home):
    new = {"present": PHRASE("Ben"), "passphrase": "quite another passphrase"}
    answers = at_once([partial(tab.post, "/settings/passphrase/", new) for tab in home.tabs("Ben", 2)])
    assert 303 in statuses(answers) and all(answer.status in (302, 303, 422) for answer in answers)
    person = home.server.visitor()
    assert steps.sign_in(person, "Ben", "quite another passphrase").status == 302
    assert person.get("/").status == 200
    home.people["Ben"] = person


@pytest.mark.parametrize("path", ["/settings/leave/", "/settings/delete/"])
def test_leaving_twice_is_leaving_once(home, path):
    """The last of these tests: Anna leaves Ben, and then deletes her account."""
    fields = {"passphrase": PHRASE("Anna"), "email": steps.email_of("Anna")}
    answers = at_once([partial(tab.post, path, fields) for tab in home.tabs("Anna", 2)])
    assert 303 in statuses(answers) and all(answer.status in (200, 302, 303) for answer in answers)
    assert "This place is closed now" in home.people["Ben"].get("/").text
    checked = home.server.command("check")
    assert checked.returncode == 0, checked.stdout
