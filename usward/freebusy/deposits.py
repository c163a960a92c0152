"""Busy hours, sealed to the couple's public key: any job can leave them here, and only one of the two can open them."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec

from usward.freebusy.models import Calendar
from usward.plans.hours import Span, joined
from usward.spaces.models import Partner
from usward.vault.envelope import SealBroken
from usward.vault.keys import seal_to
from usward.vault.ring import Ring, public_half

BEHIND, AHEAD = timedelta(days=1), timedelta(days=400)
STEP = 16 * 1024  # the size of a deposit grows by these octets: it tells next to nothing of how busy somebody is
_MINUTE = 60


class Deposit(msgspec.Struct, frozen=True, array_like=True):
    """The spans of one calendar in minutes since 1970, whole ones around what is busy, bound to calendar and partner."""

    calendar: bytes
    partner: bytes
    minutes: list[tuple[int, int]]


def window(now: datetime) -> Span:
    """For which span busy hours are kept."""
    return now - BEHIND, now + AHEAD


def leave(row: Calendar, spans: list[Span]) -> None:
    """Seal the busy hours of a calendar into its row (unsaved). Without a couple's key nothing is left."""
    newest = public_half(row.partner.space_id)
    if newest is None:
        return
    minutes = [(int(start.timestamp()) // _MINUTE, -(-int(end.timestamp()) // _MINUTE)) for start, end in spans]
    plain = msgspec.msgpack.encode(Deposit(row.pk.bytes, row.partner_id.bytes, minutes)) + b"\x80"
    row.space, (row.epoch, public) = row.partner.space_id, newest
    row.deposit = seal_to(public, plain.ljust(-(-len(plain) // STEP) * STEP, b"\0"))


def spans_of(rows: list[Calendar], partner: Partner, ring: Ring) -> list[Span]:
    """What a partner's calendars have left, opened; what cannot be opened (any more) counts for nothing."""
    found: list[Span] = []
    for row in rows:
        if (
            row.partner_id != partner.pk
            or not row.deposit
            or row.space != partner.space_id
            or row.epoch not in ring.keys
        ):
            continue
        try:
            plain = ring.pair(row.epoch).open(bytes(row.deposit)).rstrip(b"\0")
            deposit = msgspec.msgpack.decode(plain.removesuffix(b"\x80"), type=Deposit)
        except (SealBroken, msgspec.MsgspecError):
            continue
        if (deposit.calendar, deposit.partner) == (row.pk.bytes, partner.pk.bytes):
            found += [(_at(start), _at(end)) for start, end in deposit.minutes]
    return joined(found)


def of_space(space: UUID) -> list[Calendar]:
    """The calendars of both."""
    return list(Calendar.objects.filter(partner__space_id=space).order_by("added_at", "pk"))


def _at(minutes: int) -> datetime:
    return datetime.fromtimestamp(minutes * _MINUTE, UTC)
