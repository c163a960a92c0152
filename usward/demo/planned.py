"""The couple's hours, as moments of their year."""

from collections.abc import Iterator
from datetime import time, timedelta
from uuid import UUID, uuid4

from usward.demo.life import Life, Planned, other_side
from usward.demo.moment import Moment
from usward.entries.door import Insider
from usward.kit import clock
from usward.plans.rules import When
from usward.practices.plan import actions
from usward.practices.plan.exchange import Standing
from usward.practices.plan.reading import one_plan

MORNING = 8 * 60 + 10


def planned(life: Life) -> Iterator[Moment]:
    """All of them."""
    for one in life.planned:
        yield from _plan(one, uuid4())


def _plan(one: Planned, plan: UUID) -> Iterator[Moment]:
    yield Moment(one.ago, MORNING, one.by, lambda me: _propose(me, one, plan))
    if one.yes:
        yield Moment(one.ago, MORNING + 50, other_side(one.by), lambda me: _says_yes(me, plan))
    if one.moved:
        ahead, to, at = one.moved
        yield Moment(0, 30, other_side(one.by), lambda me: _moves(me, plan, ahead, to, at))


def _propose(me: Insider, one: Planned, plan: UUID) -> None:
    day = clock.today(me.me.zone) + timedelta(days=one.ahead)
    when = When(day, time.fromisoformat(one.at), one.minutes, me.me.zone, one.every)
    actions.propose(me, actions.kind_of(one.every)(one.what, when, one.title, one.note), plan)


def _now(me: Insider, plan: UUID) -> Standing:
    now = one_plan(me, plan.hex)
    if now is None:
        raise LookupError("life.toml answers a plan that nobody made")
    return now


def _says_yes(me: Insider, plan: UUID) -> None:
    now = _now(me, plan)
    actions.answer(me, now, now.plan.id.hex, True)
    actions.looked(me, plan.hex)


def _moves(me: Insider, plan: UUID, ahead: int, to: int, at: str) -> None:
    today = clock.today(me.me.zone)
    day = today + timedelta(days=to)
    actions.move(me, _now(me, plan), today + timedelta(days=ahead), day, time.fromisoformat(at))
