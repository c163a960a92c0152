"""Wishes over HTTP: what both want shows to both, and nothing else does, anywhere, in any byte."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.practices.wishes import (
    DAY,
    NUMBER,
    URL,
    WEEK,
    answer,
    come_by,
    met,
    settle,
    shown,
    today_cards,
    words,
    write,
)
from usward.accounts.pin import set_pin
from usward.content.loader import library
from usward.entries.models import Draft, Entry
from usward.kit import clock
from usward.practices.wishes import actions
from usward.practices.wishes.cards import MET

pytestmark = pytest.mark.usefixtures("thursday")


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
        assert refused.status_code == 401 and "x" * 300 in refused.content.decode()
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
    for method in ("put", "patch", "delete"):
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
