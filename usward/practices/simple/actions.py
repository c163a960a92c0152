"""The one write of a simple practice."""

from uuid import UUID

from django.db import transaction

from usward.entries.door import Insider
from usward.entries.models import Reveal, Scope
from usward.entries.writer import Put
from usward.practices.simple.entries import ROUND, Line, Written, exchange_name
from usward.practices.simple.schema import Practice
from usward.talkback.beckon import beckon, sign

WRITTEN = sign("simple-written", "{name} has written you something", "Read it")
BOTH = sign("simple-both", "You have both written", "Read it")
REVEALS = {"when both": Reveal.WHEN_BOTH, "at once": Reveal.AT_ONCE, "only me": Reveal.NEVER}


def composer(exchange: str) -> str:
    """The name of a round's draft."""
    return f"simple:{exchange}"


@transaction.atomic
def write(
    inside: Insider, practice: Practice, turn: str, lines: tuple[Line, ...], entry_id: UUID, replaces: UUID | None
) -> Put:
    """Write one's part of a round; the other is beckoned only when there is something that they can read."""
    exchange = exchange_name(practice.id, turn)
    scope = Scope.OWN if practice.reveal == "only me" else Scope.SHARED
    put = inside.writer.put(
        Written(practice.id, practice.title, lines),
        exchange=exchange,
        step=ROUND,
        slot=exchange if practice.who == "both" else "",
        entry_id=entry_id,
        replaces=replaces,
        scope=scope,
        reveal=REVEALS[practice.reveal] if scope == Scope.SHARED else None,
    )
    if put.conflict:
        return put
    inside.drafts.drop(composer(exchange))
    mine = inside.reader.one(put.id)
    if mine is not None and mine.shared and mine.open and put.outcome == "kept" and replaces is None:
        found = BOTH if practice.reveal == "when both" else WRITTEN
        beckon(inside, exchange, found, f"practice/{practice.id}/{turn}/")
    return put
