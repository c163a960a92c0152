"""Every write: say it, put it aside for a night, let it go, take it back."""

from uuid import UUID

from django.db import transaction

from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.entries.writer import NotYours, Put
from usward.practices.sayit.entries import (
    CAREFULLY,
    SAY,
    WAIT,
    Carefully,
    Waiting,
    exchange_name,
    path_of,
    waiting_name,
)
from usward.talkback.beckon import beckon
from usward.talkback.entries import BECKON

COMPOSER = "sayit"


def composer(waits: Said[Waiting] | None = None) -> str:
    """The name of the draft of something new, or of something that waits."""
    return waits.exchange if waits else COMPOSER


@transaction.atomic
def say(inside: Insider, value: Carefully, entry_id: UUID, waits: Said[Waiting] | None = None) -> Put:
    """Say it, at once. It is a new thing; where it has waited, what waited is gone."""
    name = exchange_name(entry_id.hex)
    put = inside.writer.put(value, exchange=name, step=SAY, entry_id=entry_id)
    if put.outcome == "kept":
        beckon(inside, name, CAREFULLY, path_of(name))
    if not put.conflict:
        let_go(inside, waits)
    return put


@transaction.atomic
def sleep_on_it(inside: Insider, value: Waiting, entry_id: UUID, waits: Said[Waiting] | None = None) -> Put:
    """Keep it for oneself until another day, in the place of what has waited already."""
    name = waits.exchange if waits else waiting_name(entry_id.hex)
    replaces = waits.id if waits else None
    put = inside.writer.put(value, exchange=name, step=WAIT, slot=name, entry_id=entry_id, replaces=replaces)
    if not put.conflict:
        inside.drafts.drop(composer(waits))
    return put


@transaction.atomic
def let_go(inside: Insider, waits: Said[Waiting] | None) -> None:
    """Forget what waits, if anything does, and what was being typed."""
    if waits:
        inside.writer.withdraw(waits.id)
    inside.drafts.drop(composer(waits))


@transaction.atomic
def take_back(inside: Insider, said: Said[Carefully]) -> None:
    """Take back what one has said, with the card that leads to it. Raises NotYours."""
    if not said.mine:
        raise NotYours
    inside.writer.withdraw(said.id)
    for one in inside.reader.exchange(said.exchange):
        if one.mine and one.step == BECKON:
            inside.writer.withdraw(one.id)
