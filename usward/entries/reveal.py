"""When the other may read: pure, and the only place that says so.

A step of an exchange is the list of its acts in the order of their arrival. From it follows, for each author, the moment
(a seq) from which the other may read their side. Once open it stays open; a withdrawal erases words, not that fact.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from usward.entries.models import Act, Reveal, Scope


@dataclass(frozen=True, slots=True)
class Move:
    """One act in a step, without its words."""

    seq: int
    author: UUID
    act: int
    slot: bytes
    reveal: int
    scope: int


def opened(moves: Iterable[Move]) -> dict[UUID, int]:
    """For each author the seq from which the other may read their side, by "when both" or by an early opening.

    *When both* opens when, at one moment, both have something living at the step.
    """
    living: dict[UUID, set[bytes]] = {}
    open_from: dict[UUID, int] = {}
    for move in sorted(moves, key=lambda m: m.seq):
        if move.scope != Scope.SHARED or move.reveal == Reveal.NEVER:
            continue
        mine = living.setdefault(move.author, set())
        if move.act == Act.SAY:
            mine.add(move.slot)
        elif move.act == Act.WITHDRAW:
            mine.discard(move.slot)
        elif move.act == Act.OPEN and move.slot in mine:
            open_from.setdefault(move.author, move.seq)
        if move.reveal == Reveal.WHEN_BOTH and len([a for a, slots in living.items() if slots]) > 1:
            for author, slots in living.items():
                if slots:
                    open_from.setdefault(author, move.seq)
    return open_from


def readable(move: Move, reveal_day: date | None, open_from: int | None, day_reached: date) -> bool:
    """Whether the other may read a living thing that was said."""
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
