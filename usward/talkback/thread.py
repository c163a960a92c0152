"""Threads: what was said under a revealed thing, for a card or a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zlib import crc32

from usward.content.loader import library
from usward.content.schema import Beginning
from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.talkback.entries import KEPT, REPLY, TONIGHT
from usward.talkback.looked import look_at

SHOWN_BEGINNINGS = 3


@dataclass(frozen=True)
class Thread:
    """Replies in order, the talk that is meant for tonight, the lines that were kept, and words to begin with."""

    exchange: str
    replies: Sequence[Said[Any]]
    tonight: Said[Any] | None
    kept: Sequence[Said[Any]]
    beginnings: Sequence[Beginning]
    draft: str
    next: str


def begin_with(situation: str, day: date, exchange: str) -> list[Beginning]:
    """A few beginnings for a situation: others under each thing, others tomorrow."""
    suited = [one for one in library().beginnings_for(situation) if one.situation == situation]
    start = day.toordinal() * SHOWN_BEGINNINGS + crc32(exchange.encode())
    return [suited[(start + i) % len(suited)] for i in range(min(SHOWN_BEGINNINGS, len(suited)))]


def composer(exchange: str) -> str:
    """The name of the draft of a reply."""
    return f"reply:{exchange}"


def thread(
    inside: Insider,
    exchange: str,
    said: Sequence[Said[Any]],
    situation: str,
    draft: str,
    where: str,
    *,
    visited: bool = True,
) -> Thread:
    """Fold an exchange into its thread. `situation` chooses the beginnings, turning with the days. Whoever has come to a page
    of it has seen what is said there; Today, where nobody goes to see it (not `visited`), notes by itself what it shows."""
    if visited:
        look_at(inside, said)
    chosen = begin_with(situation, inside.me.space.day_reached, exchange)
    tonight = [one for one in said if one.step == TONIGHT]
    return Thread(
        exchange=exchange,
        replies=[one for one in said if one.step == REPLY],
        tonight=tonight[-1] if tonight else None,
        kept=[one for one in said if one.step == KEPT],
        beginnings=chosen,
        draft=draft,
        next=where,
    )
