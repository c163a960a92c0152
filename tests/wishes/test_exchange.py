"""The exchange, over weeks: who comes when, what each learns, and that nothing but days decides what happens."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wishes.two import Person, Two, shelf
from usward.entries.joint import require
from usward.entries.models import Reveal, Scope
from usward.practices.wishes.entries import OwnWish, Record, Sheet, Side
from usward.practices.wishes.exchange import Visit, step
from usward.practices.wishes.sheet import LIMIT, MEETS_MAYBE, MEETS_YES, OWN_LIMIT, wants
from usward.practices.wishes.standing import NOBODY_YET, Standing, sound, table, week_of

LETTERS = st.sampled_from(["y", "m", "l", "n", ""])
NUMBER = 6
SHEETS = st.tuples(st.lists(LETTERS, min_size=NUMBER, max_size=NUMBER), st.booleans())


def fill(two: Two, who: Person, sheet: tuple[list[str], bool]) -> None:
    letters, maybes = sheet
    two.answer(who, *((f"wish-{n}", letter) for n, letter in enumerate(letters)), maybes=maybes)


def both_want(two: Two) -> dict[str, int]:
    """What meets, by the plain meaning of the answers: the oracle."""
    a, b = two.open_sheet(two.anna), two.open_sheet(two.ben)
    found = {}
    for wish, one, other in zip(a.wishes, a.answers, b.answers, strict=True):
        yes = one == other == "y"
        maybe = a.maybes and b.maybes and {one, other} <= {"y", "m"}
        if yes or maybe:
            found[wish] = MEETS_YES * yes | MEETS_MAYBE * maybe
    return found


@given(SHEETS, SHEETS)
def test_both_learn_what_both_want_and_nothing_else(anna, ben):
    two = Two(shelf(NUMBER))
    fill(two, two.anna, anna)
    fill(two, two.ben, ben)
    two.week(1)
    assert two.anna.found() == two.ben.found() == both_want(two)


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("visit"), st.sampled_from(["anna", "ben"])),
        st.tuples(st.just("week")),
        st.tuples(st.just("answer"), st.sampled_from(["anna", "ben"]), st.integers(0, NUMBER - 1), LETTERS),
        st.tuples(st.just("maybes"), st.sampled_from(["anna", "ben"]), st.booleans()),
        st.tuples(st.just("forgets"), st.sampled_from(["anna", "ben"])),
    ),
    max_size=40,
)


def live(two: Two, acts, on_act=lambda: None) -> int:
    """Play a life. Returns the week in which it ends."""
    week = 1
    for act in acts:
        who = getattr(two, act[1]) if len(act) > 1 else None
        match act:
            case ("visit", _):
                two.visit(who, week)
            case ("week",):
                week += 1
            case ("answer", _, wish, letter):
                two.answer(who, (f"wish-{wish}", letter))
            case ("maybes", _, on):
                two.answer(who, maybes=on)
            case ("forgets", _):  # readmitted: what was their own does not open any more
                who.record, who.sheet = None, Sheet()
        on_act()
    return week


@given(ACTS)
def test_whatever_happened_before_one_week_of_visits_brings_both_to_the_truth(acts):
    two = Two(shelf(NUMBER))
    week = live(two, acts)
    two.week(week + 1, rounds=3)
    assert two.anna.found() == two.ben.found() == both_want(two)


@given(ACTS)
def test_nothing_is_found_that_was_not_wanted_by_both(acts):
    """At no moment does anybody know of a match in which the other had not wanted it at a moment that they also did."""
    two, ever = Two(shelf(NUMBER)), {"anna": set(), "ben": set()}

    def look() -> None:
        for name in ever:
            sheet = two.open_sheet(getattr(two, name))
            ever[name] |= {
                (wish, bit)
                for wish, want in zip(sheet.wishes, wants(sheet, two.wishes()), strict=True)
                for bit in (MEETS_YES, MEETS_MAYBE)
                if want & bit
            }
        for person in (two.anna, two.ben):
            for wish, bits in person.found().items():
                for bit in (MEETS_YES, MEETS_MAYBE):
                    assert not bits & bit or ((wish, bit) in ever["anna"] and (wish, bit) in ever["ben"])

    live(two, acts, look)


@given(ACTS, st.sampled_from(["anna", "ben"]))
def test_a_step_twice_is_a_step_once(acts, name):
    two = Two(shelf(NUMBER))
    week = live(two, acts)
    who = getattr(two, name)
    two.visit(who, week)
    assert two.visit(who, week) is None and not two.look(who, week).standing.due


def test_how_a_week_goes():
    two = Two(shelf(NUMBER))
    two.answer(two.anna, ("wish-1", "y"), ("wish-2", "y"))
    two.answer(two.ben, ("wish-1", "y"), ("wish-3", "y"))
    assert two.visit(two.ben, 1) is None  # nothing to answer yet
    assert two.visit(two.anna, 1).side.said_to == NOBODY_YET
    assert two.visit(two.anna, 1) is None
    assert two.visit(two.ben, 1).side.said_to == two.anna.side.stamp
    assert two.visit(two.ben, 1) is None and two.ben.found() == {}
    assert two.visit(two.anna, 1).side.said_to == two.ben.side.stamp and two.anna.found() == {"wish-1": MEETS_YES}
    assert two.visit(two.ben, 1) and two.ben.found() == {"wish-1": MEETS_YES}
    for person in (two.anna, two.ben, two.anna):
        assert two.visit(person, 1) is None  # until the next week, whatever is answered
        two.answer(person, ("wish-4", "y"))
    assert two.visit(two.ben, 2) is None
    two.week(2)
    assert two.ben.found() == two.anna.found() == {"wish-1": MEETS_YES, "wish-4": MEETS_YES}


def test_who_comes_seldom_hears_what_waits_for_them():
    two = Two(shelf(NUMBER))
    two.answer(two.anna, ("wish-1", "y"), ("wish-2", "y"))
    two.answer(two.ben, ("wish-1", "y"), ("wish-2", "y"))
    for person in (two.anna, two.ben, two.anna):
        two.visit(person, 1)
    for week in (2, 3, 4):  # Ben is away; Anna opens anew each week, and thinks otherwise about one
        two.answer(two.anna, ("wish-2", "n"))
        two.visit(two.anna, week)
    two.visit(two.ben, 5)
    assert two.ben.found() == {"wish-1": MEETS_YES}
    two.answer(two.ben, ("wish-1", "n"))
    for week in (6, 7, 8):  # now Anna is away; what Ben has answered follows his mind
        two.visit(two.ben, week)
    two.visit(two.anna, 9)
    assert two.anna.found() == {}


@pytest.mark.parametrize("seldom", ["anna", "ben"])
@pytest.mark.parametrize("pause", [2, 3, 7])
def test_however_seldom_one_comes_both_hear_in_the_end(seldom, pause):
    two = Two(shelf(NUMBER))
    two.answer(two.anna, ("wish-1", "y"))
    two.answer(two.ben, ("wish-1", "y"))
    for week in range(1, 4 * pause):
        for name in ("anna", "ben"):
            if name != seldom or week % pause == 0:
                two.visit(getattr(two, name), week)
    assert two.anna.found() == two.ben.found() == {"wish-1": MEETS_YES}


def test_a_no_that_comes_before_anything_was_shown_counts():
    two = Two(shelf(NUMBER))
    two.answer(two.anna, ("wish-1", "y"))
    two.answer(two.ben, ("wish-1", "y"))
    two.visit(two.anna, 1)
    two.visit(two.ben, 1)
    two.answer(two.anna, ("wish-1", "n"))
    two.week(1)
    assert two.anna.found() == two.ben.found() == {}


def test_put_away_leaves_both_lists():
    two = Two(shelf(NUMBER))
    two.answer(two.anna, ("wish-1", "y"), ("wish-2", "y"))
    two.answer(two.ben, ("wish-1", "y"), ("wish-2", "y"))
    two.week(1)
    two.answer(two.ben, ("wish-1", "l"))
    assert "wish-1" in two.anna.found() and "wish-1" in two.ben.found()
    two.week(2)
    assert two.anna.found() == two.ben.found() == {"wish-2": MEETS_YES}


def test_put_away_leaves_ones_own_list_on_friday_whoever_else_comes():
    two = Two(shelf(NUMBER))
    for person in (two.anna, two.ben):
        two.answer(person, ("wish-1", "y"), ("wish-2", "y"))
    two.week(1)
    two.answer(two.anna, ("wish-1", "n"))
    two.visit(two.anna, 2)
    assert two.anna.found() == {"wish-2": MEETS_YES}
    assert two.ben.found() == {"wish-1": MEETS_YES, "wish-2": MEETS_YES}


def test_a_wish_of_ones_own_joins_and_leaves():
    two = Two(shelf(NUMBER))
    mine = two.write(two.anna, "The lake, at night.")
    for person in (two.anna, two.ben):
        two.answer(person, (mine, "y"))
    two.week(1)
    assert two.anna.found() == two.ben.found() == {mine: MEETS_YES}
    two.own.clear()  # taken back
    two.week(2)
    assert two.anna.found() == two.ben.found() == {}


def test_lists_that_differ_for_a_while_do_no_harm():
    two = Two(shelf(NUMBER))
    two.visit(two.anna, 1)
    two.library = shelf(NUMBER + 3)[2:]
    for person in (two.ben, two.anna):
        two.answer(person, ("wish-3", "y"), ("wish-7", "y"))
    two.week(1)
    two.week(2)
    assert two.anna.found() == two.ben.found() == {"wish-3": MEETS_YES, "wish-7": MEETS_YES}


def test_intimacy_counts_as_far_as_one_goes_along():
    two = Two(shelf(0, intimate=3))
    everything = tuple((f"close-{n}", "y") for n in range(3))
    two.answer(two.anna, *everything, level=3)
    two.answer(two.ben, *everything, level=1)
    two.week(1)
    assert two.anna.found() == two.ben.found() == {"close-0": MEETS_YES}
    assert len(two.anna.side.wishes) == 3  # all levels are on the list, whoever goes along
    two.answer(two.ben, level=2)
    two.answer(two.anna, level=0)
    two.week(2)
    assert two.anna.found() == two.ben.found() == {}


def test_with_somebody_new_nothing_counts():
    two = Two(shelf(NUMBER))
    two.answer(two.anna, ("wish-1", "y"))
    two.answer(two.ben, ("wish-1", "y"))
    two.week(1)
    before = two.anna.record
    two.anna.other, two.ben = "cleo", Person(False, "anna")
    assert two.look(two.anna, 1).standing.now is None and two.look(two.anna, 1).standing.due
    two.answer(two.ben, ("wish-1", "y"))
    two.week(2)
    assert two.anna.record.stamp != before.stamp and two.anna.found() == two.ben.found() == {}
    two.answer(two.anna, ("wish-1", "y"))
    two.week(3)
    assert two.anna.found() == two.ben.found() == {"wish-1": MEETS_YES}


BENT = {
    "no stamp": {"stamp": NOBODY_YET},
    "a short stamp": {"stamp": b"x"},
    "points cut off": {"points": b"x" * 31},
    "points of small order": {"points": bytes(32) * 2 * NUMBER},
    "a wish twice": {"wishes": ("wish-1",) * NUMBER},
    "no tags": {"tags": b""},
    "a tag too many": {"tags": bytes(16 * 2 * NUMBER + 16)},
    "other wishes": {"wishes": tuple(f"else-{n}" for n in range(NUMBER))},
    "said to a stranger": {"said_to": b"s" * 16},
    "said to nobody": {"said_to": b""},
}


@pytest.mark.parametrize("bent", BENT.values(), ids=list(BENT))
@pytest.mark.parametrize("name", ["anna", "ben"])
def test_a_side_that_is_bent_finds_nothing_and_stops_nobody(bent, name):
    two = Two(shelf(NUMBER))
    for person in (two.anna, two.ben):
        two.answer(person, ("wish-1", "y"))
    who = getattr(two, name)
    other = two.other(who)
    for _ in range(3):
        two.visit(other, 1)
        whole = other.side
        other.side = whole and msgspec.structs.replace(whole, **bent)
        two.visit(who, 1)
        other.side = whole
        assert who.found() == {}
    two.week(2, rounds=3)
    assert two.anna.found() == two.ben.found() == {"wish-1": MEETS_YES}


def test_too_long_a_list_is_not_sound():
    wishes = tuple(str(n) for n in range(LIMIT + 1))
    side = Side(b"s" * 16, wishes, bytes(64 * len(wishes)), NOBODY_YET, b"")
    assert not sound(side)
    assert sound(Side(b"s" * 16, wishes[1:], bytes(64 * LIMIT), NOBODY_YET, b""))
    assert not sound(Side(b"s" * 16, ("1", *wishes[3:], "5"), bytes(64 * LIMIT), NOBODY_YET, b""))


def test_the_list_has_room_for_what_the_two_write():
    two = Two(shelf(LIMIT))
    written = [two.write(two.anna, f"Number {n}.") for n in range(OWN_LIMIT + 3)]
    ids = [wish.id for wish in two.wishes()]
    assert len(ids) == LIMIT and ids[-OWN_LIMIT:] == written[:OWN_LIMIT]


def test_weeks_begin_on_fridays():
    friday = date(2026, 10, 2)
    assert friday.weekday() == 4
    for n in range(7):
        assert week_of(friday + timedelta(n)) == week_of(friday)
    assert week_of(friday - timedelta(1)) == week_of(friday) - 1 == week_of(friday + timedelta(7)) - 2


def test_kinds_say_for_whom_they_are():
    assert (Side.scope, Side.reveal, Record.scope, OwnWish.scope) == (
        Scope.JOINT,
        Reveal.NEVER,
        Scope.OWN,
        Scope.SHARED,
    )
    require(table)
    mine: list[Any] = [1, 2]
    theirs: list[Any] = [3]
    found = table(mine, theirs)
    assert (table([], []).mine, vars(found)) == (None, {"mine": 2, "theirs": 3})


def test_a_visit_of_no_use_is_none():
    assert step(Visit(Standing(False, 1, "", None, None, None), (), Sheet(), bytes(32))) is None
