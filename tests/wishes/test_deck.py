"""The deck: a handful at a time, nothing beyond one's level, everything once a round, and no answer where it is not asked for."""

from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wishes.two import Two, shelf
from usward.practices.wishes.deck import (
    ANSWERED,
    HANDFUL,
    NEW,
    REST,
    TOPICS,
    Place,
    deck,
    from_fields,
    replace,
    to_fields,
)
from usward.practices.wishes.entries import UNSAID, Sheet
from usward.practices.wishes.sheet import Listed, answered, laid_out

PLACES = st.builds(
    Place,
    topic=st.sampled_from([*TOPICS, "", "elsewhere"]),
    past=st.integers(0, 400),
    pile=st.sampled_from([NEW, ANSWERED]),
    at=st.integers(0, 2**31),
    seen=st.integers(0, 2**31),
    kept=st.booleans(),
)
LETTERS = st.lists(st.sampled_from(["y", "m", "l", "n", ""]), min_size=60, max_size=60)
LEVELS = st.integers(0, 3)


def life(letters: list[str], level: int) -> tuple[tuple[Listed, ...], Sheet]:
    """A list with own wishes of both in it, and a sheet."""
    two = Two(shelf(40, intimate=12))
    for n in range(8):
        two.write(two.anna if n % 2 else two.ben, f"Own {n}?", ("home", "intimacy")[n % 3 == 0], n % 4)
    wishes = two.wishes()
    sheet = msgspec.structs.replace(laid_out(Sheet(), "ben", wishes), level=level)
    for wish, letter in zip(wishes, letters, strict=True):
        sheet = answered(sheet, wish.id, letter)
    return wishes, sheet


@given(LETTERS, LEVELS, PLACES, st.sets(st.integers(1, 8)))
def test_what_lies_open(letters, level, place, entries):
    wishes, sheet = life(letters, level)
    fresh = {UUID(int=n).hex for n in entries}
    found = deck(wishes, sheet, place, fresh)
    assert len(found.shown) <= HANDFUL and len({wish.id for wish, _ in found.shown}) == len(found.shown)
    for wish, answer in found.shown:
        assert wish.level <= level
        assert (answer == UNSAID) == (place.pile == NEW)
        assert wish.topic == found.place.topic or (wish.entry in fresh and place.pile == NEW)
    assert found.place.topic in found.topics and found.place.pile == place.pile
    assert ("intimacy" in found.topics) == any(wish.topic == "intimacy" and wish.level <= level for wish in wishes)
    if place.topic in found.topics:
        assert found.place.topic == place.topic
    unanswered = [w for w, a in zip(wishes, sheet.answers, strict=True) if a == UNSAID and w.level <= level]
    if place.pile == NEW:
        on_top = [wish for wish in unanswered if wish.entry in fresh]
        assert [wish for wish, _ in found.shown][: len(on_top)] == on_top[:HANDFUL]
        assert found.shown or not [wish for wish in unanswered if wish.topic == found.place.topic]


@given(LETTERS, LEVELS, st.sampled_from([*TOPICS]), st.sampled_from([NEW, ANSWERED]), st.randoms(use_true_random=False))
def test_going_on_comes_to_everything_once_a_round(letters, level, topic, pile, chance):
    """Whatever is answered on the way and whatever is left."""
    wishes, sheet = life(letters, level)
    place, seen = deck(wishes, sheet, Place(topic, pile=pile)).place, []
    waiting = {w.id for w, a in zip(wishes, sheet.answers, strict=True) if (a == UNSAID) == (pile == NEW)}
    waiting &= {wish.id for wish in wishes if wish.topic == place.topic and wish.level <= level}
    while len(seen) < len(waiting):
        found = deck(wishes, sheet, place)
        assert found.shown
        seen += [wish.id for wish, _ in found.shown]
        left = len(found.shown)
        for wish, _ in found.shown:
            if chance.random() < 0.4:
                sheet, left = answered(sheet, wish.id, "y" if pile == NEW else ""), left - 1
        place = found.place.after("on", left)
    assert sorted(seen) == sorted(waiting)


@given(PLACES)
def test_a_draft_keeps_a_place(place):
    assert from_fields(to_fields(place)) == (place if place.past <= 320 else Place())


@given(st.dictionaries(st.sampled_from(["topic", "past", "pile", "at", "seen", "kept", "x"]), st.text(max_size=12)))
def test_what_is_no_place_is_the_beginning(fields):
    found = from_fields(fields)
    assert found == Place() or (found.past >= 0 and found.pile in (NEW, ANSWERED))


@given(PLACES, st.text(max_size=12), st.integers(0, 8))
def test_where_one_goes(place, to, left):
    there = place.after(to, left)
    assert there == replace(place, past=place.past + left) or to in (*TOPICS, NEW, ANSWERED)


@pytest.mark.parametrize("pile", [NEW, ANSWERED])
@pytest.mark.parametrize("topic", TOPICS)
def test_whoever_comes_anew(topic, pile):
    before = Place(topic, 8, pile, at=1000, seen=7, kept=True)
    assert before.come_to(1000 + REST) == replace(before, at=1000 + REST)
    again = before.come_to(1001 + REST)
    away = topic == "intimacy" or pile == ANSWERED
    assert again == (Place(at=1001 + REST, seen=7) if away else replace(before, at=1001 + REST))


def test_an_empty_library():
    found = deck((), laid_out(Sheet(), "ben", ()), Place("home", 8))
    assert (found.shown, found.topics, found.more) == ([], {}, False)
