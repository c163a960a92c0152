"""Every write of an evening."""

from uuid import UUID

from django.db import transaction

from usward.content.schema import Ladder
from usward.entries.door import Insider
from usward.entries.writer import Put
from usward.practices.evening.entries import (
    BEGUN,
    ENDED,
    MOVED,
    Ended,
    Evening,
    Moved,
    Told,
    exchange_name,
    path_of,
    told_step,
)
from usward.practices.evening.exchange import LAST
from usward.talkback.beckon import beckon, sign

BEGAN = sign("evening-begun", "{name} would like an evening of questions with you", "Come along")


def composer(exchange: str, question: int) -> str:
    """The name of the draft of what is typed to a question: words to one are not found under the next."""
    return f"evening:{exchange}:{question}"


@transaction.atomic
def begin(inside: Insider, ladder: Ladder, one_phone: bool, entry_id: UUID) -> UUID:
    """Begin an evening; on two phones the other is asked along. Gives its id."""
    questions = tuple(one.text for one in ladder.questions)
    value = Evening(ladder.id, ladder.title, questions, one_phone)
    exchange = exchange_name(entry_id.hex)
    put = inside.writer.put(value, exchange=exchange, step=BEGUN, slot=exchange, entry_id=entry_id)
    if put.outcome == "kept" and not one_phone:
        beckon(inside, exchange, BEGAN, path_of(entry_id.hex))
    return entry_id


def go_on(inside: Insider, exchange: str, to: int) -> None:
    """Go on to a place, be it for having talked or for having skipped."""
    if 0 < to <= LAST:
        inside.writer.put(Moved(to), exchange=exchange, step=MOVED, slot=f"{exchange}:{to}")


def tell(
    inside: Insider, exchange: str, question: int, asked: str, text: str, entry_id: UUID, replaces: UUID | None
) -> Put:
    """Type instead of saying it aloud; it opens when both have."""
    put = inside.writer.put(
        Told(asked, text),
        exchange=exchange,
        step=told_step(question),
        slot=f"{exchange}:q{question}",
        entry_id=entry_id,
        replaces=replaces,
    )
    if not put.conflict:
        inside.drafts.drop(composer(exchange, question))
    return put


def enough(inside: Insider, exchange: str) -> None:
    """Enough for tonight."""
    inside.writer.put(Ended(), exchange=exchange, step=ENDED, slot=f"{exchange}:ended")
