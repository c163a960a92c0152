"""When the other may read: pure, and the only place that says so.

A step of an exchange is the list of its acts in the order of their arrival. From it follows, for each author, the moment
(a seq) from which the other may read their side. Once open it stays open; a withdrawal erases words, not that fact.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from usward.entries.models import Act, Reveal, Scope


class Move(NamedTuple):
    """One act in a step, without its words."""

    seq: int
    author: UUID
    act: int
    slot: bytes
    reveal: int
    scope: int


def opened(moves: Iterable[Move]) -> dict[UUID, int]:
    """For each author the seq from which the other may read what they said "when both", by that or by an early opening.

    *When both* opens when, at one moment, both have something living at the step. What waits for a day, or is never
    shown, does not count: the other could not read it, so nothing of theirs may open against it; and it does not open
    with the rest (a letter for June stays one).
    """
    living: dict[UUID, dict[bytes, int]] = {}
    open_from: dict[UUID, int] = {}
    for move in sorted(moves, key=lambda m: m.seq):
        mine = living.setdefault(move.author, {})
        if move.scope != Scope.SHARED:
            mine.pop(move.slot, None)  # what took its place is not for the other: nothing shared stands there now
            continue
        if move.act == Act.SAY and move.reveal in (Reveal.AT_ONCE, Reveal.WHEN_BOTH):
            mine[move.slot] = move.reveal
        elif move.act != Act.OPEN:
            mine.pop(move.slot, None)
        elif mine.get(move.slot) == Reveal.WHEN_BOTH:
            open_from.setdefault(move.author, move.seq)
        if sum(bool(side) for side in living.values()) > 1:
            for author, side in living.items():
                if Reveal.WHEN_BOTH in side.values():
                    open_from.setdefault(author, move.seq)
    return open_from


def readable(move: Move, reveal_day: date | None, open_from: int | None, day_reached: date) -> bool:
    """Whether the other may read a living thing that was said.

    `open_from` is the seq at which it was opened: for "when both" that of the author's side of the step, for "from a day"
    that of the early opening of this very thing. The same rule stands in SQL in reader.py; tests hold them together.
    """
    if move.scope != Scope.SHARED or move.act != Act.SAY:
        return False
    if move.reveal == Reveal.AT_ONCE:
        return True
    if move.reveal == Reveal.FROM_DAY and reveal_day is not None and reveal_day <= day_reached:
        return True
    return move.reveal in (Reveal.WHEN_BOTH, Reveal.FROM_DAY) and open_from is not None


def changed_since_read(move: Move, day: date, reveal_day: date | None, open_from: int | None) -> bool:
    """Whether an edited version came after the other could read the one before it."""
    if move.reveal == Reveal.AT_ONCE:
        return True
    if open_from is not None and move.seq > open_from:
        return True
    return move.reveal == Reveal.FROM_DAY and reveal_day is not None and day >= reveal_day
