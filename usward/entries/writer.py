"""Writer: the only way to put. Three verbs: put, open early, withdraw."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import BigIntegerField, BinaryField, QuerySet, UUIDField, Value

from usward.entries import attachments, heads
from usward.entries.kinds import Kind, encode
from usward.entries.knocks import begun, knock_on_day
from usward.entries.ledger import write_down
from usward.entries.models import Act, Entry, Knock, Reveal, Scope
from usward.entries.queries import DAY, SPACE, open_to_other, with_opened
from usward.entries.reader import Reader, Said
from usward.entries.sealing import Keyring, Names, seal_row, slot_name
from usward.kit import clock
from usward.kit.prepared import Change, Given, Insert, Prepared
from usward.live import ping_on_commit
from usward.spaces.actions import bump, ensure_epoch, still_here
from usward.spaces.models import Partner

AT_A_TIME = 5000  # SQLite takes 32,766 values in one statement; ten years may be more


@dataclass(frozen=True, slots=True)
class Put:
    """What became of a put: `kept`, `same` (it was here already), or `conflict` (other words stand in its place)."""

    id: UUID
    outcome: str
    standing: Said[Any] | None = None

    @property
    def conflict(self) -> bool:
        return self.outcome == "conflict"


@cache
def _open_at_step() -> Prepared[Entry]:
    """What at one step the other of its author may read."""
    exchange, step = Given("exchange", BinaryField()), Given("step", BinaryField())
    rows = Entry.objects.filter(space_id=SPACE, exchange=exchange, step=step, act=Act.SAY, current=Value(True))
    return Prepared(with_opened(rows).filter(open_to_other(DAY)))


@cache
def _by_id() -> Prepared[Entry]:
    return Prepared(Entry.objects.filter(id=Given("id", UUIDField())))


@cache
def _slot() -> Prepared[Entry]:
    """Every version of a slot, unsorted: asked for an order, SQLite would walk the whole space in it."""
    return Prepared(Entry.objects.filter(space_id=SPACE, slot=Given("slot", BinaryField())))


_insert, _knock = Insert(Entry), Insert(Knock)
_replaced = Change(Entry.objects.filter(seq=Given("seq", BigIntegerField())), current=False)
_gone = Change(Entry.objects.filter(seq=Given("seq", BigIntegerField())))


class NotYours(PermissionError):
    """Nobody opens, edits or withdraws the other's words."""


class Writer:
    """Writes for one partner. Made by the door."""

    def __init__(self, partner: Partner, keyring: Keyring, reader: Reader) -> None:
        self._partner = partner
        self._other: Partner | None = None
        self._keyring = keyring
        self._reader = reader

    def put(
        self,
        value: Kind,
        *,
        exchange: str,
        step: str = "",
        slot: str = "",
        entry_id: UUID | None = None,
        replaces: UUID | None = None,
        scope: Scope | None = None,
        reveal: Reveal | None = None,
        reveal_day: date | None = None,
    ) -> Put:
        """Say something.

        `slot` names a place where there may be only one thing; without it every thing has a place of its own.
        `replaces` is the id of the version that the author saw when they changed it; an edit stays in its exchange and
        step, what the other can read already goes on being readable, and what is for nobody else any more stays so. The
        same id with the same words is one put; the same id or place with other words, or an edit of what has changed or
        gone since, is a conflict: nothing is overwritten, and the caller keeps both. Raises NotYours and Elsewhere.
        """
        entry_id = entry_id or uuid4()
        scope = scope or value.scope
        if scope not in value.all_scopes():
            raise ValueError(f"{value.name!r} has not declared this scope")
        rule = (Reveal.NEVER, None) if scope != Scope.SHARED else (reveal or value.reveal, reveal_day)
        with transaction.atomic():
            self._begin()
            place = slot_name(type(value), scope, self._partner.pk, slot or self._place_of(replaces) or entry_id.hex)
            slot_hash = self._keyring.names(scope, value.name, exchange, step, place).slot
            versions = _slot()(space=self._partner.space_id, slot=slot_hash)
            stands = next((row for row in versions if row.current), None)
            standing = self._reader.one(stands.id) if stands else None
            stopped = self._stopped(entry_id, value, standing, replaces)
            if stopped:
                return stopped
            if standing:
                exchange, step = standing.exchange, standing.step
                rule = (Reveal(standing.reveal), standing.reveal_day) if standing.open or standing.never else rule
            names = self._keyring.names(scope, value.name, exchange, step, place)
            before = self._readable_by_each(names)
            row = Entry(
                id=entry_id,
                space_id=self._partner.space_id,
                author_id=self._partner.pk,
                exchange=names.exchange,
                step=names.step,
                about=standing.root if standing else None,
                act=Act.SAY,
                day=clock.today(self._partner.zone),
                reveal=rule[0],
                reveal_day=rule[1],
                scope=scope,
                tag=names.tag,
                slot=names.slot,
                version=max((one.version for one in versions), default=0) + 1,
                epoch=self._keyring.epoch(scope),
                current=True,
            )
            seal_row(row, self._keyring, encode(value, clock.now(), exchange, step, place))
            if stands and value.history:
                _replaced(seq=stands.seq)
            elif stands:
                _gone(seq=stands.seq)
            _insert(row)
            attachments.belong(value, self._partner, entry_id)
            days = {one.reveal_day for one in versions} | {row.reveal_day}
            self._settle(row, before, days, quiet=value.space_wide, unheard=not value.history)
        return Put(entry_id, "kept")

    def open_early(self, entry_id: UUID) -> None:
        """The author lets the other read something before its time. Raises NotYours and Elsewhere."""
        with transaction.atomic():
            self._begin()
            row = self._mine(entry_id)
            if not row.current or row.scope != Scope.SHARED:
                return
            before = self._readable_by_each(_names(row))
            act = self._act(row, Act.OPEN)
            _insert(act)
            self._settle(act, before, {row.reveal_day})

    def withdraw(self, entry_id: UUID) -> None:
        """The author takes something back: all its versions are erased, a tombstone stays. Raises NotYours and Elsewhere."""
        with transaction.atomic():
            self._begin()
            row = self._mine(entry_id)
            versions = Entry.objects.filter(space_id=row.space_id, slot=row.slot, author_id=self._partner.pk)
            stands = versions.filter(current=True).first()
            if stands is None or _root(stands) != _root(row):
                return  # gone already; what came into its place since is another thing
            before = self._readable_by_each(_names(row))
            days = set(versions.values_list("reveal_day", flat=True))
            erase(versions)
            act = self._act(row, Act.WITHDRAW)
            _insert(act)
            self._settle(act, before, days)

    def _begin(self) -> None:
        """Every act begins so, in its transaction: this person is still here, this is the other, and of this epoch is what they
        write. Where the other has just left, that is a new one. Raises Elsewhere."""
        self._other = still_here(self._partner, self._keyring.unlocked)
        if ensure_epoch(self._partner, self._keyring.unlocked):
            self._keyring.look_again()

    def _stopped(self, entry_id: UUID, value: Kind, standing: Said[Any] | None, replaces: UUID | None) -> Put | None:
        """Whether this put has been here already, or stands against other words (or against their having gone)."""
        if _by_id()(id=entry_id):
            said = self._reader.version(entry_id)  # a newer version may have come since: a replay is no conflict
            if said is not None and said.value == value:
                return Put(entry_id, "same", said)
            return Put(entry_id, "conflict", said or standing)
        if standing is None:
            return Put(entry_id, "conflict") if replaces else None
        if standing.id == replaces:
            return None
        return Put(standing.id, "same" if standing.value == value else "conflict", standing)

    def _place_of(self, replaces: UUID | None) -> str:
        """The slot of something of one's own that is edited, without its author; "" where its words are gone."""
        if replaces is None:
            return ""
        self._mine(replaces)
        said = self._reader.version(replaces)
        return said.slot.removeprefix(f"{self._partner.pk.hex}:") if said else ""

    def _mine(self, entry_id: UUID) -> Entry:
        row = _by_id().first(id=entry_id)
        if row is None or (row.space_id, row.author_id) != (self._partner.space_id, self._partner.pk):
            raise NotYours
        return row

    def _act(self, row: Entry, act: Act) -> Entry:
        versions = _slot()(space=row.space_id, slot=bytes(row.slot))
        return Entry(
            id=uuid4(),
            space_id=row.space_id,
            author_id=row.author_id,
            exchange=row.exchange,
            step=row.step,
            about=_root(row),
            act=act,
            day=clock.today(self._partner.zone),
            reveal=row.reveal,
            reveal_day=row.reveal_day,
            scope=row.scope,
            tag=row.tag,
            slot=row.slot,
            version=max(one.version for one in versions) + 1,
            epoch=row.epoch,
            body=b"",
            current=False,
        )

    def _readable_by_each(self, names: Names) -> dict[UUID, frozenset[int]]:
        """For each author, the seqs of their things at this step that the other may read."""
        step = {"space": self._partner.space_id, "exchange": names.exchange, "step": names.step}
        seen: dict[UUID, set[int]] = {}
        for row in _open_at_step()(**step, day=self._partner.space.day_reached):
            seen.setdefault(row.author_id, set()).add(row.seq)
        return {author: frozenset(seqs) for author, seqs in seen.items()}

    def _settle(
        self,
        row: Entry,
        before: dict[UUID, frozenset[int]],
        days: set[date | None],
        quiet: bool = False,
        unheard: bool = False,
    ) -> None:
        """After an act: fold the step anew, and tell exactly those whose readable words have changed. `days` are those
        for which something in its slot waits or waited.

        What is taken away makes an open page look again, and knocks at nobody's door. `quiet` is for what is nobody's word
        (the draw of a day): a ping would tell the other that somebody has just come. What keeps no history is `unheard`
        even by its author: where it answers something of the other's, their own pulse would tell them that this was there.
        """
        names = _names(row)
        if row.scope == Scope.SHARED:
            heads.refold(row.space_id, names.exchange, names.step)
        after = self._readable_by_each(names)
        told = set() if unheard else {self._partner.pk}
        was, now = (seen.get(self._partner.pk, frozenset()) for seen in (before, after))
        if self._other is not None and not quiet and was != now:
            told.add(self._other.pk)
            if now - was:
                _knock(Knock(partner_id=self._other.pk, not_before=begun()))
        if self._other is not None and row.scope == Scope.SHARED:
            for day in days:
                knock_on_day(self._partner, self._other, day)
        bump(*told)
        if self._partner.pk in told:
            self._partner.pulse += 1  # what else the row counts by now is the other's, and on no page of this request
        for partner_id in told:
            ping_on_commit(partner_id)


def _root(row: Entry) -> UUID:
    """The id of a thing's first version, by which all others name it."""
    return row.about or row.id


def _names(row: Entry) -> Names:
    return Names(bytes(row.tag), bytes(row.exchange), bytes(row.step), bytes(row.slot))


def erase(rows: QuerySet[Entry]) -> None:
    """Erase the words of some rows, and their files, and write them into the deletion ledger."""
    ids = list(rows.values_list("id", flat=True))
    write_down(ids)
    for start in range(0, len(ids), AT_A_TIME):
        some = ids[start : start + AT_A_TIME]
        Entry.objects.filter(id__in=some).update(body=b"", current=False)
        attachments.drop(some)
