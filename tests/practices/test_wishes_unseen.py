"""Wishes: nothing that one answers, and no look at them, is felt by the other before it meets."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from itertools import product
from typing import Any

import pytest

from tests.doors.routes import routes
from tests.doors.visitor import Inside
from tests.given import pings
from tests.interference.seeing import difference, sight, told
from tests.practices.wishes import DAY, NUMBER, URL, WEEK, answer, come_by, met, settle, shown
from usward.content.loader import library
from usward.entries.models import Draft, Entry
from usward.kit import clock
from usward.practices.wishes.views import ROUND

pytestmark = pytest.mark.usefixtures("thursday")


def inside(person) -> Inside:
    """The same person with the eyes of tests.interference."""
    return Inside({name: morsel.value for name, morsel in person.client.cookies.items()})


@contextmanager
def unseen_by(other) -> Iterator[Callable[[], None]]:
    """The other sees the same, byte by byte, at every look: pages, ETags, pings, knocks, their own row."""
    paths = [route.fill() for route in routes() if not route.parameters and "passphrase/" not in route.path]
    paths = [path for path in paths if not path.startswith(("/begin", "/demo", "/sign-out", "/exit"))]
    jar = {name: morsel.value for name, morsel in other.client.cookies.items()}
    sight(inside(other), paths, jar)
    before = sight(inside(other), paths, jar) | told(other.me.pk)

    def look() -> None:
        changed = difference(before, sight(inside(other), paths, jar) | told(other.me.pk))
        assert not changed, "; ".join(changed)[:2000]

    look()
    with pings() as heard:
        yield look
        look()
        assert str(other.me.pk) not in heard


def test_whatever_is_answered_the_other_sees_the_same(two, django_capture_on_commit_callbacks):
    """Ben says yes to four and no to four; whatever Anna says that does not meet a yes, in whatever week and order."""
    anna, ben = two
    answer(ben, "yyyynnnn")
    settle(ben, maybes=True, level=2)
    with clock.travel(DAY):
        come_by(ben, anna, ben, anna)
        with unseen_by(ben) as look, django_capture_on_commit_callbacks(execute=True):
            for letters in ("lnl.yyyy", ".m.mymln", "llll....", "nnnnyyyy", "mmmmmmmm"):
                answer(anna, letters, to="answered")
                answer(anna, letters, to="new")
            for maybes, level in product((False,), range(4)):
                settle(anna, maybes, level)
            for to in ("home", "intimacy", "adventure", "on", "answered", "new", "tenderness"):
                answer(anna, "yyyy"[: len(to) % 4], to=to)
            look()
            settle(anna)
            anna.get("/us/")
    for week in (1, 2):
        with clock.travel(DAY + week * WEEK):
            come_by(ben, anna, ben, anna)
            assert met(ben) == met(anna) == []


def test_the_control_a_match_does_show(two):
    anna, ben = two
    answer(anna, "y")
    answer(ben, "y")
    with clock.travel(DAY), pytest.raises(AssertionError, match="us/wishes"), unseen_by(ben) as look:
        come_by(anna)
        look()
        come_by(anna)


def test_steps_that_answer_each_other_are_not_felt(two):
    """At a visit at which something is due because the other was there, one's own pages and ETags stay as they are."""
    anna, ben = two
    for day in (0, 1):
        with clock.travel(day * DAY):
            for person in (anna, ben):
                person.get("/")
            for me, other in ((anna, ben), (ben, anna)):
                with unseen_by(other):
                    answer(me, "nl.n")
                    me.get("/us/")


def test_nothing_of_a_level_that_one_does_not_go_along_with(two):
    anna, ben = two
    texts = {level: [w.text for w in library().wishes if w.level == level] for level in range(4)}
    everything = lambda person: unescape(all_pages(person))  # noqa: E731  (used on the next lines alone)
    seen = everything(anna)
    assert all(text in seen for text in texts[0])
    assert "Intimacy" not in anna.page(URL) and not any(text in seen for level in (1, 2, 3) for text in texts[level])
    settle(anna, level=2)
    seen = everything(anna)
    assert all(text in seen for level in (0, 1, 2) for text in texts[level])
    assert not any(text in seen for text in texts[3])
    assert "Intimacy" not in ben.page(URL)
    settle(anna, level=0)
    assert "Intimacy" not in anna.page(URL)


def all_pages(person) -> str:
    """Everything that lies open to somebody who goes through all topics, answering nothing."""
    pages = []
    for topic in re.findall(r'name="to" value="(\w+)"(?: aria-current="true")?>\w+</button>', person.page(URL)):
        answer(person, "", to=topic)
        for _ in range(8):
            pages.append(person.page(URL))
            answer(person, "", to="on")
    return "".join(pages)


def test_no_address_and_no_length_tells_what_was_on_the_page(two):
    anna, ben = two
    settle(ben, maybes=True, level=3)
    lengths = {len(anna.get(URL).content), len(ben.get(URL).content)}
    for to in ("intimacy", "home", "on", "answered", "new"):
        led = answer(ben, "yn.m", to=to)
        assert led["Location"] == f"{URL}#deck"
        got = ben.get(URL, HTTP_ACCEPT_ENCODING="br, gzip")
        assert got["Content-Encoding"] == "identity"
        lengths.add(len(got.content))
        links = re.findall(r'(?:href|action)="([^"]*)"', got.content.decode())
        assert not [link for link in links if "?" in link or "intimacy" in link]
    assert lengths == {ROUND}


def test_with_much_that_has_met_the_length_follows_from_that_alone(two):
    anna, ben = two
    for person in two:
        settle(person, maybes=True, level=3)
        for _ in range(2):
            answer(person, "y" * NUMBER)
    with clock.travel(DAY):
        come_by(ben, anna, ben, anna)
        lengths = set()
        for to, level in product(("answered", "new", "intimacy", "home"), (0, 3)):
            settle(anna, maybes=True, level=level)
            answer(anna, "yn", to=to)
            lengths.add(len(anna.get(URL).content))
        assert anna.page(URL).count('class="wish"') > 16 and lengths == {2 * ROUND} == {len(ben.get(URL).content)}


def shape(person) -> list[Any]:
    """All that the database shows of somebody's drafts and of the entries of the two, but random bytes."""
    drafts = sorted(len(draft.body) for draft in Draft.objects.filter(partner=person.me))
    rows = Entry.objects.filter(space=person.me.space).order_by("seq")
    return [drafts, [(len(row.body), row.version, row.scope, row.act, row.author_id) for row in rows], person.me.pulse]


def test_looking_leaves_the_trace_that_answering_leaves(two):
    anna, ben = two
    come_by(ben, anna, ben, anna)
    wishes = shown(anna)
    before, kept = shape(anna), bodies(anna)
    come_by(anna)
    assert shape(anna) == before and not set(bodies(anna)) & set(kept), "looking writes every draft anew"
    fields = {f"wish-{n}": wish for n, (wish, _) in enumerate(wishes)} | {f"answer-{n}": "y" for n in range(NUMBER)}
    anna.post(URL, act="answer", topic="time", past="0", pile="new", to="on", **fields)
    settle(anna, maybes=True, level=3)
    come_by(anna)
    assert shape(anna) == before


def bodies(person) -> list[bytes]:
    return [bytes(draft.body) for draft in Draft.objects.filter(partner=person.me)]
