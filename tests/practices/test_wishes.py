"""Wishes over HTTP: what both want shows to both, and nothing else does, anywhere, in any byte."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from html import unescape
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.doors.routes import routes
from tests.doors.visitor import Inside
from tests.given import frozen, pings
from tests.interference.seeing import difference, sight, told
from usward.accounts.pin import set_pin
from usward.content.loader import library
from usward.entries.models import Draft, Entry
from usward.kit import clock
from usward.practices.wishes import actions
from usward.practices.wishes.cards import MET, cards
from usward.practices.wishes.entries import OwnWish
from usward.practices.wishes.sheet import OWN_LIMIT
from usward.practices.wishes.views import FULL, ROUND, SENT_BEFORE

URL = "/us/wishes/"
DAY, WEEK = timedelta(1), timedelta(7)
NUMBER = 8


@pytest.fixture(autouse=True)
def _thursday():
    noon = clock.now().astimezone(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
    with frozen(noon + timedelta((3 - noon.weekday()) % 7)):
        yield


def shown(person) -> list[tuple[str, str]]:
    """The wishes that lie open before somebody to be answered: (id, text)."""
    page = person.page(URL)
    found = re.findall(r'<legend class="wish">(.*?)</legend>.*?name="wish-\d" value="([^"]+)"', page, re.S)
    return [(wish, unescape(text)) for text, wish in found]


def hidden(person, names: str = "topic|past|pile") -> dict[str, str]:
    return dict(re.findall(rf'<input type="hidden" name="({names})" value="([^"]*)"', person.page(URL)))


def answer(person, letters: str, to: str = "on", **more: str) -> Any:
    """Answer what lies open, a letter each ("." is none)."""
    fields = hidden(person) | {f"wish-{n}": wish for n, (wish, _) in enumerate(shown(person))}
    fields |= {f"answer-{n}": letter for n, letter in enumerate(letters) if letter != "."}
    return person.post(URL, act="answer", to=to, **fields, **more)


def settle(person, maybes: bool = False, level: int = 0) -> Any:
    return person.post(URL, act="settle", maybes=str(int(maybes)), level=str(level))


def met(person) -> list[str]:
    return [unescape(text) for text in re.findall(r'<p class="wish">(.*?)</p>', person.page(URL))]


def come_by(*people) -> None:
    for person in people:
        assert person.get(URL).status_code == 200


def words(person) -> list[str]:
    """The cards that Today may show."""
    return [card.context["signs"][0]["words"] for card in today_cards(person)]


def today_cards(person) -> list[Any]:
    inside = person.inside
    return cards(inside, inside.reader.lately((OwnWish,), clock.today(inside.me.zone) - 3 * DAY), actions.news(inside))


def test_only_what_both_want_shows_and_it_shows_to_both(two):
    anna, ben = two
    wishes = [text for _, text in shown(anna)]
    assert len(wishes) == NUMBER and wishes == [text for _, text in shown(ben)]
    assert "Nothing has met yet" in anna.page(URL)
    assert answer(anna, "yymnyl.y").status_code == 303
    assert answer(ben, "ynyymnyy").status_code == 303
    come_by(ben, anna, ben, anna)
    assert met(anna) == met(ben) == [] and words(anna) == words(ben) == []
    with clock.travel(DAY):
        come_by(ben, anna, ben)
        assert words(anna) == []
        both = [wishes[0], wishes[7]]
        assert met(ben) == both and words(ben) == [] and met(anna) == both
        for person in two:
            page = person.page(URL)
            assert "Yes from both of you." in page and "You are both open to this." not in page
            assert not [text for text in wishes if text not in both and text in unescape(page)]


def test_a_maybe_counts_where_both_say_so(two):
    anna, ben = two
    wishes = [text for _, text in shown(anna)]
    for person, letters in ((anna, "mm"), (ben, "ym")):
        answer(person, letters)
    settle(anna, maybes=True)
    with clock.travel(DAY):
        come_by(ben, anna, ben, anna)
        assert met(anna) == met(ben) == []
        settle(ben, maybes=True)
    with clock.travel(DAY + WEEK):
        come_by(ben, anna, ben, anna)
        assert met(anna) == met(ben) == wishes[:2]
        assert anna.page(URL).count("You are both open to this.") == 2


def test_a_question_can_meet(two):
    asked = next(wish for wish in library().wishes if wish.text.endswith("?"))
    for person in two:
        person.get(URL)
        person.post(URL, act="answer", **{"wish-0": asked.id, "answer-0": "y"})
    with clock.travel(DAY):
        come_by(*two[::-1], *two[::-1])
        assert met(two[0]) == met(two[1]) == [asked.text]


def test_put_away_and_kept_after_all(two):
    anna, ben = two
    for person in two:
        answer(person, "yy")
    with clock.travel(DAY):
        come_by(ben, anna, ben, anna)
        wish = shown(anna)[0][0]
        first = next(wish.id for wish in library().wishes if wish.text == met(anna)[0])
        put_away = {"act": "answer", "wish-0": first, "answer-0": "l"}
        before = ben.page(URL)
        assert "There are two of you, so Ben will know" in anna.page(URL)
        anna.post(URL, **put_away)
        assert "Leaves both lists next Friday." in anna.page(URL) and stripped(ben.page(URL)) == stripped(before)
        anna.post(URL, **put_away | {"answer-0": "y"})
        assert "Leaves both lists" not in anna.page(URL)
        anna.post(URL, **put_away)
        assert shown(anna)[0][0] == wish, "putting a match away moves nothing else"
    with clock.travel(DAY * 3):
        assert "Leaves both lists on Friday." in anna.page(URL)
    with clock.travel(DAY + WEEK):
        come_by(ben, anna, ben, anna)
        assert len(met(anna)) == len(met(ben)) == 1
        assert words(ben) == words(anna) == [], "that something has gone is no news"


def test_today_says_that_something_has_met_until_it_was_looked_at(two):
    anna, ben = two
    wishes = [text for _, text in shown(anna)]
    for person in two:
        answer(person, "y" * NUMBER)
    with clock.travel(DAY):
        come_by(ben, anna, ben)
        assert words(anna) == [] and words(ben) == []
        actions.come_by(anna.inside)
        assert words(anna) == [MET] and MET in anna.page("/us/") and MET not in ben.page("/us/")
        (card,) = today_cards(anna)
        assert not any(text in str(card.context) for text in wishes)
        assert "New." in anna.page(URL) and "New." not in anna.page(URL)
        assert words(anna) == [] and MET not in anna.page("/us/")


TOKENS = re.compile(r'name="(csrfmiddlewaretoken|id)" value="[^"]+"|nonce="[^"]+"')


def stripped(page: str) -> str:
    return TOKENS.sub("", page)


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


def write(person, text: str, about: str = "home", **more: str) -> Any:
    return person.post(URL, **{"act": "write", "text": text, "about": about, "id": str(uuid4())} | more)


def test_a_wish_of_ones_own(two, stranger):
    anna, ben = two
    come_by(ben)
    assert write(anna, "The lake, at night?", answer="y").status_code == 303
    assert "The lake, at night?" in anna.page(URL) and "Wishes that you have written" in anna.page(URL)
    assert words(ben) == ["Anna has put a wish on both your lists"] and words(anna) == []
    for to in ("adventure", "on"):
        answer(ben, "", to=to)
    assert shown(ben)[0][1] != "The lake, at night?" or "Written by Anna" in ben.page(URL)
    assert words(ben) == [], "it has lain before him"
    answer(ben, "", to="home")
    assert shown(ben)[0][1] == "The lake, at night?" and "Written by Anna" in ben.page(URL)
    assert "Written by you" not in ben.page(URL) and "Take it back" not in ben.page(URL)
    answer(ben, "y")
    assert "lake" not in stranger.page(URL)
    with clock.travel(DAY):
        come_by(ben, anna, ben, anna)
        assert met(anna) == met(ben) == ["The lake, at night?"]
        entry = re.search(r'name="entry" value="(\w+)"', anna.page(URL))[1]
        assert ben.post("/withdraw/", entry=entry, next=URL).status_code == 404
        assert anna.post("/withdraw/", entry=entry, next=URL)["Location"] == URL
        assert met(anna) == met(ben) == [] and "lake" not in anna.page(URL) + ben.page(URL)


def test_what_the_other_wrote_lies_on_top_once_wherever_one_is(two):
    anna, ben = two
    answer(ben, "", to="tenderness")
    answer(ben, "", to="on")
    write(anna, "A lamp on the stairs.", answer="m")
    assert shown(ben)[0][1] == "A lamp on the stairs."
    assert "A lamp on the stairs." not in unescape(ben.page(URL))


def test_a_wish_that_goes_further_than_the_other_does_not_lie_before_them(two):
    anna, ben = two
    settle(anna, level=2)
    write(anna, "Your shoulder blade, once each.", about="intimacy-2", answer="y")
    assert words(ben) == [] and "shoulder" not in ben.page(URL)
    settle(ben, level=1)
    assert words(ben) == [] and "shoulder" not in ben.page(URL)
    settle(ben, level=2)
    answer(ben, "", to="intimacy")
    assert shown(ben)[0][1] == "Your shoulder blade, once each."
    assert write(anna, "Further.", about="intimacy-9").status_code == 422


def test_a_double_tap_is_one_and_what_is_not_taken_is_kept(two):
    anna, ben = two
    same = str(uuid4())
    for _ in range(2):
        assert write(anna, "The lake.", id=same).status_code == 303
    assert len(anna.inside.reader.latest(OwnWish, 9)) == 1
    other = write(anna, "The sea, rather.", id=same)
    assert other.status_code == 409 and SENT_BEFORE in unescape(other.content.decode())
    assert "The sea, rather." in other.content.decode() and "The sea, rather." in anna.page(URL)
    for text, words_back in ((" ", "Write the wish first"), ("x" * 241, "241 characters"), ("y" * 9000, "9,000")):
        refused = write(anna, text)
        assert refused.status_code == 422 and words_back in refused.content.decode()
    for n in range(OWN_LIMIT - 1):
        assert write(ben, f"Number {n}.").status_code == 303
    full = write(anna, "One too many.")
    assert full.status_code == 422 and FULL in full.content.decode() and "One too many." in full.content.decode()


def test_an_answer_can_change_and_be_taken_back(two):
    anna, _ = two
    first, second = (text for _, text in shown(anna)[:2])
    answer(anna, "yn", to="answered")
    page = unescape(anna.page(URL))
    assert first in page and second in page and "What you have answered" in page
    assert [wish[1] for wish in shown(anna)] == [first, second]
    checked = re.findall(r'name="answer-(\d)" value="(.)" checked', anna.page(URL))
    assert checked == [("0", "y"), ("1", "n")]
    answer(anna, "l-", to="on")
    assert [text for _, text in shown(anna)] == [first]
    answer(anna, "", to="new")
    assert second in [text for _, text in shown(anna)] and first not in unescape(anna.page(URL))


def test_whoever_comes_anew_may_not_be_alone(two):
    """After a while the page opens neither with answers that were given nor with intimacy, and else where one was."""
    anna, _ = two
    settle(anna, level=3)
    answer(anna, "y", to="intimacy")
    assert "<h2>Intimacy</h2>" in anna.page(URL)
    with clock.travel(timedelta(minutes=14)):
        assert "<h2>Intimacy</h2>" in anna.page(URL)
    with clock.travel(timedelta(minutes=30)):
        assert "<h2>Time</h2>" in anna.page(URL)
        answer(anna, "", to="home")
        answer(anna, "", to="on")
        there = shown(anna)
    with clock.travel(timedelta(days=2)):
        assert shown(anna) == there
        answer(anna, "y", to="answered")
    with clock.travel(timedelta(days=3)):
        assert "What you have answered</h2>" not in anna.page(URL)


def test_behind_the_pin(two):
    anna, _ = two
    wish, text = shown(anna)[0]
    set_pin(anna.user, "4711")
    with clock.travel(timedelta(minutes=20)):
        assert anna.get(URL)["Location"].startswith("/pin/")
        assert settle(anna, maybes=True, level=3)["Location"].startswith("/pin/")
        taken = anna.post(URL, act="answer", **{"wish-0": wish, "answer-0": "y"})
        assert taken["Location"] == URL, "a page of answers is not lost for having been thought about"
        refused = write(anna, "x" * 300)
        assert refused["Location"].startswith("/pin/")
        anna.post("/pin/", pin="4711", next=URL)
        page = unescape(anna.page(URL))
        assert "x" * 300 in page and text not in page
        assert 'name="maybes" value="0" checked' in page and 'name="level" value="0" checked' in page


def test_alone_it_has_not_begun(come):
    cleo = come("Cleo")
    assert "Wishes begin when both of you are here." in cleo.page(URL) and "<fieldset" not in cleo.page(URL)
    before = Entry.objects.count(), Draft.objects.count()
    wish = library().wishes[0].id
    for fields in (
        {"act": "answer", "wish-0": wish, "answer-0": "y", "topic": "time", "past": "0", "pile": "new", "to": "on"},
        {"act": "settle", "maybes": "1", "level": "3"},
        {"act": "write", "text": "The lake.", "about": "home"},
    ):
        assert cleo.post(URL, **fields).status_code == 303
    assert (Entry.objects.count(), Draft.objects.count()) == before and words(cleo) == []


def test_bad_input(two):
    anna, _ = two
    before = stripped(anna.page(URL))
    for fields in (
        {},
        {"act": "fly"},
        {"act": "settle"},
        {"act": "settle", "level": "4"},
        {"act": "settle", "level": "²"},
    ):
        assert anna.post(URL, **fields).status_code == 404
    for fields in (
        {"wish-0": "no-such-wish", "answer-0": "y"},
        {"wish-0": library().wishes[0].id, "answer-0": "yes"},
        {"wish-9": library().wishes[0].id, "answer-9": "y"},
        {"answer-0": "y"},
    ):
        assert anna.post(URL, act="answer", **fields)["Location"] == URL
        assert stripped(anna.page(URL)) == before
    for place in ({"topic": "x" * 500}, {"past": "-8"}, {"past": "9" * 30}, {"pile": "<b>"}, {"past": "٣"}):
        led = anna.post(URL, act="answer", to="on", **{"topic": "time", "past": "0", "pile": "new"} | place)
        assert led.status_code == 303 and anna.get(URL).status_code == 200
    for method in ("put", "patch", "delete", "head"):
        assert getattr(anna.client, method)(URL).status_code == 405


def test_a_visit_asks_a_few_times(two):
    anna, ben = two
    for person in two:
        answer(person, "yyynnn")
    with clock.travel(DAY):
        come_by(ben, anna, ben, anna)
        with CaptureQueriesContext(connection) as queries:
            come_by(anna)
    assert len(queries) <= 26


def test_a_visit_to_today_takes_every_step_that_is_due(two):
    """Not only the first: what lay still while nothing was due moves as soon as something is put, or a week begins."""
    anna, ben = two
    for _ in range(3):
        for person in two:
            person.page("/")
    for person in two:
        answer(person, "yyynnn")
    with clock.travel(7 * DAY):
        for _ in range(5):
            for person in (ben, ben, anna, anna):
                person.page("/")
        for person in two:
            for _ in range(3):
                assert MET in person.page("/"), "there is news until it was looked at"
            person.page(URL)
            assert MET not in person.page("/")
