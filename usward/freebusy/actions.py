"""Every write of calendars: add, take away, and when one sleeps."""

from datetime import time
from functools import cache
from uuid import UUID

from django.db import transaction
from django.db.models import UUIDField

from usward.calendars.fetch import cleaned
from usward.entries.door import Insider
from usward.freebusy import work
from usward.freebusy.entries import SLEEP, Sleep
from usward.freebusy.models import Calendar
from usward.kit import clock
from usward.kit.prepared import Given, Prepared
from usward.spaces.actions import still_here
from usward.spaces.models import Partner
from usward.vault.server import seal_for_server

MOST = 8  # calendars of one person


class TooMany(Exception):
    """More calendars than one person has."""


def add_address(inside: Insider, entry_id: UUID, address: str) -> None:
    """Add a calendar by its address, and have it read soon. Raises fetch.Refused for what is no address, and TooMany."""
    address = cleaned(address).geturl()
    sealed = seal_for_server(work.ADDRESS, address.encode(), entry_id.bytes)
    if _add(inside, entry_id, sealed):
        transaction.on_commit(work.wake)


def add_file(inside: Insider, entry_id: UUID, data: bytes) -> None:
    """Add a calendar from a file, and have it read soon. Raises TooMany."""
    if _add(inside, entry_id, b""):
        transaction.on_commit(lambda: work.take(entry_id, data))


@transaction.atomic
def _add(inside: Insider, entry_id: UUID, address: bytes) -> bool:
    """Make the row; False where a double tap has made it already."""
    still_here(inside.me, inside.unlocked)
    mine = Calendar.objects.filter(partner=inside.me)
    if Calendar.objects.filter(pk=entry_id).exists():
        return False
    if mine.count() >= MOST:
        raise TooMany
    now = clock.now()
    due = now if address else None
    Calendar.objects.create(
        pk=entry_id, partner=inside.me, address=address, space=inside.me.space_id, added_at=now, due_at=due
    )
    return True


def take_away(inside: Insider, calendar: UUID) -> None:
    """Take a calendar of one's own away: its address and its hours are gone at once."""
    Calendar.objects.filter(partner=inside.me, pk=calendar).delete()


def sleep(inside: Insider, first: time, last: time) -> None:
    """Say when one sleeps."""
    now = inside.reader.own(Sleep, SLEEP)
    inside.writer.put(Sleep(first, last), exchange="freebusy", step=SLEEP, slot=SLEEP, replaces=now.id if now else None)


def unchecked(inside: Insider) -> bool:
    """Whether a calendar of the two was read since the plans were last compared with it."""
    return bool(_unchecked()(space=inside.me.space_id))


def uncheck(inside: Insider) -> None:
    """Note that an hour is another now, and has to be compared."""
    Calendar.objects.filter(space=inside.me.space_id).update(checked=False)


def check(inside: Insider) -> None:
    """Note that the plans have been compared."""
    Calendar.objects.filter(space=inside.me.space_id, checked=False).update(checked=True)


@cache
def _unchecked() -> Prepared[Calendar]:
    return Prepared(Calendar.objects.filter(space=Given("space", UUIDField()), checked=False)[:1])


def forget(partner: Partner) -> None:
    """Take all calendars of a partner away, when they leave."""
    Calendar.objects.filter(partner=partner).delete()
