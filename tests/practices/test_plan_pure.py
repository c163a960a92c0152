"""Where planned hours stand, whatever was said of them and in whatever order."""

from datetime import date, time, timedelta
from types import SimpleNamespace
from uuid import uuid4

from hypothesis import given as for_all
from hypothesis import strategies as some

from usward.plans.rules import FORTNIGHT, ONCE, WEEK, When, next_days
from usward.practices.plan.entries import (
    ANSWER,
    AS_PLANNED,
    END,
    LET_GO,
    MOVED,
    PLAN,
    TURN,
    Answer,
    Ended,
    Once,
    Rule,
    Turn,
)
from usward.practices.plan.exchange import standing

A_DAY = timedelta(days=1)


whens = some.builds(
    When,
    day=some.dates(date(2026, 1, 1), date(2026, 12, 31)),
    at=some.times().map(lambda one: one.replace(second=0, microsecond=0)),
    minutes=some.integers(20, 480),
    zone=some.sampled_from(("Europe/Copenhagen", "America/New_York", "Pacific/Auckland")),
    every=some.sampled_from((ONCE, WEEK, FORTNIGHT)),
)


@for_all(
    whens,
    some.lists(some.tuples(some.integers(0, 5), some.sampled_from((MOVED, LET_GO, AS_PLANNED)), some.integers(-5, 5))),
)
def test_every_hour_is_where_its_newest_word_put_it(when, turns):
    """However many words were said on it: no hour is lost, and none is there twice."""
    near = next_days(when, when.day, 6)
    kind = Once if when.every == ONCE else Rule
    said, last = [heard(1, PLAN, kind("date", when))], {}
    for seq, (number, how, days) in enumerate(turns, 2):
        if number < len(near):
            of = near[number].day
            to = {"day": of + days * A_DAY, "at": time(12), "zone": when.zone} if how == MOVED else {}
            said.append(heard(seq, TURN, Turn(of, how, **to)))
            last[of] = said[-1].value
    now = standing(reversed(said))
    start, end = near[0].start - 9 * A_DAY, near[-1].end + 9 * A_DAY
    hours = {hour.of: hour for hour in now.hours(start, end)}
    assert len(hours) == len(now.hours(start, end))
    for one in near:
        turn = last.get(one.day)
        assert hours[one.day].how == (turn.how if turn else AS_PLANNED)
        moved = turn is not None and turn.how == MOVED
        assert (hours[one.day].start == one.start) or moved
        assert hours[one.day].end - hours[one.day].start == one.end - one.start
    before = start - 30 * A_DAY
    coming = {hour.of for hour in now.coming(before, 30, before.date())}
    assert {one.day for one in near} <= coming, "none is lost to whoever looks ahead"


@for_all(some.permutations(range(5)))
def test_the_newest_word_counts_in_whatever_order_words_come(order):
    when = When(date(2026, 11, 27), time(19, 30), 60, "UTC", WEEK)
    plan = heard(1, PLAN, Rule("date", when))
    yes, no = Answer(plan.id.hex, True), Answer(plan.id.hex, False)
    said = [
        plan,
        heard(2, ANSWER, no),
        heard(3, ANSWER, yes),
        heard(4, END, Ended(date(2027, 1, 1))),
        heard(5, END, Ended(None)),
    ]
    now = standing([said[place] for place in order])
    assert (now.answer, now.over_from) == (True, None)


def heard(seq, step, value):
    """Something that was said."""
    return SimpleNamespace(seq=seq, step=step, value=value, id=uuid4(), root=uuid4(), mine=True)
