"""Which plans there are: all that come round, and of those that are once, whatever lies near or ahead.

What is said of a single time lies in the exchange of its month, and each month has marks that name what lies in it. So a
page reads what comes, however many years of plans lie behind.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from usward.entries.door import Insider
from usward.entries.models import Scope
from usward.entries.reader import Said
from usward.kit import clock
from usward.practices.plan.entries import Mark, Once, Rule, exchange_of, marks_of, months, turns_of
from usward.practices.plan.exchange import Standing, standing

RULES = 60  # as many as two people keep
BEHIND, AHEAD = timedelta(days=7), timedelta(days=366 * 2)
FARTHEST = timedelta(days=366 * 6)  # of what comes round once a year, the times that its page shows


def all_plans(inside: Insider, behind: timedelta = BEHIND, ahead: timedelta = AHEAD) -> list[Standing]:
    """Every plan that may still matter, with what was said of its times in the months so far behind and ahead."""
    if not inside.reader.any(Once, Rule):
        return []  # nobody plans: Today asks no more than this
    marked = _marked(inside, behind, ahead) or _bring_along(inside)
    rules = [said.root.hex for said in inside.reader.latest(Rule, RULES)]
    return _read(inside, {plan: marked.get(plan, set()) for plan in [*rules, *marked]})


def one_plan(inside: Insider, plan: str) -> Standing | None:
    """A plan by the hex of its id."""
    found = _read(inside, {plan: _marked(inside, ahead=FARTHEST).get(plan, set())})
    return found[0] if found else None


def _marked(inside: Insider, behind: timedelta = BEHIND, ahead: timedelta = AHEAD) -> dict[str, set[date]]:
    """The plans that have something near or ahead, and which of their times were spoken of."""
    today, found = clock.today(inside.me.zone), defaultdict[str, set[date]](set)
    names = [marks_of(month) for month in months(today - behind, today + ahead)]
    for mark in inside.reader.exchanges(names, Scope.SHARED):
        found[mark.value.plan].add(mark.value.of)
    return found


def mark(inside: Insider, plan: str, of: date, at: date) -> None:
    """Let the month of a day know of one time of a plan."""
    exchange, slot = marks_of(at), f"{at:%Y-%m}:{plan}:{of}"
    inside.writer.put(Mark(plan, of), exchange=exchange, slot=slot)


def _bring_along(inside: Insider) -> dict[str, set[date]]:
    """Hours that are once, planned before months had marks (on the first days of Plan): they are given theirs."""
    found, first = dict[str, set[date]](), clock.today(inside.me.zone) - BEHIND
    for plan in _read(inside, {said.root.hex: set() for said in inside.reader.latest(Once, RULES)}):
        of = plan.plan.value.when.day
        ahead = [at for at in {of, *(turn.value.day or of for turn in plan.turns.values())} if at >= first]
        for at in ahead:
            mark(inside, plan.id, of, at)
            found[plan.id] = {of}
    return found


def _read(inside: Insider, plans: dict[str, set[date]]) -> list[Standing]:
    names = [exchange_of(plan) for plan in plans]
    names += {turns_of(plan, day) for plan, days in plans.items() for day in days}
    return _standing(inside.reader.exchanges(names))


def _standing(said: Iterable[Said[Any]]) -> list[Standing]:
    by_plan = defaultdict[str, list[Said[Any]]](list)
    for one in said:
        by_plan[one.exchange.split(":")[1]].append(one)
    return [plan for some in by_plan.values() if (plan := standing(some))]
