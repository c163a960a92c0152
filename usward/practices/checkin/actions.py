"""Every write of a check-in."""

from uuid import UUID

from django.db import transaction

from usward.entries.door import Insider
from usward.entries.models import Scope
from usward.entries.writer import Put
from usward.kit import clock
from usward.practices.checkin.entries import CheckIn, exchange_name
from usward.spaces.models import Partner

SEEN_BY = {"both": Scope.SHARED, "me": Scope.OWN}
COMPOSER = "checkin"


@transaction.atomic
def check_in(inside: Insider, value: CheckIn, seen_by: str, entry_id: UUID, replaces: UUID | None) -> Put:
    """Say how one is today. Changing who sees it takes the earlier one back first; the choice is remembered."""
    scope = SEEN_BY[seen_by]
    name = exchange_name(inside.me.pk.hex, clock.today(inside.me.zone).isoformat())
    before = inside.reader.one(replaces) if replaces else None
    if before is not None and before.mine and before.exchange != name:
        before = replaces = None  # the page lay open over night: what was said yesterday stands
    if before is not None and before.shared != (scope == Scope.SHARED):
        inside.writer.withdraw(before.id)
        replaces = None
    put = inside.writer.put(
        value, exchange=name, step="say", slot=name, scope=scope, entry_id=entry_id, replaces=replaces
    )
    if not put.conflict:
        inside.drafts.drop(COMPOSER)
        Partner.objects.filter(pk=inside.me.pk).update(checkin_seen_by=seen_by)
    return put
