"""Every write of a letter."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction

from usward.entries import attachments
from usward.entries.door import Insider
from usward.entries.models import Reveal
from usward.entries.reader import Said
from usward.entries.writer import NotYours, Put
from usward.practices.letters.entries import (
    AGREED,
    OPENED,
    SAY,
    Letter,
    MomentLetter,
    OneDay,
    Opened,
    day_exchange,
    exchange_name,
    opened_exchange,
    path_of,
)
from usward.talkback.beckon import Sign, beckon, been, sign
from usward.talkback.entries import BECKON

WRITTEN = sign("letter-written", "{name} has written you a letter", "See it")
LIES = sign("letter-lies", "{name} has left you a letter, for a moment that you choose", "See where it lies")
ITS_DAY = sign("letter-day", "A letter from {name} may be opened now", "See it")
ONE_DAY = sign("letters-one-day", "{name} would like two letters for one day: one from each of you", "See which day")


def composer(about: str = "") -> str:
    """The name of the draft of a letter: of a new one, or of one that is changed or has its day."""
    return f"letter:{about}"


@transaction.atomic
def write(inside: Insider, value: Letter, day: date | None, blob: bytes | None, entry_id: UUID) -> Put:
    """Leave a letter: for now, from a day on, or for a moment. Raises attachments.Refused."""
    shown = ITS_DAY if day else LIES if isinstance(value, MomentLetter) else WRITTEN
    return _put(inside, value, exchange_name(entry_id.hex), "", day, blob, entry_id, None, shown)


@transaction.atomic
def write_for_day(
    inside: Insider, one_day: Said[OneDay], value: Letter, blob: bytes | None, entry_id: UUID, replaces: UUID | None
) -> Put:
    """Write one's own of two letters for one day, or change it before the day. Raises attachments.Refused."""
    name, day = one_day.exchange, date.fromisoformat(one_day.value.day)
    put = _put(inside, value, name, name, day, blob, entry_id, replaces, ITS_DAY)
    if not put.conflict:
        been(inside, name)
    return put


@transaction.atomic
def change(
    inside: Insider, before: Said[Letter], value: Letter, blob: bytes | None, entry_id: UUID, replaces: UUID | None
) -> Put:
    """Change a letter whose day has not come. Raises attachments.Refused."""
    name, day = before.exchange, before.reveal_day
    return _put(inside, value, name, "", day, blob, entry_id, replaces or before.id, None)


def _put(
    inside: Insider,
    value: Letter,
    exchange: str,
    slot: str,
    day: date | None,
    blob: bytes | None,
    entry_id: UUID,
    replaces: UUID | None,
    shown: Sign | None,
) -> Put:
    put = inside.writer.put(
        _with_photo(inside, value, blob, entry_id),
        exchange=exchange,
        step=SAY,
        slot=slot,
        entry_id=entry_id,
        replaces=replaces,
        reveal=Reveal.FROM_DAY if day else Reveal.AT_ONCE,
        reveal_day=day,
    )
    if put.conflict:
        return put
    if shown and put.outcome == "kept" and replaces is None:
        beckon(inside, exchange_name(put.id.hex), shown, path_of(exchange), day)
    return put


def _with_photo(inside: Insider, value: Letter, blob: bytes | None, entry_id: UUID) -> Letter:
    """Take the photo in. The same letter sent twice has the photo of the first time."""
    if blob is None:
        return value
    again = inside.reader.version(entry_id)
    photo = again.value.photo if again else None
    return msgspec.structs.replace(value, photo=photo or attachments.keep(inside.me, blob))


@transaction.atomic
def agree(inside: Insider, value: OneDay, entry_id: UUID) -> Put:
    """Name a day for two letters; the other is asked along."""
    exchange = day_exchange(entry_id.hex)
    put = inside.writer.put(value, exchange=exchange, step=AGREED, slot=f"{exchange}:day", entry_id=entry_id)
    if put.outcome == "kept":
        beckon(inside, exchange, ONE_DAY, path_of(exchange))
    return put


@transaction.atomic
def open_letters(inside: Insider, exchange: str, letters: list[Said[Letter]]) -> None:
    """Note for oneself that what lies in an exchange has been opened, and take its cards off one's own Today."""
    name = opened_exchange(exchange)
    inside.writer.put(Opened(), exchange=name, step=OPENED, slot=name)
    for one in letters:
        been(inside, exchange_name(one.root.hex))


@transaction.atomic
def take_back(inside: Insider, said: Said[Any]) -> None:
    """Take back a letter, or a day that was named, with the card that leads to it. Raises NotYours."""
    if not said.mine:
        raise NotYours
    inside.writer.withdraw(said.id)
    name = said.exchange if said.step == AGREED else exchange_name(said.root.hex)
    for one in inside.reader.exchange(name):
        if one.mine and one.step == BECKON:
            inside.writer.withdraw(one.id)
