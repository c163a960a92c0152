"""Every write of a talk that works something through. Each ends in calling the other, where there is something to read."""

from typing import Any
from uuid import UUID

from django.db import transaction

from usward.entries.door import Insider
from usward.entries.kinds import Kind
from usward.entries.reader import Said
from usward.entries.writer import Put
from usward.practices.workthrough import calling
from usward.practices.workthrough.entries import (
    Agreed,
    Begun,
    Hour,
    Idea,
    More,
    Named,
    Order,
    Passing,
    Rated,
    Ready,
    Stopped,
    exchange_name,
)
from usward.practices.workthrough.exchange import PAUSE
from usward.practices.workthrough.fair import order, orders
from usward.practices.workthrough.talks import BEGINNING, Talk, address, composer
from usward.practices.workthrough.ways import ME, Apart, apart, side
from usward.talkback.beckon import beckon


class GoneOn(Exception):
    """What this was about has changed meanwhile: nothing was written."""


@transaction.atomic
def begin(inside: Insider, text: str, entry_id: UUID) -> Put:
    """Begin a talk with a name for it. Its id is that of this first name."""
    exchange = exchange_name(entry_id.hex)
    put = inside.writer.put(Named(text), exchange=exchange, step="name", entry_id=entry_id)
    if put.outcome == "kept":
        inside.writer.put(Begun(), exchange=exchange, step="begun", slot=exchange)
        inside.drafts.drop(BEGINNING)
        beckon(inside, exchange, calling.BEGUN, address(entry_id.hex))
    return put


@transaction.atomic
def propose(inside: Insider, talk: Talk, value: Kind, entry_id: UUID, seen: str) -> Put:
    """Propose a name, an hour, an agreement, a verdict; on one phone the two have agreed already. `seen` is the id of
    what this page showed as proposed. Raises GoneOn where something else is by now."""
    before = next((one for one in talk.said if one.id == entry_id), None)
    newest = _proposed(talk)
    if before is None and seen != (newest.id.hex if newest else ""):
        raise GoneOn
    put = inside.writer.put(value, exchange=talk.exchange, step=talk.now.key, entry_id=entry_id)
    if put.outcome == "kept":
        inside.drafts.drop(composer(talk))
        calling.on_its_day(inside, talk, value, anew=True)
        if talk.now.passing:
            inside.writer.put(Agreed(put.id.hex, passed=True), exchange=talk.exchange, step=talk.now.key)
        calling.tell(inside, talk, calling.PROPOSED)
    return put


def _proposed(talk: Talk) -> Said[Any] | None:
    here = talk.now.here
    found: Said[Any] | None = here.hour if hasattr(here, "hour") else here.newest
    return found


@transaction.atomic
def agree(inside: Insider, talk: Talk, to: UUID, entry_id: UUID, step: str = "") -> None:
    """Agree to what the other proposed; on one phone both do. Raises GoneOn where it is no longer proposed."""
    pause = talk.now.pause if step == PAUSE else None
    newest = pause.hour if pause else _proposed(talk)
    if newest is None or newest.id != to or (side(newest) == ME and not talk.now.passing):
        raise GoneOn
    name, passed = step or talk.now.key, side(newest) == ME
    slot = f"{talk.exchange}:{name}:{to.hex}:{passed}"
    put = inside.writer.put(Agreed(to.hex, passed), exchange=talk.exchange, step=name, slot=slot, entry_id=entry_id)
    if put.outcome == "kept":
        calling.on_its_day(inside, talk, newest.value, pause=pause is not None)
        calling.tell(inside, talk, calling.AGREES)


@transaction.atomic
def write(inside: Insider, talk: Talk, value: Kind, form: str, entry_id: UUID, replaces: UUID | None) -> Put:
    """Write a part of what both write apart: one's own, or where `form` ends in "passed" the other's, on this phone. It
    opens when both parts are there."""
    now, whose = talk.now, "theirs" if form.endswith("passed") else "mine"
    step, stands = (f"taught:{now.key}", now.taught()) if now.at == "look" else (now.key, now.here)
    slot = f"{talk.exchange}:{step}:{whose}"
    put = inside.writer.put(value, exchange=talk.exchange, step=step, slot=slot, entry_id=entry_id, replaces=replaces)
    if not put.conflict:
        inside.drafts.drop(composer(talk, form))
    if put.outcome == "kept" and now.passing:
        _open_both(inside, talk, step)
    after = _part(inside, talk, step)
    if put.outcome == "kept" and after.outcome and not stands.outcome:
        calling.tell(inside, talk, calling.BOTH)
    return put


def _part(inside: Insider, talk: Talk, step: str) -> Apart:
    """Both parts of a step, as they are now."""
    said = [one for one in inside.reader.exchange(talk.exchange) if one.step == step]
    return apart(Kind)(said)


def _open_both(inside: Insider, talk: Talk, step: str) -> None:
    """What the two wrote on one phone has one author: it opens for the other's own phone once both parts are there."""
    mine = [one for one in inside.reader.exchange(talk.exchange) if one.step == step and one.mine]
    if {one.value.passed for one in mine} == {False, True}:
        for one in mine:
            inside.writer.open_early(one.id)


@transaction.atomic
def add(inside: Insider, talk: Talk, idea: Idea, entry_id: UUID) -> Put:
    """Add an idea."""
    put = inside.writer.put(idea, exchange=talk.exchange, step=talk.now.key, entry_id=entry_id)
    if put.outcome == "kept":
        inside.drafts.drop(composer(talk))
        calling.tell(inside, talk, calling.IDEA)
    return put


@transaction.atomic
def rate(inside: Insider, talk: Talk, ratings: dict[str, int], passed: bool, entry_id: UUID) -> None:
    """Say how gladly one would live with each idea. Once both have, the order is said, and the ratings never are.

    What the other rates on this phone is not kept at all: the order is made of it at once.
    """
    key = talk.now.key
    slot = f"{talk.exchange}:{key}"
    mine = inside.reader.own(Rated, slot)
    if passed:
        ideas = order(mine.value.ratings if mine else {}, ratings)
    else:
        replaces = mine.id if mine else None
        value = Rated(ratings)
        inside.writer.put(value, exchange=talk.exchange, step=key, slot=slot, entry_id=entry_id, replaces=replaces)
        ideas = inside.reader.joint(orders, Rated).get((talk.exchange, key))
    if ideas is not None:
        inside.writer.put(Order(ideas), exchange=talk.exchange, step=key, slot=f"{slot}:order")
        _forget_ratings(inside, talk)
        calling.tell(inside, talk, calling.GONE_ON)


def _forget_ratings(inside: Insider, talk: Talk) -> None:
    """Ratings of which an order has been made are erased: each erases their own, at once or when they come next."""
    said = inside.reader.exchange(talk.exchange)
    done = {one.step for one in said if isinstance(one.value, Order)}
    for one in said:
        if isinstance(one.value, Rated) and one.step in done:
            inside.writer.withdraw(one.id)


@transaction.atomic
def ready(inside: Insider, talk: Talk, step: str, entry_id: UUID) -> None:
    """Ready to begin, to go on, to come back; on one phone both are."""
    put = inside.writer.put(Ready(), exchange=talk.exchange, step=step, entry_id=entry_id)
    if put.outcome != "kept":
        return
    if talk.now.passing:
        inside.writer.put(Ready(passed=True), exchange=talk.exchange, step=step)
    calling.tell(inside, talk, calling.READY)


@transaction.atomic
def more_ideas(inside: Insider, talk: Talk) -> None:
    """More ideas first: back to where they are gathered."""
    inside.writer.put(More(), exchange=talk.exchange, step=talk.now.key, slot=f"{talk.exchange}:{talk.now.key}:more")
    calling.tell(inside, talk, calling.GONE_ON)


@transaction.atomic
def pause(inside: Insider, talk: Talk, back: Hour, entry_id: UUID) -> None:
    """Pause, with a time at which one comes back; or, in a pause, propose another. It needs nobody's leave."""
    put = inside.writer.put(back, exchange=talk.exchange, step=PAUSE, entry_id=entry_id)
    if put.outcome == "kept":
        calling.on_its_day(inside, talk, back, anew=True, pause=True)
        calling.tell(inside, talk, calling.PAUSED)


@transaction.atomic
def stop(inside: Insider, talk: Talk) -> None:
    """Enough here. The other's page shows it when they look; nobody is called."""
    if not talk.now.stopped:
        for which in calling.DAYS:
            calling.clear(inside, talk.exchange, which)
        inside.writer.put(Stopped(), exchange=talk.exchange, step=Stopped.name)


@transaction.atomic
def take_up(inside: Insider, talk: Talk) -> None:
    """Take it up again, where it stood."""
    if talk.now.stopped:
        inside.writer.put(Stopped(False), exchange=talk.exchange, step=Stopped.name)
        calling.tell(inside, talk, calling.UP_AGAIN)


def pass_phone(inside: Insider, talk: Talk, on: bool) -> None:
    """From here on this phone is for both, or for its owner again. Nobody else learns of it."""
    if talk.now.passing != on:
        inside.writer.put(Passing(on), exchange=talk.exchange, step=Passing.name)


def been(inside: Insider, talk: Talk) -> None:
    """This person has come and looked."""
    calling.been_there(inside, talk)
    if any(isinstance(one.value, Rated) for one in talk.said):
        _forget_ratings(inside, talk)
