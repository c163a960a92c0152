"""Every write to one's own settings. What the other can read (name, colour, shape) is told to both; the rest to nobody."""

from datetime import date, time, timedelta
from typing import Any

from django.db import transaction

from usward.entries.door import Insider
from usward.kit import clock
from usward.live import ping_on_commit
from usward.practices.plan.feeds import refresh_mine
from usward.spaces.actions import bump, ensure_epoch, still_here
from usward.spaces.card import Card, write_card
from usward.spaces.models import Partner
from usward.vault.ring import open_ring

LONGEST_PAUSE = timedelta(days=92)


class ColourTaken(Exception):
    """The other has this colour already."""


@transaction.atomic
def set_face(inside: Insider, card: Card, colour: str, shape: str) -> bool:
    """Change what the other knows me by. Returns whether anything is new. Raises ColourTaken."""
    me = inside.me
    if (inside.my_card, me.colour, me.shape) == (card, colour, shape):
        return False
    other = still_here(me, inside.unlocked)
    if other is not None and other.colour == colour:
        raise ColourTaken
    ensure_epoch(me, inside.unlocked)
    me.colour, me.shape = colour, shape
    write_card(me, open_ring(inside.unlocked, me.space_id), card)
    me.save(update_fields=["colour", "shape", "card"])
    told = {me.pk} | ({other.pk} if other else set())
    bump(*told)
    for partner_id in told:
        ping_on_commit(partner_id)
    return True


@transaction.atomic
def _own(me: Partner, **fields: Any) -> None:
    """Change what concerns me alone. My other pages look again; nobody else's do."""
    for name, value in fields.items():
        setattr(me, name, value)
    me.save(update_fields=list(fields))
    bump(me.pk)
    ping_on_commit(me.pk)


@transaction.atomic
def set_zone(inside: Insider, zone: str) -> None:
    """Where my day begins, and by which clocks my calendar tells."""
    _own(inside.me, zone=zone)
    refresh_mine(inside)


def set_look(inside: Insider, theme: str, reading: str, calm: bool) -> None:
    """How the pages look to me."""
    _own(inside.me, theme=theme, reading=reading, calm=calm)


def set_pause(inside: Insider, until: date | None) -> None:
    """Put Usward aside until a day (none: come back). At most three months."""
    last = clock.today(inside.me.zone) + LONGEST_PAUSE
    _own(inside.me, paused_until=min(until, last) if until else None)


def set_quiet_hours(inside: Insider, start: time | None, end: time | None) -> None:
    """Hours in which nothing is sent to me."""
    _own(inside.me, quiet_from=start, quiet_until=end)
