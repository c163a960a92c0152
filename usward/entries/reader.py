"""Reader: the only way to read. Whether a row may be read stands in the SQL, before any LIMIT."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec
from django.core import signing
from django.db.models import (
    BigIntegerField,
    BinaryField,
    Case,
    DateField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from usward.entries import joint as joints
from usward.entries.kinds import Kind, decode, said_at
from usward.entries.models import Act, Entry, Head, Reveal, Scope
from usward.entries.reveal import Move, changed_since_read, readable
from usward.entries.sealing import Keyring, open_row, slot_name
from usward.kit.prepared import Given, Prepared, numbered, several
from usward.spaces.models import Partner
from usward.vault.envelope import OtherKey, SealBroken

LATELY = 24
K = TypeVar("K", bound=Kind)
R = TypeVar("R")


class Said(msgspec.Struct, Generic[K], frozen=True):
    """One thing that was said, opened for the person who asks."""

    id: UUID
    root: UUID
    author: UUID
    mine: bool
    value: K
    day: date
    at: datetime
    exchange: str
    step: str
    slot: str
    shared: bool
    open: bool
    reveal: int
    reveal_day: date | None
    edited: bool
    changed: bool
    seq: int

    @property
    def never(self) -> bool:
        """Whether nobody else will read it: so it is with what was shared, when its author has gone on alone."""
        return self.reveal == Reveal.NEVER

    @property
    def since(self) -> date:
        """The day from which it was there to be found."""
        return max(self.day, self.reveal_day) if self.reveal_day else self.day


@dataclass(frozen=True, slots=True)
class Page(Generic[K]):
    """Some things of one kind, newest first, and the signed place where the next page begins."""

    items: Sequence[Said[K]]
    next: str


SPACE, ME, DAY = Given("space", UUIDField()), Given("me", UUIDField()), Given("day", DateField())


def with_opened(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """Rows with the seq at which each was opened: the head of its side, or its own early opening before its day."""
    head = Head.objects.filter(
        space_id=OuterRef("space_id"),
        exchange=OuterRef("exchange"),
        step=OuterRef("step"),
        author_id=OuterRef("author_id"),
    )
    early = Entry.objects.filter(
        space_id=OuterRef("space_id"),
        slot=OuterRef("slot"),
        act=Act.OPEN,
        about=Coalesce(OuterRef("about"), OuterRef("id")),
    )
    first = (
        F("seq") + 0
    )  # not "seq" itself: for its order SQLite would walk the whole space instead of looking the slot up
    at = Case(
        When(reveal=Reveal.WHEN_BOTH, then=Subquery(head.values("opened")[:1])),
        When(reveal=Reveal.FROM_DAY, then=Subquery(early.order_by(first).values("seq")[:1])),
        output_field=BigIntegerField(),
    )
    return rows.annotate(opened=at)


def open_to_other(day_reached: date | Given) -> Q:
    """The rule, in SQL, for rows `with_opened`: what reveal.readable says the other may read."""
    by_rule = Q(reveal=Reveal.AT_ONCE) | Q(reveal=Reveal.FROM_DAY, reveal_day__lte=day_reached)
    by_opening = Q(reveal__in=[Reveal.WHEN_BOTH, Reveal.FROM_DAY], opened__isnull=False)
    return Q(scope=Scope.SHARED) & (by_rule | by_opening)


def _readable() -> QuerySet[Entry]:
    """What of a space may be read: every query of the Reader begins here."""
    # Value(True) is written as "= 1", which SQLite finds in an index; a bare True as a condition, which it does not.
    said = Entry.objects.filter(space_id=SPACE, act=Act.SAY, current=Value(True))
    return with_opened(said).filter(Q(author_id=ME) | open_to_other(DAY))


@cache
def _by_exchange(count: int) -> Prepared[Entry]:
    """Unsorted: asked for seq's order, SQLite walks the whole space in it instead of looking the exchanges up."""
    return Prepared(_readable().filter(exchange__in=several("exchange", BinaryField(), count)))


@cache
def _everything() -> Prepared[Entry]:
    return Prepared(_readable().order_by("seq"))


@cache
def _by_id() -> Prepared[Entry]:
    return Prepared(_readable().filter(id=Given("id", UUIDField())))


@cache
def _by_slot() -> Prepared[Entry]:
    return Prepared(_readable().filter(author_id=ME, slot=Given("slot", BinaryField())))


@cache
def _by_kind(mine: bool | None, limit: int, after: bool, at_step: bool) -> Prepared[Entry]:
    """The newest of one tag: one at a time, so that the index gives them in their order."""
    rows = _readable().filter(tag=Given("tag", BinaryField()))
    if at_step:
        rows = rows.filter(step=Given("step", BinaryField()))
    if mine is not None:
        rows = rows.filter(author_id=ME) if mine else rows.exclude(author_id=ME)
    if after:
        last, seq = Given("last", DateField()), Given("seq", BigIntegerField())
        rows = rows.filter(Q(day__lt=last) | Q(seq__lt=seq), day__lte=last)
    return Prepared(rows.order_by("-day", "-seq")[:limit])


@cache
def _by_days() -> Prepared[Entry]:
    rows = _readable().filter(tag=Given("tag", BinaryField()))
    first, last = Given("first", DateField()), Given("last", DateField())
    return Prepared(rows.filter(day__gte=first, day__lte=last).order_by("day", "seq"))


@cache
def _lately(count: int, mine: bool, found: bool) -> Prepared[Entry]:
    """Each side by itself, so that much of one hides nothing of the other; and two queries instead of an "or", each of
    which an index answers: said since a day; to be found since a day."""
    rows = _readable().filter(tag__in=several("tag", BinaryField(), count))
    rows = rows.filter(author_id=ME) if mine else rows.exclude(author_id=ME)
    first = Given("first", DateField())
    rows = rows.filter(reveal_day__gte=first, reveal_day__lte=DAY) if found else rows.filter(day__gte=first)
    return Prepared(rows.order_by("-day", "-seq")[:LATELY])


@cache
def _joint(every_version: bool) -> Prepared[Entry]:
    """The joint entries of both: for registered functions alone."""
    rows = Entry.objects.filter(space_id=SPACE, act=Act.SAY, scope=Scope.JOINT, tag=Given("tag", BinaryField()))
    # unsorted, for the reason that `_by_exchange` is
    return Prepared(rows if every_version else rows.filter(current=Value(True)))


class Reader:
    """Reads for one partner what that partner may read. Made by the door."""

    def __init__(self, partner: Partner, keyring: Keyring) -> None:
        self._partner = partner
        self._keyring = keyring
        self.broken: list[UUID] = []
        self.resting: list[UUID] = []  # own things under keys that were put away when a passphrase was lost
        self.opened = 0

    def _ask(self, query: Prepared[Entry], **given: Any) -> list[Entry]:
        me = self._partner
        return query(space=me.space_id, me=me.pk, day=me.space.day_reached, **given)

    def _exchange_names(self, names: Iterable[str]) -> list[bytes]:
        return [self._keyring.exchange(scope, name) for name in names for scope in (Scope.SHARED, Scope.OWN)]

    def exchange(self, name: str) -> list[Said[Any]]:
        """Everything readable in one exchange, in the order in which it was said."""
        return self.exchanges([name])

    def exchanges(self, names: Sequence[str]) -> list[Said[Any]]:
        """Everything readable in some exchanges, in one query, in the order in which it was said."""
        hashed = self._exchange_names(names)
        rows = self._ask(_by_exchange(len(hashed)), **numbered("exchange", hashed)) if hashed else []
        return self._open(sorted(rows, key=lambda row: row.seq))

    def latest(self, kind: type[K], limit: int, *, mine: bool | None = None) -> list[Said[K]]:
        """The newest things of a kind, newest first; of one of the two where `mine` says so."""
        return self._open(self._of_kind(kind, mine, limit))

    def page(self, kind: type[K], limit: int, cursor: str = "", *, mine: bool | None = None, step: str = "") -> Page[K]:
        """A page of a kind. `cursor` is what the page before gave; a wrong one begins at the start.

        `step` keeps to what was said at steps of that name, whatever the exchange: a practice that names them by topic
        can list a topic without opening the others.
        """
        found = self._of_kind(kind, mine, limit + 1, self._place(cursor), step)
        last = found[limit - 1] if len(found) > limit else None
        return Page(self._open(found[:limit]), self._sign(last.day, last.seq) if last else "")

    def on_days(self, kind: type[K], first: date, last: date) -> list[Said[K]]:
        """The things of a kind that were said on these days, oldest first."""
        rows = [row for tag in self._tags(kind) for row in self._ask(_by_days(), tag=tag, first=first, last=last)]
        return self._open(sorted(rows, key=lambda row: (row.day, row.seq)))

    def lately(self, kinds: Sequence[type[Kind]], first: date) -> list[Said[Any]]:
        """What of some kinds either said on or after a day, and what of the other's has come to be found since; in the
        order in which it was said. At most the newest `LATELY` of each."""
        tags = numbered("tag", [tag for kind in kinds for tag in self._tags(kind)])
        sides = ((True, False), (False, False), (False, True))
        rows = [row for side in sides for row in self._ask(_lately(len(tags), *side), first=first, **tags)]
        return self._open(sorted({row.seq: row for row in rows}.values(), key=lambda row: row.seq))

    def one(self, entry_id: UUID) -> Said[Any] | None:
        """One thing by its id, if it may be read."""
        found = self._open(self._ask(_by_id(), id=entry_id))
        return found[0] if found else None

    def history(self, entry_id: UUID) -> list[Said[Any]]:
        """All versions of something of one's own, oldest first."""
        row = self._mine().filter(id=entry_id).first()
        return self._open(self._mine().filter(slot=row.slot).order_by("seq")) if row else []

    def version(self, entry_id: UUID) -> Said[Any] | None:
        """One version of something of one's own, be it the newest or not."""
        found = self._open(self._mine().filter(id=entry_id))
        return found[0] if found else None

    def _mine(self) -> QuerySet[Entry]:
        mine = Entry.objects.filter(space_id=self._partner.space_id, author_id=self._partner.pk, act=Act.SAY)
        return with_opened(mine.exclude(body=b""))

    def joint(self, function: Callable[..., R], kind: type[K], *more: Any, before: date | None = None) -> R:
        """What a registered function makes of both partners' joint entries. The values themselves never leave.

        `more` is handed on to it: the day, a deck, whatever else it needs. With `before` it is given what stood when that
        day began, so that nothing said on it changes what is drawn on it.
        """
        joints.require(function)
        rows = _joint(before is not None)(space=self._partner.space_id, tag=self._keyring.tag(Scope.JOINT, kind.name))
        rows = sorted(rows, key=lambda row: row.seq)
        if before is not None:
            stood = {bytes(row.slot): row for row in rows if row.day < before}
            rows = [row for row in stood.values() if row.body]
        opened = self._open(rows)
        mine = [said for said in opened if said.mine]
        theirs = [said for said in opened if not said.mine]
        return function(mine, theirs, *more)

    def everything(self) -> list[Said[Any]]:
        """All that this person may read, in the order in which it was said. For the export and the check alone."""
        return self._open(self._ask(_everything()))

    def own(self, kind: type[K], slot: str) -> Said[K] | None:
        """One's own present value in a slot, of any scope (a setting, one's own joint limits)."""
        names = self._keyring.names(kind.scope, kind.name, "", "", self._slot(kind, slot))
        found = self._open(self._ask(_by_slot(), slot=names.slot))
        return found[0] if found else None

    def _slot(self, kind: type[Kind], slot: str) -> str:
        return slot_name(kind, kind.scope, self._partner.pk, slot)

    def _tags(self, kind: type[Kind]) -> list[bytes]:
        return [self._keyring.tag(scope, kind.name) for scope in kind.all_scopes() if scope != Scope.JOINT]

    def _of_kind(
        self, kind: type[Kind], mine: bool | None, limit: int, place: tuple[date, int] | None = None, step: str = ""
    ) -> list[Entry]:
        query, rows = _by_kind(mine, limit, place is not None, bool(step)), []
        after = {"last": place[0], "seq": place[1]} if place else {}
        for scope in kind.all_scopes():
            if scope != Scope.JOINT:
                names = self._keyring.names(scope, kind.name, "", step, "")
                at = {"tag": names.tag} | ({"step": names.step} if step else {})
                rows += self._ask(query, **at, **after)
        return sorted(rows, key=lambda row: (row.day, row.seq), reverse=True)[:limit]

    def _open(self, rows: Iterable[Entry]) -> list[Said[Any]]:
        opened = (self._said(row) for row in rows)
        return [said for said in opened if said is not None]

    def _said(self, row: Entry) -> Said[Any] | None:
        """Open one row. A broken one is skipped and noted; it never breaks a page."""
        self.opened += 1
        try:
            body = open_row(row, self._keyring)
            value, at = decode(body), said_at(body)
        except (SealBroken, ValueError) as error:
            rests = row.scope == Scope.OWN and isinstance(error, OtherKey)
            (self.resting if rests else self.broken).append(row.id)
            return None
        open_from: int | None = getattr(row, "opened", None)
        move = Move(row.seq, row.author_id, row.act, bytes(row.slot), row.reveal, row.scope)
        return Said(
            id=row.id,
            root=row.about or row.id,
            author=row.author_id,
            mine=row.author_id == self._partner.pk,
            value=value,
            day=row.day,
            at=at,
            exchange=body.exchange,
            step=body.step,
            slot=body.slot,
            shared=row.scope == Scope.SHARED,
            open=readable(move, row.reveal_day, open_from, self._partner.space.day_reached),
            reveal=row.reveal,
            reveal_day=row.reveal_day,
            edited=row.about is not None,
            changed=row.about is not None and changed_since_read(move, row.day, row.reveal_day, open_from),
            seq=row.seq,
        )

    def _sign(self, day: date, seq: int) -> str:
        return signing.dumps([day.isoformat(), seq], salt=f"cursor{self._partner.pk}")

    def _place(self, cursor: str) -> tuple[date, int] | None:
        try:
            day, seq = signing.loads(cursor, salt=f"cursor{self._partner.pk}")
            return date.fromisoformat(day), int(seq)
        except (signing.BadSignature, ValueError, TypeError):
            return None
