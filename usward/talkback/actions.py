"""Every write that follows something revealed."""

from typing import Any
from uuid import UUID

from django.db import transaction

from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.entries.writer import Put
from usward.talkback.beckon import beckon, been, out, sign
from usward.talkback.entries import KEPT, REPLY, TONIGHT, Kept, Reply, Tonight
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
    said = _require_revealed(inside, exchange, ("offer", TONIGHT))
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


def keep_line(inside: Insider, exchange: str, line: str, entry_id: UUID) -> Put:
    """Keep one line of a talk. Raises NothingHere."""
    _require_revealed(inside, exchange, ("offer",))
    return inside.writer.put(Kept(line), exchange=exchange, step=KEPT, entry_id=entry_id)
