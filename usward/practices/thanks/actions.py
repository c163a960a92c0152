"""Every write of a thank-you or a compliment."""

from datetime import date
from uuid import UUID

from usward.entries.door import Insider
from usward.entries.models import Reveal
from usward.entries.writer import Put
from usward.practices.thanks.entries import Thanks, exchange_name

COMPOSER = "thanks"


def thank(inside: Insider, value: Thanks, entry_id: UUID, day: date | None, replaces: UUID | None = None) -> Put:
    """Say it: now, or from a day on."""
    name = exchange_name(entry_id.hex)
    if replaces:
        before = inside.reader.one(replaces)
        name = before.exchange if before and before.mine else name
    put = inside.writer.put(
        value,
        exchange=name,
        step="say",
        entry_id=entry_id,
        replaces=replaces,
        reveal=Reveal.FROM_DAY if day else Reveal.AT_ONCE,
        reveal_day=day,
    )
    if not put.conflict:
        inside.drafts.drop(COMPOSER)
    return put
