"""Wishes that one of the two has written."""

import re
from html import unescape
from uuid import uuid4

import pytest

from tests.practices.wishes import DAY, URL, answer, come_by, met, settle, shown, words, write
from usward.kit import clock
from usward.practices.wishes.entries import OwnWish
from usward.practices.wishes.sheet import OWN_LIMIT
from usward.practices.wishes.views import FULL, SENT_BEFORE

pytestmark = pytest.mark.usefixtures("thursday")


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
