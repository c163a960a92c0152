"""With the PIN due, no page that one can come to shows what is its owner's alone, drafts among it; nothing of it is lost."""

import re
from collections import deque
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.accounts.test_pin_and_devices import with_pin
from tests.doors.page import PageParser
from tests.doors.routes import routes
from usward.kit import clock

pytestmark = pytest.mark.django_db(transaction=True)
NOT_LOOKED_AT = ("/sign-out/", "/exit/", "/media/", "/demo/", "/health", "/settings/export/")
KIND = "Something kind"
A_WHILE = timedelta(minutes=16)


def every_page(person) -> dict[str, PageParser]:
    """All that can be reached by links, from every address that needs no thing of anybody's."""
    queue = deque(route.fill() for route in routes() if not route.parameters)
    found: dict[str, PageParser] = {}
    while queue:
        path = queue.popleft().partition("#")[0]
        if path in found or not path.startswith("/") or path.startswith(NOT_LOOKED_AT):
            continue
        answer = person.client.get(path)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            found[path] = parser = PageParser()
            parser.text = answer.content.decode()
            parser.feed(parser.text)
            queue.extend(parser.links)
    return found


def seen(person, words: set[str]) -> set[str]:
    """Which of the words stand on any page."""
    text = "".join(page.text for page in every_page(person).values())
    return {word for word in words if word in text}


def draft(person, composer: str, **fields: str) -> int:
    typed = {f"draft-{name}": text for name, text in fields.items()}
    return person.client.post("/draft/", {"composer": composer, **typed}).status_code


def own_words(person) -> set[str]:
    """One of each thing that one can write for oneself, and a draft in every field that keeps one."""
    own = {
        "/checkin/": {"mood": "low", "line": "own-checkin", "seen_by": "me"},
        "/us/dreams/new/": {"text": "own-dream", "who": "me"},
        "/us/kind-eye/new/": {"saw": "own-quarrel"},
        "/talk/say-it/new/": {"saw": "own-waits", "felt": "", "ask": "", "act": "wait", "need": "quiet"},
    }
    for where, fields in own.items():
        assert person.client.post(where, fields | {"id": str(uuid4())}).status_code in (302, 303), where
    words = {"own-checkin", "own-dream", "own-quarrel", "own-waits"}
    for page in every_page(person).values():
        for form in page.forms:
            fields = [name for name, kind in form.kinds.items() if kind == "textarea"]
            if form.draft and fields and form.draft != "checkin":
                word = f"draft-{re.sub(r'[^a-z0-9]', '-', form.draft)}-x"
                assert draft(person, form.draft, **{fields[0]: word}) == 204
                words.add(word)
    return words


def test_no_page_shows_it(anna):
    with_pin(anna)
    words = own_words(anna)
    assert len(words) > 10
    there = seen(anna, words)
    assert words - there <= {"own-waits"}, "the walk does not come by it even without a PIN"
    with clock.travel(A_WHILE):
        assert seen(anna, words) == set()
        anna.client.post("/pin/", {"pin": "2580"})
        assert seen(anna, words) == there


def test_what_is_typed_meanwhile_is_kept_beside_what_rests(anna):
    with_pin(anna)
    assert draft(anna, "thanks", text="an earlier draft") == 204
    with clock.travel(A_WHILE):
        assert "an earlier draft" not in (page := anna.client.get("/thanks/").content.decode())
        assert "wait behind your PIN" in page and "/pin/?next=/thanks/" in page
        assert draft(anna, "thanks", text="over it") == 202  # the page says that this one stands on the page alone
        said = {"kind": "thanks", "text": "You were there.", "when": "now", "id": str(uuid4())}
        assert anna.client.post("/thanks/", said).status_code == 303  # sending does not drop what rests, either
        assert draft(anna, "checkin", mood="", line="typed since") == 204
        assert "typed since" in anna.client.get("/checkin/").content.decode()
        assert draft(anna, "checkin", mood="", line="typed since, and on") == 204
    with clock.travel(timedelta(minutes=40)):  # still the same time without a PIN
        assert "typed since, and on" in anna.client.get("/checkin/").content.decode()
        anna.client.post("/pin/", {"pin": "2580"})
        assert "an earlier draft" in anna.client.get("/thanks/").content.decode()
        assert "typed since, and on" in anna.client.get("/checkin/").content.decode()
    with clock.travel(timedelta(minutes=60)):  # and the next one is another
        assert "typed since" not in anna.client.get("/checkin/").content.decode()


def test_a_draft_that_is_too_long_is_not_said_to_be_kept(anna):
    anna.sign_in()
    answer = anna.client.post("/draft/", {"composer": "thanks", "draft-text": "x" * 70_000})
    assert answer.status_code == 202 and "too long" in answer.content.decode()


def test_an_own_checkin_is_named_and_not_shown(anna, ben):
    ben.sign_in()
    kind = {"kind": "thanks", "text": "You laughed with me.", "when": "now", "id": str(uuid4())}
    assert ben.client.post("/thanks/", kind).status_code == 303
    with clock.travel(timedelta(days=6)):
        with_pin(anna)
        an_own_checkin_is_named_and_not_shown(anna)


def an_own_checkin_is_named_and_not_shown(anna):
    mine = {"mood": "low", "line": "for myself", "seen_by": "me", "id": str(uuid4())}
    assert anna.client.post("/checkin/", mine).status_code == 303
    unchanged = anna.client.get("/")["ETag"]
    assert "for myself" in (page := anna.client.get("/").content.decode()) and KIND in page
    with clock.travel(A_WHILE):
        answer = anna.client.get("/", headers={"If-None-Match": unchanged})
        page = answer.content.decode()
        assert answer.status_code == 200 and "for myself" not in page and "You, today" in page
        assert KIND not in page, "that it is a hard day is hers alone, too"
        assert anna.client.get("/checkin/")["Location"] == "/pin/?next=%2Fcheckin%2F"
        again = anna.client.post("/checkin/", mine | {"line": "two words", "id": str(uuid4())})
        assert again.status_code == 401 and "two words" in again.content.decode()
        anna.client.post("/pin/", {"pin": "2580"})
        assert "for myself" in anna.client.get("/").content.decode()


def test_on_a_hard_day_nothing_kind_is_offered_where_nothing_was_written(anna):
    anna.sign_in()
    low = {"mood": "low", "line": "", "seen_by": "both", "id": str(uuid4())}
    assert anna.client.post("/checkin/", low).status_code == 303
    assert KIND not in anna.client.get("/").content.decode()
