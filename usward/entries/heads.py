"""Heads: an index of what is open, folded from the acts by reveal.py. Always rebuildable from them."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import BinaryField, UUIDField

from usward.entries.models import Act, Entry, Head
from usward.entries.reveal import Move, opened
from usward.kit.prepared import Given, Prepared

_FIELDS = ("seq", "author_id", "act", "slot", "reveal", "scope")


_step = Prepared(
    Entry.objects.filter(
        space_id=Given("space", UUIDField()),
        exchange=Given("exchange", BinaryField()),
        step=Given("step", BinaryField()),
    )
)


def _moves(space: UUID, exchange: bytes, step: bytes) -> list[Move]:
    rows = _step(space=space, exchange=exchange, step=step)
    return [Move(one.seq, one.author_id, one.act, bytes(one.slot), one.reveal, one.scope) for one in rows]


def refold(space: UUID, exchange: bytes, step: bytes) -> dict[UUID, int]:
    """Fold one step anew and write its heads. Returns who is open, and since which seq."""
    now_open = opened(_moves(space, exchange, step))
    if not now_open:
        return now_open
    before = Head.objects.filter(space_id=space, exchange=exchange, step=step)
    known: set[UUID] = set(before.values_list("author_id", flat=True))
    for author, seq in now_open.items():
        if author not in known:
            Head.objects.create(space_id=space, exchange=exchange, step=step, author_id=author, opened=seq)
    return now_open


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
