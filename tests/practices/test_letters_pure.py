"""Strokes, and where letters stand: whatever comes in, in whatever order."""

import re
from datetime import date, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

from hypothesis import given as for_all
from hypothesis import strategies as st

from usward.practices.letters.entries import Letter, Opened
from usward.practices.letters.exchange import lying, two_letters
from usward.practices.letters.strokes import HIGH, INKS, PENS, WIDE, NotStrokes, path, points, read, svg, write

# What is drawn: strokes are plain numbers on the sheet, and nothing else gets through.

AT = st.tuples(st.integers(0, WIDE), st.integers(0, HIGH))


def stroke_of(ink: int, pen: int, found: list[tuple[int, int]]) -> tuple[int, ...]:
    steps = [found[0], *((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(found))]
    return (ink, pen, *(number for step in steps for number in step))


STROKE = st.builds(
    stroke_of, st.integers(0, len(INKS) - 1), st.integers(0, len(PENS) - 1), st.lists(AT, min_size=1, max_size=30)
)


@for_all(st.lists(STROKE, max_size=12).map(tuple))
def test_strokes_come_back_as_they_went_and_stay_on_the_sheet(drawing):
    assert read(write(drawing)) == drawing
    assert all(0 <= x <= WIDE and 0 <= y <= HIGH for stroke in drawing for x, y in points(stroke))
    line = r'<path class="[a-z]+ (fine|broad)" d="M\d+ \d+((L\d+ \d+|Q\d+ \d+ \d+ \d+)+|h\.1)"/>'
    whole = rf'<svg class="drawn" viewBox="0 \d+ 1000 \d+" role="img" aria-label="[a-zA-Z ]+">({line}){{{len(drawing)}}}</svg>'
    assert re.fullmatch(whole, svg(drawing)) or not drawing


@for_all(st.one_of(st.text(max_size=60), st.text("0123456789 -;", max_size=60)))
def test_whatever_is_read_was_written_by_a_sheet(text):
    try:
        drawing = read(text)
    except NotStrokes:
        return
    assert read(write(drawing)) == drawing
    assert all(len(stroke) >= 4 and stroke[0] < len(INKS) and stroke[1] < len(PENS) for stroke in drawing)
    assert all(0 <= x <= WIDE and 0 <= y <= HIGH for stroke in drawing for x, y in points(stroke))


@for_all(st.lists(AT, min_size=2, max_size=30))
def test_a_path_begins_and_ends_where_the_hand_did(found):
    made = path(found)
    assert made.startswith(f"M{found[0][0]} {found[0][1]}") and made.endswith(f"L{found[-1][0]} {found[-1][1]}")


# Where letters stand, whatever the order in which it is told.

DAY = date(2031, 6, 14)


def said(step: str, mine: bool, value: Any = None, seq: int = 0) -> Any:
    return SimpleNamespace(step=step, mine=mine, value=value, seq=seq, exchange="letters-day:1", reveal_day=DAY)


MINE, THEIRS = (
    said("say", True, Letter("anniversary", "Mine"), 2),
    said("say", False, Letter("anniversary", "Theirs"), 3),
)
AGREED = said("agreed", False, SimpleNamespace(title="Four years", day=DAY.isoformat()), 1)
BESIDE = [said("opened", True, Opened()), said("reply", False, None, 9), said("beckon", False), AGREED]


@for_all(st.lists(st.sampled_from([MINE, THEIRS, *BESIDE]), unique_by=id), st.randoms(), st.integers(-3, 3))
def test_two_letters_stand_as_they_stand(some, chance, days):
    now = two_letters(some, DAY + timedelta(days=days))
    chance.shuffle(some)
    after = two_letters(some, DAY + timedelta(days=days))
    if now is None:
        assert after is None and not {id(MINE), id(THEIRS), id(AGREED)} & set(map(id, some))
        return
    assert (after.shown, after.closed, after.come, after.day) == (now.shown, now.closed, now.come, DAY)
    assert now.come == (days >= 0)
    if now.shown:
        assert now.come and (now.theirs is None or BESIDE[0] in some)
    if days >= 0 and BESIDE[0] in some:
        assert {id(one) for one in now.shown} == {id(one) for one in (MINE, THEIRS) if one in some}


@for_all(st.lists(st.sampled_from([MINE, THEIRS, *BESIDE]), unique_by=id), st.randoms())
def test_a_letter_is_closed_for_its_reader_alone_until_they_open_it(some, chance):
    some = [one for one in some if not (one is MINE and THEIRS in some)]
    now = lying(some)
    chance.shuffle(some)
    assert lying(some) == now
    if now is not None:
        assert now.closed == (now.said is THEIRS and BESIDE[0] not in some)
