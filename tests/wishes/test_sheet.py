"""The sheet: answers in their places, to the very words that were read, toward one person, and as long in any case."""

from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wishes.two import Two, shelf
from usward.content.schema import Wish
from usward.practices.wishes.entries import Record, Sheet
from usward.practices.wishes.sheet import (
    MEETS_MAYBE,
    MEETS_YES,
    Match,
    answered,
    by_wish,
    from_fields,
    laid_out,
    listed,
    looked_at,
    matches,
    to_fields,
    wants,
)

ANSWERS = st.dictionaries(st.integers(0, 9), st.sampled_from(["y", "m", "l", "n", ""]))
LIST = listed(shelf(7, intimate=3), [])


def sheet_of(answers, **settings) -> Sheet:
    sheet = msgspec.structs.replace(laid_out(Sheet(), "ben", LIST), **settings)
    for place, letter in answers.items():
        sheet = answered(sheet, LIST[place].id, letter)
    return sheet


@given(ANSWERS, ANSWERS, st.booleans(), st.integers(0, 3))
def test_a_sheet_is_as_long_whatever_it_says(one, other, maybes, level):
    sheets = [sheet_of(one), sheet_of(other, maybes=maybes, level=level)]
    assert len({len(msgspec.msgpack.encode(sheet)) for sheet in sheets}) == 1
    assert len({len(to_fields(sheet)["sheet"]) for sheet in sheets}) == 1


@given(ANSWERS, st.booleans(), st.integers(0, 3))
def test_a_draft_keeps_a_sheet(answers, maybes, level):
    sheet = sheet_of(answers, maybes=maybes, level=level)
    assert from_fields(to_fields(sheet)) == sheet


@pytest.mark.parametrize("fields", [{}, {"sheet": ""}, {"sheet": "%"}, {"sheet": "AAAA"}, {"other": "x"}])
def test_a_draft_without_a_sheet(fields):
    assert from_fields(fields) is None


@given(ANSWERS, st.randoms(use_true_random=False))
def test_answers_keep_to_their_wishes_when_the_list_changes(answers, chance):
    sheet, after = sheet_of(answers), list(LIST)
    chance.shuffle(after)
    after = after[:6]
    moved = by_wish(laid_out(sheet, "ben", after))
    assert list(moved) == [wish.id for wish in after]
    assert all(moved[wish.id] == by_wish(sheet)[wish.id] for wish in after)


def test_a_sheet_that_was_tampered_with_is_read_as_far_as_it_goes():
    sheet = sheet_of({0: "y", 1: "y"})
    for bent in ({"answers": "yx"}, {"words": sheet.words[:3]}, {"seen": b""}, {"wishes": sheet.wishes[:1]}):
        whole = laid_out(msgspec.structs.replace(sheet, **bent), "ben", LIST)
        assert len(whole.answers) == len(whole.wishes) == len(whole.seen) == len(LIST)
        assert whole.answers[1:] == "-" * 9


def test_a_yes_is_a_yes_to_the_words_that_were_read():
    sheet = answered(laid_out(Sheet(), "ben", LIST), "wish-1", "y")
    mended = listed([Wish("wish-1", "home", "I would like something else."), *shelf(7)[2:]], [])
    assert laid_out(sheet, "ben", mended).answers == "-" * 6
    assert laid_out(sheet, "ben", LIST) == sheet


def test_toward_somebody_new_the_sheet_is_empty():
    sheet = sheet_of({1: "y"}, level=2, maybes=True)
    assert laid_out(sheet, "cleo", LIST) == laid_out(Sheet(), "cleo", LIST)


def test_what_is_no_answer_or_no_wish_changes_nothing():
    sheet = sheet_of({1: "y"})
    for wish, letter in (("wish-99", "y"), ("wish-1", "x"), ("wish-1", "-"), ("wish-1", "yy")):
        assert answered(sheet, wish, letter) == sheet
    assert answered(sheet, "wish-1", "").answers == "-" * 10


def test_what_is_wanted():
    letters = {0: "y", 1: "m", 2: "l", 3: "n", 7: "y", 8: "m", 9: "y"}
    both = MEETS_YES | MEETS_MAYBE
    assert list(wants(sheet_of(letters), LIST)) == [MEETS_YES] + [0] * 9
    assert list(wants(sheet_of(letters, maybes=True), LIST)) == [both, MEETS_MAYBE] + [0] * 8
    assert list(wants(sheet_of(letters, level=1), LIST))[7:] == [MEETS_YES, 0, 0]
    assert list(wants(sheet_of(letters, level=2, maybes=True), LIST))[7:] == [both, MEETS_MAYBE, 0]
    assert list(wants(sheet_of(letters, level=3), LIST))[7:] == [MEETS_YES, 0, MEETS_YES]


def test_a_wish_of_ones_own_is_another_when_it_changes():
    two = Two(shelf(1))
    two.write(two.anna, "The lake.")
    two.write(two.ben, "Closer.", "intimacy")
    mine, theirs = two.wishes()[1:]
    assert (mine.mine, mine.level, theirs.mine, theirs.level) == (True, 0, False, 1)
    two.answer(two.ben, (mine.id, "y"))
    two.own[0].id = UUID(int=99)
    changed = two.wishes()[1]
    assert changed.id != mine.id and changed.entry == UUID(int=99).hex
    assert two.open_sheet(two.ben).answers == "---"


def test_what_has_met_as_its_page_shows_it():
    two = Two(shelf(4))
    two.answer(two.anna, ("wish-1", "y"), ("wish-2", "m"), ("wish-3", "y"), maybes=True)
    two.answer(two.ben, ("wish-1", "y"), ("wish-2", "y"), ("wish-3", "n"), maybes=True)
    assert matches(None, two.open_sheet(two.anna), two.wishes()) == []
    two.week(1)
    wishes, sheet = two.wishes(), two.open_sheet(two.anna)
    found = matches(two.anna.record, sheet, wishes)
    assert found == [Match(wishes[1], False, True, False), Match(wishes[2], True, True, False)]
    two.anna.sheet = looked_at(sheet, found)
    two.answer(two.anna, ("wish-1", "n"), ("wish-2", "n"))
    now = matches(two.anna.record, two.anna.sheet, wishes)
    assert [(match.new, match.leaving) for match in now] == [(False, True)] * 2
    two.answer(two.anna, ("wish-2", "m"))
    two.week(2)
    now = matches(two.anna.record, two.open_sheet(two.anna), wishes)
    assert now == [Match(wishes[2], True, False, False)]
    two.anna.sheet = looked_at(two.anna.sheet, now)
    two.answer(two.anna, ("wish-1", "y"))
    two.week(3)
    assert [match.new for match in matches(two.anna.record, two.open_sheet(two.anna), wishes)] == [True, False]
    assert matches(two.anna.record, laid_out(Sheet(), "cleo", wishes), wishes) == []


def test_the_export_tells_what_was_answered():
    two = Two(shelf(2))
    mine = two.write(two.anna, "The lake.")
    two.answer(two.anna, ("wish-0", "y"), (mine, "l"))
    two.visit(two.anna, 1)
    assert isinstance(two.anna.record, Record)
    words = two.anna.record.words()
    assert words.lines == [("Yes", "wish-0"), ("Not now", "A wish that one of you wrote")]
