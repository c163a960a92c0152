"""Every write of a plan."""

from datetime import date, time
from uuid import UUID

from django.db import transaction

from usward.entries.door import Insider
from usward.entries.writer import Put
from usward.freebusy.actions import uncheck
from usward.plans.rules import ONCE
from usward.practices.plan.entries import (
    ANSWER,
    AS_PLANNED,
    CLASH,
    END,
    KEPT,
    LET_GO,
    MOVED,
    PLAN,
    RITUAL,
    TURN,
    Answer,
    Clash,
    Ended,
    Once,
    Plan,
    Ritual,
    Rule,
    Turn,
    exchange_of,
    turns_of,
)
from usward.practices.plan.exchange import Standing
from usward.practices.plan.feeds import refresh
from usward.practices.plan.reading import mark
from usward.talkback.beckon import Sign, beckon, been, call_off, sign

ASKED = sign("plan-asked", "{name} would like an hour with you", "See when")
AGREED = sign("plan-agreed", "{name} says yes: the hour is yours", "See it")
DECLINED = sign("plan-declined", "{name} cannot at that hour", "Find another")
CHANGED = sign("plan-moved", "{name} has moved an hour of yours", "See where to")
GONE = sign("plan-let-go", "{name} lets an hour go, this once", "See it")


def path_of(plan: str) -> str:
    """Where a plan is found."""
    return f"plan/{UUID(plan)}/"


def kind_of(every: str) -> type[Plan]:
    """Of which kind a plan is: once, or a rule."""
    return Once if every == ONCE else Rule


@transaction.atomic
def propose(inside: Insider, value: Plan, entry_id: UUID) -> Put:
    """Propose an hour to the other; alone, keep it until there is one."""
    name = exchange_of(entry_id.hex)
    put = inside.writer.put(value, exchange=name, step=PLAN, slot=name, entry_id=entry_id)
    if put.outcome == "kept":
        mark(inside, entry_id.hex, value.when.day, value.when.day)
        _tell(inside, entry_id.hex, ASKED)
    return put


@transaction.atomic
def change(inside: Insider, now: Standing, value: Plan, entry_id: UUID, replaces: UUID | None) -> Put:
    """Change one's own plan. The other is asked anew. An hour that is once stays so, and a rule a rule."""
    name = exchange_of(now.id)
    put = inside.writer.put(value, exchange=name, step=PLAN, slot=name, entry_id=entry_id, replaces=replaces)
    if put.outcome == "kept":
        mark(inside, now.id, value.when.day, value.when.day)
        _tell(inside, now.id, ASKED)
        refresh(inside)
    return put


@transaction.atomic
def answer(inside: Insider, now: Standing, to: str, yes: bool) -> None:
    """Say whether the other's hour suits. Said to the version that was looked at: one that has changed since is shown first."""
    if now.plan.mine or to != now.plan.id.hex or now.answer is yes:
        return
    inside.writer.put(Answer(to, yes), exchange=exchange_of(now.id), step=ANSWER)
    _tell(inside, now.id, AGREED if yes else DECLINED)
    refresh(inside)
    uncheck(inside)


@transaction.atomic
def take_back(inside: Insider, now: Standing) -> None:
    """Take back what one has proposed, as long as it is not agreed: it is as if it had not been said."""
    if now.may_take_back(inside.other is not None):
        inside.writer.withdraw(now.plan.id)
        call_off(inside, _calls(now.id))


@transaction.atomic
def move(inside: Insider, now: Standing, of: date, day: date, at: time) -> None:
    """Move one time of a plan, by one's own clocks."""
    _turn(inside, now, Turn(of, MOVED, day, at, inside.me.zone), CHANGED)


@transaction.atomic
def let_go(inside: Insider, now: Standing, of: date) -> None:
    """Let one time go, this once."""
    _turn(inside, now, Turn(of, LET_GO), GONE)


@transaction.atomic
def restore(inside: Insider, now: Standing, of: date) -> None:
    """As planned after all."""
    if of in now.turns:
        _turn(inside, now, Turn(of, AS_PLANNED), None)


def _turn(inside: Insider, now: Standing, value: Turn, which: Sign | None) -> None:
    stands = now.turns.get(value.of)
    if stands is not None and stands.value == value:
        return
    _of_one(inside, now, value, TURN, value.day or value.of)
    if which:
        _tell(inside, now.id, which)
    refresh(inside)
    uncheck(inside)


@transaction.atomic
def end(inside: Insider, now: Standing, from_day: date | None) -> None:
    """Let a plan come round no more from a day on, or (None) go on after all."""
    if now.over_from != from_day:
        inside.writer.put(Ended(from_day), exchange=exchange_of(now.id), step=END)
        refresh(inside)
        uncheck(inside)


@transaction.atomic
def keep(inside: Insider, now: Standing, of: date) -> None:
    """Keep an hour although it meets something in a calendar."""
    clash = now.clashes.get(of)
    if clash is not None and clash.how != KEPT:
        note_clash(inside, now, Clash(of, clash.start, KEPT))


def note_clash(inside: Insider, now: Standing, clash: Clash) -> None:
    """Say how one time of a plan stands to the calendars of the two."""
    _of_one(inside, now, clash, CLASH, clash.of)


@transaction.atomic
def call_ritual(inside: Insider, now: Standing, why: str, entry_id: UUID) -> Put:
    """Call a plan a ritual, and say why it matters. Said anew, the newest reason counts."""
    name, replaces = exchange_of(now.id), now.my_ritual.id if now.my_ritual else None
    value = Ritual(why)
    return inside.writer.put(value, exchange=name, step=RITUAL, slot=RITUAL, entry_id=entry_id, replaces=replaces)


@transaction.atomic
def call_off_ritual(inside: Insider, now: Standing) -> None:
    """It is a plan like others again."""
    if now.my_ritual:
        inside.writer.withdraw(now.my_ritual.id)


def looked(inside: Insider, plan: str) -> None:
    """Take the card away that led here."""
    been(inside, _calls(plan))


def _of_one(inside: Insider, now: Standing, value: Turn | Clash, step: str, at: date) -> None:
    """Say something of one time, in the exchange of its month; and mark it there and where it is now."""
    inside.writer.put(value, exchange=turns_of(now.id, value.of), step=step)
    for day in (value.of, at):
        mark(inside, now.id, value.of, day)


def _tell(inside: Insider, plan: str, which: Sign) -> None:
    been(inside, _calls(plan))
    beckon(inside, _calls(plan), which, path_of(plan))


def _calls(plan: str) -> str:
    """Where the cards lie that call to a plan: beside it, so that reading a plan reads none of them."""
    return f"plan-calls:{plan}"
