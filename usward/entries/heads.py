"""Heads: an index of what is open, folded from the acts by reveal.py. Always rebuildable from them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BinaryField, UUIDField

from usward.entries.models import Act, Entry, Head
from usward.entries.reveal import Move, opened, readable
from usward.kit.prepared import Given, Prepared

_FIELDS = ("seq", "author_id", "act", "slot", "reveal", "scope")


_here = {
    "space_id": Given("space", UUIDField()),
    "exchange": Given("exchange", BinaryField()),
    "step": Given("step", BinaryField()),
}
_acts = Prepared(Entry.objects.filter(**_here).defer("body"))
_known = Prepared(Head.objects.filter(**_here))


class Step:
    """One step of an exchange: its acts, without their words, and who is open there since when."""

    def __init__(self, space: UUID, exchange: bytes, step: bytes) -> None:
        self._where: dict[str, Any] = {"space": space, "exchange": exchange, "step": step}
        self._rows = _acts(**self._where)
        self._opened = {head.author_id: head.opened for head in _known(**self._where)}

    def add(self, row: Entry) -> None:
        """An act has come to it: what stood in its slot stands no longer, unless it was only opened."""
        for earlier in self._rows:
            if row.act != Act.OPEN and bytes(earlier.slot) == bytes(row.slot):
                earlier.current = False
        self._rows.append(row)

    def refold(self) -> None:
        """Fold it anew and write the heads that are new."""
        for author, seq in opened(map(_move, self._rows)).items():
            if author not in self._opened:
                self._opened[author] = seq
                Head.objects.create(
                    space_id=self._where["space"],
                    exchange=self._where["exchange"],
                    step=self._where["step"],
                    author_id=author,
                    opened=seq,
                )

    def readable(self, day_reached: date) -> dict[UUID, frozenset[int]]:
        """For each author, the seqs of the things here that the other may read."""
        seen: dict[UUID, set[int]] = {}
        for row in self._rows:
            if row.current and readable(_move(row), row.reveal_day, self._opened.get(row.author_id), day_reached):
                seen.setdefault(row.author_id, set()).add(row.seq)
        return {author: frozenset(seqs) for author, seqs in seen.items()}


def _move(row: Entry) -> Move:
    return Move(row.seq, row.author_id, row.act, bytes(row.slot), row.reveal, row.scope)


def _steps(space: UUID) -> dict[tuple[bytes, bytes], list[Move]]:
    steps: dict[tuple[bytes, bytes], list[Move]] = defaultdict(list)
    rows = Entry.objects.filter(space_id=space).values_list("exchange", "step", *_FIELDS)
    for exchange, step, seq, author, act, slot, reveal, scope in rows:
        steps[bytes(exchange), bytes(step)].append(Move(seq, author, act, bytes(slot), reveal, scope))
    return steps


def computed(space: UUID) -> set[tuple[bytes, bytes, UUID, int]]:
    """What the heads of a space are, by folding everything."""
    return {
        (exchange, step, author, seq)
        for (exchange, step), moves in _steps(space).items()
        for author, seq in opened(moves).items()
    }


def stored(space: UUID) -> set[tuple[bytes, bytes, UUID, int | None]]:
    """What the table says they are."""
    rows = Head.objects.filter(space_id=space).values_list("exchange", "step", "author_id", "opened")
    return {(bytes(exchange), bytes(step), author, seq) for exchange, step, author, seq in rows}


def living(moves: Iterable[Entry]) -> set[int]:
    """The seqs of the newest living version of each slot, by folding (the truth behind `current`)."""
    newest: dict[bytes, int] = {}
    for row in sorted(moves, key=lambda r: r.seq):
        if row.act == Act.SAY:
            newest[bytes(row.slot)] = row.seq
        elif row.act == Act.WITHDRAW:
            newest.pop(bytes(row.slot), None)
    return set(newest.values())


def rebuild(space: UUID) -> None:
    """Throw the index of a space away and make it again."""
    Head.objects.filter(space_id=space).delete()
    Head.objects.bulk_create(
        Head(space_id=space, exchange=exchange, step=step, author_id=author, opened=seq)
        for exchange, step, author, seq in sorted(computed(space), key=lambda row: row[3])
    )
