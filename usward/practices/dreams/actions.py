"""Every write of a dream."""

from typing import Any
from uuid import UUID

from django.db import transaction

from usward.entries.door import Insider
from usward.entries.models import Reveal, Scope
from usward.entries.reader import Said
from usward.entries.writer import Put
from usward.kit import clock
from usward.practices.dreams.entries import (
    CARD,
    COMPANY,
    DONE,
    LEAVE,
    LIGHT,
    NEWS,
    SHARED,
    STEP,
    SUCCESS,
    Company,
    Dream,
    Light,
    News,
    Rested,
    Step,
    cards_of,
    life_of,
)
from usward.practices.dreams.exchange import ALIVE, Beside, Standing, how, says_ours
from usward.talkback import hour
from usward.talkback.beckon import Sign, beckon, been, sign
from usward.talkback.entries import TONIGHT, Tonight

TOLD = sign("dream-told", "{name} has told you a dream", "Read it")
ASKED = sign("dream-asked", "{name} asks whether a dream could be yours together", "Read it")
TOGETHER = sign("dream-ours", "{name} dreams it with you: it is yours together", "See it")
WELL = sign("dream-success", "Something of {name}’s dream went well", "Be glad with them")
HARD = sign("dream-setback", "{name} has had a setback with a dream", "Be near")
ANSWERED = sign("dream-company", "{name} has written to a dream", "Read it")
NEW = "dream:new"


def composer(part: str, dream: str) -> str:
    """The name of the draft of one part of a dream's page."""
    return f"dream:{part}:{dream}"


def path_of(dream: str) -> str:
    """Where a shared dream is found."""
    return f"us/dreams/{UUID(dream)}/"


hour.leads("dream-life", "A talk about a dream", path_of)


def scope_of(one: Said[Any]) -> Scope:
    """What belongs to an own dream is own."""
    return Scope.SHARED if one.shared else Scope.OWN


def reveal_of(one: Said[Any]) -> Reveal | None:
    """What belongs to a dream of an earlier time as two is for nobody else, as the dream itself."""
    return Reveal.NEVER if one.never else None


@transaction.atomic
def tell(inside: Insider, value: Dream, entry_id: UUID, scope: Scope, draft: str = NEW) -> Put:
    """Keep a dream for oneself, or share it: as mine, or with the question whether it could be ours. `draft` is the name
    of the draft in which it was written."""
    name = cards_of(entry_id.hex)
    put = inside.writer.put(value, exchange=name, step=CARD, slot=name, entry_id=entry_id, scope=scope)
    if put.outcome == "kept":
        inside.drafts.drop(draft)
        if scope == Scope.SHARED:
            _call(inside, entry_id.hex, ASKED if value.for_two else TOLD)
    return put


@transaction.atomic
def share(inside: Insider, own: Said[Dream], value: Dream, entry_id: UUID) -> Put:
    """Share what was private: a new dream of today. That it lay in a drawer before is known to its author alone."""
    put = tell(inside, value, entry_id, Scope.SHARED, composer("share", own.exchange.partition(":")[2]))
    if put.outcome == "kept":
        _change(inside, own, _resting(own.value, SHARED, became=entry_id.hex))
    return put


def rewrite(inside: Insider, card: Said[Dream], text: str, why: str, entry_id: UUID, replaces: UUID | None) -> Put:
    """Put one's own words anew."""
    value = Dream(text, why, card.value.support, card.value.for_two)
    put = _change(inside, card, value, entry_id, replaces)
    if not put.conflict:
        inside.drafts.drop(composer("words", card.root.hex))
    return put


def want(inside: Insider, card: Said[Dream], support: str) -> None:
    """Say which support one wants, from now on."""
    if card.value.support != support:
        _change(inside, card, Dream(card.value.text, card.value.why, support, card.value.for_two))


@transaction.atomic
def call_ours(inside: Insider, now: Standing) -> None:
    """Say that it could be ours; once both have said so, it is."""
    value = now.card.value
    if now.mine is None:
        name = cards_of(now.dream)
        inside.writer.put(Dream(value.text, for_two=True), exchange=name, step=CARD, slot=name)
    elif how(now.mine) == ALIVE and not says_ours(now.mine):
        _change(inside, now.mine, Dream(now.mine.value.text, now.mine.value.why, now.mine.value.support, True))
    else:
        return
    been(inside, life_of(now.dream))
    _call(inside, now.dream, TOGETHER if says_ours(now.theirs) else ASKED)


def call_mine_again(inside: Insider, now: Standing) -> None:
    """Not ours after all: it is again whose it was first."""
    card = now.mine
    if card is None or not says_ours(card) or how(card) != ALIVE:
        return
    if now.first_is_mine:
        _change(inside, card, Dream(card.value.text, card.value.why, card.value.support, False))
    else:
        inside.writer.withdraw(card.id)


def end(
    inside: Insider, now: Standing, card: Said[Dream], to: str, line: str, entry_id: UUID, replaces: UUID | None
) -> Put:
    """It has come true, or one lets it go: for oneself. Of ours, the other says it for themselves."""
    put = _change(inside, card, _resting(card.value, to, line), entry_id, replaces)
    if put.outcome == "kept":
        inside.drafts.drop(composer("end", card.root.hex))
        if to == DONE and card.shared and card.value.support != LEAVE:
            _call(inside, now.dream, WELL)
    return put


def take_up(inside: Insider, card: Said[Rested]) -> None:
    """What was let go, or had come true, is dreamed again."""
    if how(card) not in (ALIVE, SHARED):
        value = card.value
        _change(inside, card, Dream(value.text, value.why, value.support, value.for_two))


def plan(
    inside: Insider, dream: str, card: Said[Dream], value: Step, entry_id: UUID, replaces: UUID | None = None
) -> Put:
    """A small step of one's own dream, new or put anew."""
    put = inside.writer.put(
        value,
        exchange=life_of(dream),
        step=STEP,
        entry_id=entry_id,
        replaces=replaces,
        scope=scope_of(card),
        reveal=reveal_of(card),
    )
    if not put.conflict:
        inside.drafts.drop(composer("step", dream))
    return put


def mark(inside: Insider, dream: str, step: Said[Step], done: bool) -> None:
    """A step is done, or not yet after all."""
    value = Step(step.value.text, step.value.when, step.value.then, done)
    if value != step.value:
        inside.writer.put(value, exchange=life_of(dream), step=STEP, replaces=step.id, scope=scope_of(step))


@transaction.atomic
def happened(inside: Insider, dream: str, card: Said[Dream], value: News, entry_id: UUID) -> Put:
    """Something went well, or did not. Who would rather be left in peace calls nobody by it."""
    put = inside.writer.put(
        value, exchange=life_of(dream), step=NEWS, entry_id=entry_id, scope=scope_of(card), reveal=reveal_of(card)
    )
    if not put.conflict:
        inside.drafts.drop(composer("news", dream))
    if put.outcome == "kept" and card.shared and card.value.support != LEAVE:
        _call(inside, dream, WELL if value.how == SUCCESS else HARD)
    return put


class InPeace(Exception):
    """The other would rather be left in peace now: nothing is said to their dream."""


@transaction.atomic
def keep_company(inside: Insider, now: Standing, can: Beside, text: str, entry_id: UUID) -> Put:
    """Say something to a dream, in the way that is wanted now. Raises InPeace."""
    if can.light:
        raise InPeace
    put = inside.writer.put(Company(can.way, text), exchange=life_of(now.dream), step=COMPANY, entry_id=entry_id)
    if not put.conflict:
        inside.drafts.drop(composer("company", now.dream))
    if put.outcome == "kept":
        been(inside, life_of(now.dream))
        _call(inside, now.dream, ANSWERED)
    return put


def leave_light(inside: Insider, dream: str) -> None:
    """Leave a quiet light: one a day is enough, and no card on Today tells of it."""
    life = life_of(dream)
    slot = f"{life}:light:{clock.today(inside.me.zone)}"
    inside.writer.put(Light(), exchange=life, step=LIGHT, slot=slot)
    been(inside, life)


def for_tonight(inside: Insider, dream: str, text: str) -> UUID:
    """Put a card out that both open together: one an evening, of the question asked last."""
    life = life_of(dream)
    slot = f"tonight:{life}:{clock.today(inside.me.zone)}"
    put = inside.writer.put(Tonight(text), exchange=life, step=TONIGHT, slot=slot)
    if put.conflict and put.standing:
        put = inside.writer.put(Tonight(text), exchange=life, step=TONIGHT, slot=slot, replaces=put.standing.id)
    return put.id


@transaction.atomic
def take_back(inside: Insider, dream: str) -> None:
    """Take back all that one has said of a dream, and to it."""
    life = inside.reader.exchange(life_of(dream))
    hour.drop(inside, life_of(dream), hour.standing(life))
    for one in [*inside.reader.exchange(cards_of(dream)), *life]:
        if one.mine:
            inside.writer.withdraw(one.id)


def _call(inside: Insider, dream: str, which: Sign) -> None:
    beckon(inside, life_of(dream), which, path_of(dream))


def _resting(value: Dream, to: str, line: str = "", became: str = "") -> Rested:
    return Rested(value.text, value.why, value.support, value.for_two, to, line, became)


def _change(
    inside: Insider,
    card: Said[Dream] | Said[Rested],
    value: Dream | Rested,
    entry_id: UUID | None = None,
    replaces: UUID | None = None,
) -> Put:
    """Put another version of one's own card."""
    place, old = card.exchange, replaces or card.id
    scope = scope_of(card)
    return inside.writer.put(value, exchange=place, step=CARD, slot=place, entry_id=entry_id, replaces=old, scope=scope)
