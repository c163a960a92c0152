"""Every write of a talk that works something through. Each ends in calling the other, where there is something to read."""

from typing import Any
from uuid import UUID

from django.db import transaction

from usward.entries.door import Insider
from usward.entries.kinds import Kind, Silent
from usward.entries.writer import Put
from usward.practices.workthrough import calling
from usward.practices.workthrough import entries as e
from usward.practices.workthrough.exchange import PAUSE
from usward.practices.workthrough.fair import order, orders
from usward.practices.workthrough.talks import BEGINNING, Talk, address, composer, part
from usward.practices.workthrough.ways import ME, apart, side
from usward.talkback.beckon import beckon
from usward.talkback.entries import When


class GoneOn(Exception):
    """What this was about has changed meanwhile: nothing was written."""


@transaction.atomic
def begin(inside: Insider, text: str, entry_id: UUID) -> Put:
    """Begin a talk with a name for it. Its id is that of this first name."""
    exchange = e.exchange_name(entry_id.hex)
    put = inside.writer.put(e.Named(text), exchange=exchange, step="name", entry_id=entry_id)
    if put.outcome == "kept":
        inside.writer.put(e.Begun(), exchange=exchange, step="begun", slot=exchange)
        inside.drafts.drop(BEGINNING)
        beckon(inside, exchange, calling.BEGUN, address(entry_id.hex))
    return put


def _put(inside: Insider, talk: Talk, value: Kind, step: str = "", form: str = "", **how: Any) -> Put:
    """Put something, at the present step if none is named. The draft of its form has done its work."""
    put = inside.writer.put(value, exchange=talk.exchange, step=step or talk.now.key, **how)
    if put.outcome == "kept" and not isinstance(value, Silent):
        inside.drafts.drop(composer(talk, form))
    return put


@transaction.atomic
def propose(inside: Insider, talk: Talk, value: Kind, entry_id: UUID, seen: str) -> Put:
    """Propose a name, an hour, an agreement, a verdict; on one phone the two have agreed already. `seen` is the id of
    what this page showed as proposed. Raises GoneOn where something else is by now."""
    newest = talk.now.here.newest
    if seen != (newest.id.hex if newest else "") and not any(one.id == entry_id for one in talk.said):
        raise GoneOn
    put = _put(inside, talk, value, entry_id=entry_id)
    if put.outcome == "kept":
        if talk.now.passing:
            _put(inside, talk, e.Agreed(put.id.hex, passed=True))
        calling.tell(inside, talk, calling.PROPOSED)
    return put


@transaction.atomic
def agree(inside: Insider, talk: Talk, to: UUID, entry_id: UUID, step: str = "") -> None:
    """Agree to what the other proposed; on one phone both do. Raises GoneOn where it is no longer proposed."""
    pause = talk.now.pause if step == PAUSE else None
    newest = (pause or talk.now.here).newest
    if newest is None or newest.id != to or (side(newest) == ME and not talk.now.passing):
        raise GoneOn
    name, passed = step or talk.now.key, side(newest) == ME
    slot = f"{talk.exchange}:{name}:{to.hex}:{passed}"
    if _put(inside, talk, e.Agreed(to.hex, passed), name, slot=slot, entry_id=entry_id).outcome == "kept":
        calling.tell(inside, talk, calling.AGREES)


@transaction.atomic
def write(inside: Insider, talk: Talk, value: Kind, passed: bool, entry_id: UUID, replaces: UUID | None) -> Put:
    """Write a part of what both write apart: one's own, or what the other says on this phone. It opens when both parts
    are there; what the two wrote on one phone has one author, who opens it for the other's own."""
    now, whose = talk.now, "theirs" if passed else "mine"
    step, stands = (f"taught:{now.key}", now.taught()) if now.at == "look" else (now.key, now.here)
    slot = f"{talk.exchange}:{step}:{whose}"
    put = _put(inside, talk, value, step, part(talk, passed), slot=slot, entry_id=entry_id, replaces=replaces)
    if put.outcome != "kept":
        return put
    said = [one for one in inside.reader.exchange(talk.exchange) if one.step == step]
    mine = [one for one in said if one.mine]
    if now.passing and {one.value.passed for one in mine} == {False, True}:
        for one in mine:
            inside.writer.open_early(one.id)
    if apart(Kind)(said).outcome and not stands.outcome:
        calling.tell(inside, talk, calling.BOTH)
    return put


@transaction.atomic
def add(inside: Insider, talk: Talk, idea: Kind, entry_id: UUID) -> Put:
    """Add an idea."""
    put = _put(inside, talk, idea, entry_id=entry_id)
    if put.outcome == "kept":
        calling.tell(inside, talk, calling.IDEA)
    return put


@transaction.atomic
def rate(inside: Insider, talk: Talk, ratings: dict[str, int], passed: bool, entry_id: UUID) -> None:
    """Say how gladly one would live with each idea. Once both have, the order is said, and the ratings never are.

    What the other rates on this phone is not kept at all: the order is made of it at once.
    """
    key = talk.now.key
    slot = f"{talk.exchange}:{key}"
    mine = inside.reader.own(e.Rated, slot)
    if passed:
        ideas = order(mine.value.ratings if mine else {}, ratings)
    else:
        _put(inside, talk, e.Rated(ratings), slot=slot, entry_id=entry_id, replaces=mine.id if mine else None)
        ideas = inside.reader.joint(orders, e.Rated).get((talk.exchange, key))
    if ideas is not None:
        _put(inside, talk, e.Order(ideas), slot=f"{slot}:order")
        _forget_ratings(inside, talk)
        calling.tell(inside, talk, calling.GONE_ON)


def _forget_ratings(inside: Insider, talk: Talk) -> None:
    """Ratings of which an order has been made are erased: each erases their own, at once or when they come next."""
    said = inside.reader.exchange(talk.exchange)
    done = {one.step for one in said if isinstance(one.value, e.Order)}
    for one in said:
        if isinstance(one.value, e.Rated) and one.step in done:
            inside.writer.withdraw(one.id)


@transaction.atomic
def ready(inside: Insider, talk: Talk, step: str, entry_id: UUID) -> None:
    """Ready to begin, to go on, to come back; on one phone both are."""
    if _put(inside, talk, e.Ready(), step, entry_id=entry_id).outcome == "kept":
        if talk.now.passing:
            _put(inside, talk, e.Ready(passed=True), step)
        calling.tell(inside, talk, calling.READY)


@transaction.atomic
def more_ideas(inside: Insider, talk: Talk) -> None:
    """More ideas first: back to where they are gathered."""
    _put(inside, talk, e.More(), slot=f"{talk.exchange}:{talk.now.key}:more")
    calling.tell(inside, talk, calling.GONE_ON)


@transaction.atomic
def pause(inside: Insider, talk: Talk, back: When, entry_id: UUID) -> None:
    """Pause, with a time at which one comes back; or, in a pause, propose another. It needs nobody's leave; on one phone the
    two have agreed on the time."""
    put = inside.writer.put(back, exchange=talk.exchange, step=PAUSE, entry_id=entry_id)
    if put.outcome == "kept":
        if talk.now.passing:
            _put(inside, talk, e.Agreed(put.id.hex, passed=True), PAUSE)
        calling.tell(inside, talk, calling.PAUSED)


@transaction.atomic
def stop(inside: Insider, talk: Talk) -> None:
    """Enough here. The other's page shows it when they look; nobody is called."""
    if not talk.now.stopped:
        _put(inside, talk, e.Stopped(), e.Stopped.name)
        calling.settle(inside, talk)


@transaction.atomic
def take_up(inside: Insider, talk: Talk) -> None:
    """Take it up again, where it stood."""
    if talk.now.stopped:
        _put(inside, talk, e.Stopped(False), e.Stopped.name)
        calling.tell(inside, talk, calling.UP_AGAIN)


def pass_phone(inside: Insider, talk: Talk, on: bool) -> None:
    """From here on this phone is for both, or for its owner again. Nobody else learns of it."""
    if talk.now.passing != on:
        _put(inside, talk, e.Passing(on), e.Passing.name)


def been(inside: Insider, talk: Talk) -> None:
    """This person has come and looked."""
    calling.been_there(inside, talk)
    if any(isinstance(one.value, e.Rated) for one in talk.said):
        _forget_ratings(inside, talk)
