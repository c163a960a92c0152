"""Every write that follows something revealed."""

from typing import Any
from uuid import UUID

from django.db import transaction

from usward.entries.door import Insider
from usward.entries.models import Reveal
from usward.entries.reader import Said
from usward.entries.writer import Put
from usward.talkback.beckon import beckon, been, call_off, met, out, sign
from usward.talkback.entries import KEPT, OFFER, REPLY, TONIGHT, Kept, Reply, Tonight
from usward.talkback.looked import look_at
from usward.talkback.thread import composer

OUT = sign("tonight-out", "{name} has put out a card to talk about together", "Open the card")


class NothingHere(LookupError):
    """There is nothing of the other's to answer in this exchange, for this person."""


def _require_revealed(inside: Insider, exchange: str, besides: tuple[str, ...]) -> list[Said[Any]]:
    """A reply needs something that both can read: theirs, or one's own once it is open. A mere offer is not enough."""
    said = inside.reader.exchange(exchange)
    if not any(one.open and one.step not in besides for one in said):
        raise NothingHere
    return said


def reply(inside: Insider, exchange: str, text: str, entry_id: UUID) -> Put:
    """Answer in the thread under something that both can read. Raises NothingHere."""
    said = _require_revealed(inside, exchange, (OFFER, TONIGHT))
    put = inside.writer.put(Reply(text), exchange=exchange, step=REPLY, entry_id=entry_id)
    if not put.conflict:
        inside.drafts.drop(composer(exchange))
        been(inside, exchange)
        look_at(inside, said)
    return put


@transaction.atomic
def say_it_tonight(inside: Insider, exchange: str, text: str, entry_id: UUID) -> Put:
    """Put a card out that both open together, instead of typing, and tell the other where it lies."""
    put = inside.writer.put(
        Tonight(text), exchange=exchange, step=TONIGHT, slot=f"tonight:{exchange}", entry_id=entry_id
    )
    if put.outcome == "kept":
        beckon(inside, out(exchange), OUT, f"tonight/{put.id}/")
    return put


@transaction.atomic
def keep_line(inside: Insider, exchange: str, line: str, entry_id: UUID) -> Put:
    """Keep one line of a talk, to which nobody is called any longer then. Raises NothingHere."""
    _require_revealed(inside, exchange, (OFFER,))
    call_off(inside, out(exchange))
    return inside.writer.put(Kept(line), exchange=exchange, step=KEPT, entry_id=entry_id)


@transaction.atomic
def take_back(inside: Insider, entry_id: UUID) -> None:
    """Take one's own words back. With an answer goes what called the other to it; and what it was an answer to, if its author
    held that out and nothing of the other's stands there yet; with a card for tonight, that it was put out. Raises NotYours."""
    said = inside.reader.version(entry_id)
    inside.writer.withdraw(entry_id)
    if said is not None and said.step == TONIGHT:
        call_off(inside, out(said.exchange))
    if said is None or said.reveal != Reveal.WHEN_BOTH:
        return
    left = inside.reader.exchange(said.exchange)
    if any(one.mine and one.step == said.step for one in left):
        return  # that was an older one, from a page of before
    call_off(inside, met(said.exchange))
    if all(one.mine for one in left):
        for one in left:
            if one.step == OFFER:
                inside.writer.withdraw(one.id)
