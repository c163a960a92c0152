"""Reader: the only way to read. Whether a row may be read stands in the SQL, before any LIMIT."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec
from django.core import signing
from django.db.models import (
    QuerySet,
)

from usward.entries import joint as joints
from usward.entries import queries
from usward.entries.kinds import Kind, decode, said_at
from usward.entries.models import Act, Entry, Reveal, Scope
from usward.entries.reveal import Move, changed_since_read, readable
from usward.entries.sealing import Keyring, open_row, slot_name
from usward.kit import clock
from usward.kit.prepared import Prepared, numbered
from usward.spaces.models import Partner
from usward.vault.envelope import OtherKey, SealBroken

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

    def exchange(self, name: str) -> list[Said[Any]]:
        """Everything readable in one exchange, in the order in which it was said."""
        return self.exchanges([name])

    def exchanges(self, names: Sequence[str], *scopes: Scope) -> list[Said[Any]]:
        """Everything readable in some exchanges, in one query, in the order in which it was said; or what has one of some
        scopes, which is quicker where many exchanges are asked for."""
        hashed = [
            self._keyring.exchange(scope, name) for name in names for scope in scopes or (Scope.SHARED, Scope.OWN)
        ]
        rows = self._ask(queries.by_exchange(len(hashed)), **numbered("exchange", hashed)) if hashed else []
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
        return Page(self._open(found[:limit]), self._sign(last.id) if last else "")

    def on_days(self, kind: type[K], first: date, last: date) -> list[Said[K]]:
        """The things of a kind that were said on these days, oldest first."""
        rows = [
            row for tag in self._tags(kind) for row in self._ask(queries.by_days(), tag=tag, first=first, last=last)
        ]
        return self._open(sorted(rows, key=lambda row: (row.day, row.seq)))

    def lately(self, kinds: Sequence[type[Kind]], first: date) -> list[Said[Any]]:
        """What of some kinds either said on or after a day, and what has come to be found since; in the
        order in which it was said. At most the newest `queries.LATELY` of each."""
        tags = numbered("tag", [tag for kind in kinds for tag in self._tags(kind)])
        sides = ((True, False), (False, False), (False, True))
        rows = [row for side in sides for row in self._ask(queries.lately(len(tags), *side), first=first, **tags)]
        return self._open(sorted({row.seq: row for row in rows}.values(), key=lambda row: row.seq))

    def one(self, entry_id: UUID) -> Said[Any] | None:
        """One thing by its id, if it may be read."""
        found = self._open(self._ask(queries.by_id(), id=entry_id))
        return found[0] if found else None

    def history(self, entry_id: UUID) -> list[Said[Any]]:
        """All versions of something of one's own, oldest first."""
        row = self._mine().filter(id=entry_id).first()
        return self._open(self._mine().filter(slot=row.slot).order_by("seq")) if row else []

    def version(self, entry_id: UUID) -> Said[Any] | None:
        """One version of something of one's own, be it the newest or not."""
        found = self._open(self._mine().filter(id=entry_id))
        return found[0] if found else None

    def took_back(self, entry_id: UUID) -> bool:
        """Whether this was mine, by the id of its first version, and I have taken it back."""
        me = self._partner
        gone = Entry.objects.filter(space_id=me.space_id, author_id=me.pk, about=entry_id, act=Act.WITHDRAW)
        return gone.exists()

    def _mine(self) -> QuerySet[Entry]:
        mine = Entry.objects.filter(space_id=self._partner.space_id, author_id=self._partner.pk, act=Act.SAY)
        return queries.with_opened(mine.exclude(body=b""))

    def joint(self, function: Callable[..., R], kind: type[K], *more: Any, before: date | None = None) -> R:
        """What a registered function makes of both partners' joint entries. The values themselves never leave.

        `more` is handed on to it: the day, a deck, whatever else it needs. With `before` it is given what stood when that
        day began, so that nothing said on it changes what is drawn on it.
        """
        joints.require(function)
        rows = queries.joint(before is not None)(
            space=self._partner.space_id, tag=self._keyring.tag(Scope.JOINT, kind.name)
        )
        rows = sorted(rows, key=lambda row: row.seq)
        if before is not None:
            stood = {bytes(row.slot): row for row in rows if row.day < before}
            rows = [row for row in stood.values() if row.body]
        opened = self._open(rows)
        mine = [said for said in opened if said.mine]
        theirs = [said for said in opened if not said.mine]
        return function(mine, theirs, *more)

    def marks(self, *kinds: type[Kind]) -> frozenset[int]:
        """The arrival numbers of what stands of some kinds, the other's joint entries among them: as long as they are the
        same, nothing has been put since. Opens nothing; not to be shown."""
        return frozenset(row.seq for row in self._standing(kinds))

    def any(self, *kinds: type[Kind]) -> bool:
        """Whether anything stands of some kinds, as `marks` tells, but without looking at all of it."""
        return bool(self._standing(kinds, 1))

    def _standing(self, kinds: Sequence[type[Kind]], most: int | None = None) -> list[Entry]:
        tags = [self._keyring.tag(scope, kind.name) for kind in kinds for scope in kind.all_scopes()]
        return queries.standing(len(tags), most)(space=self._partner.space_id, **numbered("tag", tags))

    def everything(self) -> list[Said[Any]]:
        """All that this person may read, in the order in which it was said. For the export and the check alone.

        Without what nobody has said (the draw of a day): that it is there, when it came and by whom would tell who has looked in
        first. And without what the other said for a day (how they were), but for what still stands on Today.
        """
        found = [said for said in self._open(self._ask(queries.everything())) if not said.value.nobodys]
        zone = self._partner.zone
        passing = {said.id: last for said in found if not said.mine and (last := said.value.last_day(said.at, zone))}
        lasting = [said for said in found if passing.get(said.id, date.min) >= clock.today(zone)]
        newest = {type(said.value): said.id for said in lasting}
        return [said for said in found if said.id not in passing or newest.get(type(said.value)) == said.id]

    def own(self, kind: type[K], slot: str) -> Said[K] | None:
        """One's own present value in a slot, of any scope (a setting, one's own joint limits)."""
        names = self._keyring.names(kind.scope, kind.name, "", "", self._slot(kind, slot))
        found = self._open(self._ask(queries.by_slot(), slot=names.slot))
        return found[0] if found else None

    def _slot(self, kind: type[Kind], slot: str) -> str:
        return slot_name(kind, kind.scope, self._partner.pk, slot)

    def _tags(self, kind: type[Kind]) -> list[bytes]:
        return [self._keyring.tag(scope, kind.name) for scope in kind.all_scopes() if scope != Scope.JOINT]

    def _of_kind(
        self, kind: type[Kind], mine: bool | None, limit: int, place: tuple[date, int] | None = None, step: str = ""
    ) -> list[Entry]:
        query, rows = queries.by_kind(mine, limit, place is not None, bool(step)), []
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
            # Whatever stood here before may have been read, also where it was taken back before this came.
            changed=row.version > 1 and changed_since_read(move, row.day, row.reveal_day, open_from),
            seq=row.seq,
        )

    def _sign(self, entry_id: UUID) -> str:
        """A place in a list, by the last thing that was shown. Its arrival number would tell how much was put since another of
        them, by whomever: also what is somebody's own."""
        return signing.dumps(entry_id.hex, salt=f"cursor{self._partner.pk}")

    def _place(self, cursor: str) -> tuple[date, int] | None:
        try:
            last = UUID(signing.loads(cursor, salt=f"cursor{self._partner.pk}"))
        except (signing.BadSignature, ValueError, TypeError, AttributeError):
            return None
        rows = Entry.objects.filter(id=last, space_id=self._partner.space_id)
        return rows.values_list("day", "seq").first()
