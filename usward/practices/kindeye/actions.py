"""The two writes: keep what was written, and let it go."""

from uuid import UUID

from django.db import transaction

from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.entries.writer import Put
from usward.practices.kindeye.entries import KindEye, exchange_name

COMPOSER = "kind-eye"


@transaction.atomic
def keep(inside: Insider, value: KindEye, entry_id: UUID) -> Put:
    """Keep it, for oneself."""
    put = inside.writer.put(value, exchange=exchange_name(entry_id.hex), entry_id=entry_id)
    if not put.conflict:
        inside.drafts.drop(COMPOSER)
    return put


def let_go(inside: Insider, said: Said[KindEye]) -> None:
    """Erase one of one's own. Raises NotYours."""
    inside.writer.withdraw(said.id)
