"""Other side: told in the other's first person, marked by them alone, line by line; and on one phone, whose words stand there."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from tests.given import the_two
from tests.talkback.signs import signs
from usward.talkback.entries import MARKED, MARKS, VIEW, Mark, OtherView, ViewMarks
from usward.talkback.otherside import mark, put, sides

X, PATH = "x:1", "thanks/"


def marks(view: UUID, *said: Mark, passed: bool = False) -> ViewMarks:
    return ViewMarks(view.hex, said, passed)


@pytest.mark.django_db(transaction=True)
def test_written_marked_and_told_once_more():
    anna, ben = the_two()
    first, again = uuid4(), uuid4()
    view = OtherView(("I am tired.", "I feel alone with it."), ("I want it to go well.",))
    assert put(anna.inside, X, view, 0, first, PATH).outcome == "kept"
    assert put(anna.inside, X, view, 0, first, PATH).outcome == "same", "a double tap is one"
    assert put(anna.inside, X, OtherView(("Other words.",)), 0, uuid4(), PATH).conflict
    assert signs(ben) == ["Anna has written how it may be for you"] and signs(anna) == []
    said = (
        Mark("I am tired.", "yes"),
        Mark("I feel alone with it.", "how", "More angry than alone."),
        Mark("I want it."),
    )
    told = mark(ben.inside, X, marks(first, *said), uuid4(), None, PATH)
    for person, by_me in ((anna, True), (ben, False)):
        side = sides(person.inside.reader.exchange(X))[0 if by_me else 1]
        assert [one.mark for one in side.thoughts] == ["yes", "how", ""] and not side.settled
        assert side.thoughts[1].words == "More angry than alone." and side.turn == 1
    assert signs(anna) == ["Ben has said what fits of what you wrote"] and signs(ben) == []
    changed = tuple(Mark(one.thought, "yes") for one in said)
    assert mark(ben.inside, X, marks(first, *changed), uuid4(), told.id, PATH).outcome == "kept"
    assert sides(anna.inside.reader.exchange(X))[0].settled
    put(anna.inside, X, OtherView(("I am angry.",)), 1, again, PATH)
    side = sides(ben.inside.reader.exchange(X))[1]
    assert [(one.text, one.mark) for one in side.thoughts] == [("I am angry.", "")] and side.turn == 2
    anna.inside.writer.withdraw(first)
    assert sides(ben.inside.reader.exchange(X))[1].turn == 2, "the place of a try stays taken"


@pytest.mark.django_db(transaction=True)
def test_on_one_phone_the_words_are_whose_they_are():
    anna, ben = the_two()
    view = uuid4()
    put(anna.inside, X, OtherView(("I am Anna, and glad.",), passed=True), 0, view)
    mark(anna.inside, X, marks(view, Mark("I am Anna, and glad.", "yes")), uuid4(), None)
    mine, theirs = sides(anna.inside.reader.exchange(X))
    assert mine.view is None and theirs.settled
    mine, theirs = sides(ben.inside.reader.exchange(X))
    assert theirs.view is None and mine.settled
    assert signs(ben) == [], "nobody is beckoned who sits beside"


VIEWS = [UUID(int=n) for n in range(3)]


def said(what: tuple) -> Any:
    """One act: who, on whose phone, a view or marks on one, and what they say."""
    number, mine, passed, is_view, about, chosen = what
    if is_view:
        value = OtherView((f"Line {number}.", "Another."), passed=passed)
        return SimpleNamespace(step=VIEW, mine=mine, value=value, id=VIEWS[about], slot=f"a:otherside:x:own:{number}")
    value = ViewMarks(VIEWS[about].hex, tuple(Mark("", one) for one in chosen), passed)
    return SimpleNamespace(step=MARKS, mine=mine, value=value, id=uuid4(), slot="a:m")


ACT = st.tuples(
    st.integers(0, 9), st.booleans(), st.booleans(), st.booleans(), st.integers(0, 2),
    st.lists(st.sampled_from(["", *MARKED]), min_size=1, max_size=3),
)  # fmt: skip


@for_all(st.lists(ACT))
def test_nobody_marks_what_they_wrote_and_the_newest_counts(acts):
    found = [said(one) for one in acts]
    for side, by_me in zip(sides(found), (True, False), strict=True):
        views = [one for one in found if one.step == VIEW and (one.mine != one.value.passed) == by_me]
        if not views:
            assert side.view is None and side.thoughts == () and not side.settled
            continue
        assert side.view is views[-1] and [one.text for one in side.thoughts] == list(views[-1].value.feels)
        given = [
            one
            for one in found
            if one.step == MARKS and (one.mine != one.value.passed) != by_me and one.value.view == side.view.id.hex
            and len(one.value.marks) == 2
        ]  # fmt: skip
        expected = [one.mark for one in given[-1].value.marks] if given else ["", ""]
        assert [one.mark for one in side.thoughts] == expected
        assert side.settled == (expected == ["yes", "yes"])
    assert [one.view for one in sides(found + [a for a in found if a.step == MARKS])] == [
        one.view for one in sides(found)
    ]
