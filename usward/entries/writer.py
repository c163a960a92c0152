"""Writer: the only way to put. Three verbs: put, open early, withdraw."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import BinaryField, Q, UUIDField

from usward.entries.heads import Step
from usward.entries.kinds import Kind, encode
from usward.entries.models import Act, Attachment, Deletion, Entry, Knock, Reveal, Scope
from usward.entries.reader import Reader, Said
from usward.entries.sealing import Keyring, seal_row, slot_name
from usward.kit import clock
from usward.kit.prepared import Given, Prepared
from usward.live import ping_on_commit
from usward.spaces.actions import bump
from usward.spaces.models import Partner

# Whatever has this id already, anywhere; and whatever stands or stood in this slot.
_there = Prepared(
    Entry.objects.filter(
        Q(id=Given("id", UUIDField())) | Q(space_id=Given("space", UUIDField()), slot=Given("slot", BinaryField()))
    )
)


@dataclass(frozen=True, slots=True)
class Put:
    """What became of a put: `kept`, `same` (it was here already), or `conflict` (other words stand in its place)."""

    id: UUID
    outcome: str
    standing: Said[Any] | None = None

    @property
    def conflict(self) -> bool:
        return self.outcome == "conflict"


class NotYours(PermissionError):
    """Nobody opens, edits or withdraws the other's words."""


class Writer:
    """Writes for one partner. Made by the door."""

    def __init__(self, partner: Partner, other: Partner | None, keyring: Keyring, reader: Reader) -> None:
        self._partner = partner
        self._other = other
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
        `replaces` is the id of the version that the author saw when they changed it. The same id with the same words is
        one put; the same id or place with other words is a conflict: nothing is overwritten, and the caller keeps both.
        """
        entry_id = entry_id or uuid4()
        scope = scope or value.scope
        if scope not in value.all_scopes():
            raise ValueError(f"{value.name!r} has not declared this scope")
        if replaces and not slot:
            place = self._slot_of(replaces)
        else:
            place = slot_name(type(value), scope, self._partner.pk, slot or entry_id.hex)
        names = self._keyring.names(scope, value.name, exchange, step, place)
        with transaction.atomic():
            there = _there(id=entry_id, space=self._partner.space_id, slot=names.slot)
            in_slot = [row for row in there if (row.space_id, bytes(row.slot)) == (self._partner.space_id, names.slot)]
            last = max(in_slot, key=lambda row: row.version, default=None)
            standing = next((row for row in in_slot if row.current), None)
            again = next((row for row in there if row.id == entry_id), None)
            stopped = self._stopped(again, standing, entry_id, value, replaces)
            if stopped:
                return stopped
            at = Step(self._partner.space_id, names.exchange, names.step)
            before = at.readable(self._partner.space.day_reached)
            row = Entry(
                id=entry_id,
                space_id=self._partner.space_id,
                author_id=self._partner.pk,
                exchange=names.exchange,
                step=names.step,
                about=self._root(last) if replaces and last else None,
                act=Act.SAY,
                day=clock.today(self._partner.zone),
                reveal=Reveal.NEVER if scope != Scope.SHARED else (reveal or value.reveal),
                reveal_day=reveal_day,
                scope=scope,
                tag=names.tag,
                slot=names.slot,
                version=last.version + 1 if last else 1,
                epoch=self._keyring.epoch(scope),
                current=True,
            )
            seal_row(row, self._keyring, encode(value, clock.now(), exchange, step, place))
            if standing:
                Entry.objects.filter(space_id=row.space_id, slot=names.slot, current=True).update(current=False)
            row.save(force_insert=True)
            self._settle(row, at, before)
        return Put(entry_id, "kept")

    def open_early(self, entry_id: UUID) -> None:
        """The author lets the other read something before its time. Raises NotYours."""
        with transaction.atomic():
            row = self._mine(entry_id)
            if not row.current or row.scope != Scope.SHARED:
                return
            at, before = self._at(row)
            act = self._act(row, Act.OPEN)
            act.save(force_insert=True)
            self._settle(act, at, before)

    def withdraw(self, entry_id: UUID) -> None:
        """The author takes something back: all its versions are erased, a tombstone stays. Raises NotYours."""
        with transaction.atomic():
            row = self._mine(entry_id)
            versions = Entry.objects.filter(space_id=row.space_id, slot=row.slot, author_id=self._partner.pk)
            if not versions.filter(current=True).exists():
                return
            at, before = self._at(row)
            erase(versions)
            act = self._act(row, Act.WITHDRAW)
            act.save(force_insert=True)
            self._settle(act, at, before)

    def _stopped(
        self, again: Entry | None, standing_row: Entry | None, entry_id: UUID, value: Kind, replaces: UUID | None
    ) -> Put | None:
        """Whether this put has been here already, or stands against other words."""
        standing = self._reader.one(standing_row.id) if standing_row else None
        if again is not None:
            said = self._reader.one(entry_id) if again.author_id == self._partner.pk else None
            if said is not None and said.value == value:
                return Put(entry_id, "same", said)
            return Put(entry_id, "conflict", said or standing)
        if standing is None or standing.id == replaces:
            return None
        if standing.value == value:
            return Put(standing.id, "same", standing)
        return Put(standing.id, "conflict", standing)

    def _last(self, slot: bytes) -> Entry | None:
        return Entry.objects.filter(space_id=self._partner.space_id, slot=slot).order_by("-version").first()

    def _slot_of(self, entry_id: UUID) -> str:
        said = self._reader.one(entry_id)
        if said is None or not said.mine:
            raise NotYours
        return said.slot

    @staticmethod
    def _root(row: Entry) -> UUID:
        return row.about or row.id

    def _mine(self, entry_id: UUID) -> Entry:
        row = Entry.objects.filter(id=entry_id, space_id=self._partner.space_id, author_id=self._partner.pk).first()
        if row is None:
            raise NotYours
        return row

    def _act(self, row: Entry, act: Act) -> Entry:
        last = self._last(bytes(row.slot))
        return Entry(
            id=uuid4(),
            space_id=row.space_id,
            author_id=row.author_id,
            exchange=row.exchange,
            step=row.step,
            about=self._root(row),
            act=act,
            day=clock.today(self._partner.zone),
            reveal=row.reveal,
            reveal_day=row.reveal_day,
            scope=row.scope,
            tag=row.tag,
            slot=row.slot,
            version=last.version + 1 if last else 1,
            epoch=row.epoch,
            body=b"",
            current=False,
        )

    def _at(self, row: Entry) -> tuple[Step, dict[UUID, frozenset[int]]]:
        """Where a row stands, and what each of the two may be read of there."""
        at = Step(row.space_id, bytes(row.exchange), bytes(row.step))
        return at, at.readable(self._partner.space.day_reached)

    def _settle(self, row: Entry, at: Step, before: dict[UUID, frozenset[int]]) -> None:
        """After an act: fold the step anew, and tell exactly those whose readable words have changed."""
        at.add(row)
        if row.scope == Scope.SHARED:
            at.refold()
        after = at.readable(self._partner.space.day_reached)
        told = {self._partner.pk}
        if self._other is not None and before.get(self._partner.pk) != after.get(self._partner.pk):
            told.add(self._other.pk)
            Knock.objects.create(partner=self._other, not_before=clock.now())
        elif self._other is not None and row.reveal == Reveal.FROM_DAY and row.reveal_day and row.act == Act.SAY:
            Knock.objects.create(partner=self._other, not_before=_morning(row.reveal_day, self._other.zone))
        bump(*told)
        for partner_id in told:
            ping_on_commit(partner_id)


def _morning(day: date, zone: str) -> datetime:
    """When a day that was waited for may knock: at nine in the morning there."""
    return datetime.combine(day, time(9), ZoneInfo(zone)).astimezone(UTC)


def erase(rows: Iterable[Entry]) -> None:
    """Erase the words of some rows, and their files, and write them into the deletion ledger."""
    ids = [row.id for row in rows]
    Entry.objects.filter(id__in=ids).update(body=b"", current=False)
    today = clock.now().date()
    Deletion.objects.bulk_create([Deletion(entry_id=i, on=today) for i in ids], ignore_conflicts=True)
    Attachment.objects.filter(entry__in=ids).update(entry=None)
