"""The sheet: answers in their places, to the very words that were read, toward one person, and as long in any case."""

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
    answered,
    by_wish,
    from_fields,
    laid_out,
    listed,
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
    assert mine.id == f"own-{mine.root}"


def test_the_export_tells_what_was_answered():
    two = Two(shelf(2))
    mine = two.write(two.anna, "The lake.")
    two.answer(two.anna, ("wish-0", "y"), (mine, "l"))
    two.visit(two.anna, 1)
    assert isinstance(two.anna.record, Record)
    words = two.anna.record.words()
    assert words.lines == [("Yes", "wish-0"), ("Not now", "A wish that one of you wrote")]
