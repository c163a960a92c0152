"""Writer: the only way to put. Three verbs: put, open early, withdraw."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction

from usward.entries import heads
from usward.entries.kinds import Kind, encode
from usward.entries.models import Act, Attachment, Deletion, Entry, Head, Knock, Reveal, Scope
from usward.entries.reader import Reader, Said
from usward.entries.reveal import Move, readable
from usward.entries.sealing import Keyring, Names, seal_row, slot_name
from usward.kit import clock
from usward.live import ping_on_commit
from usward.spaces.actions import bump
from usward.spaces.models import Partner


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
        if replaces and not slot:
            place = self._slot_of(replaces)
        else:
            place = slot_name(type(value), scope, self._partner.pk, slot or entry_id.hex)
        names = self._keyring.names(scope, value.name, exchange, step, place)
        with transaction.atomic():
            stopped = self._stopped(entry_id, value, names, replaces)
            if stopped:
                return stopped
            last = self._last(names.slot)
            before = self._readable_by_each(names)
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
            Entry.objects.filter(space_id=row.space_id, slot=names.slot, current=True).update(current=False)
            row.save(force_insert=True)
            self._settle(row, before, quiet=value.space_wide)
        return Put(entry_id, "kept")

    def open_early(self, entry_id: UUID) -> None:
        """The author lets the other read something before its time. Raises NotYours."""
        with transaction.atomic():
            row = self._mine(entry_id)
            if not row.current or row.scope != Scope.SHARED:
                return
            before = self._readable_by_each(_names(row))
            act = self._act(row, Act.OPEN)
            act.save(force_insert=True)
            self._settle(act, before)

    def withdraw(self, entry_id: UUID) -> None:
        """The author takes something back: all its versions are erased, a tombstone stays. Raises NotYours."""
        with transaction.atomic():
            row = self._mine(entry_id)
            versions = Entry.objects.filter(space_id=row.space_id, slot=row.slot, author_id=self._partner.pk)
            if not versions.filter(current=True).exists():
                return
            before = self._readable_by_each(_names(row))
            self._unknock(versions)
            erase(versions)
            act = self._act(row, Act.WITHDRAW)
            act.save(force_insert=True)
            self._settle(act, before)

    def _stopped(self, entry_id: UUID, value: Kind, names: Names, replaces: UUID | None) -> Put | None:
        """Whether this put has been here already, or stands against other words."""
        again = Entry.objects.filter(id=entry_id).first()
        if again is not None:
            said = self._reader.one(entry_id) if again.author_id == self._partner.pk else None
            if said is not None and said.value == value:
                return Put(entry_id, "same", said)
            return Put(entry_id, "conflict", said or self._standing(names.slot))
        standing = self._standing(names.slot)
        if standing is None or standing.id == replaces:
            return None
        if standing.value == value:
            return Put(standing.id, "same", standing)
        return Put(standing.id, "conflict", standing)

    def _standing(self, slot: bytes) -> Said[Any] | None:
        row = Entry.objects.filter(space_id=self._partner.space_id, slot=slot, current=True).first()
        return self._reader.one(row.id) if row else None

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

    def _readable_by_each(self, names: Names) -> dict[UUID, frozenset[int]]:
        """For each of the two, the seqs of the other's things at this step that they may read."""
        rows = Entry.objects.filter(
            space_id=self._partner.space_id, exchange=names.exchange, step=names.step, act=Act.SAY, current=True
        ).values_list("seq", "author_id", "act", "slot", "reveal", "scope", "reveal_day")
        heads_of = dict(
            Head.objects.filter(space_id=self._partner.space_id, exchange=names.exchange, step=names.step).values_list(
                "author_id", "opened"
            )
        )
        seen: dict[UUID, set[int]] = {}
        for seq, author, act, slot, reveal, scope, reveal_day in rows:
            move = Move(seq, author, act, bytes(slot), reveal, scope)
            if readable(move, reveal_day, heads_of.get(author), self._partner.space.day_reached):
                seen.setdefault(author, set()).add(seq)
        return {author: frozenset(seqs) for author, seqs in seen.items()}

    def _unknock(self, versions: Iterable[Entry]) -> None:
        """What is taken back before its day must not knock on that day."""
        if self._other is None:
            return
        waiting = {v.reveal_day for v in versions if v.current and v.reveal == Reveal.FROM_DAY and v.reveal_day}
        for day in waiting:
            at = _morning(day, self._other.zone)
            knock = Knock.objects.filter(partner=self._other, not_before=at).first()
            if knock is not None and at > clock.now():
                knock.delete()

    def _settle(self, row: Entry, before: dict[UUID, frozenset[int]], quiet: bool = False) -> None:
        """After an act: fold the step anew, and tell exactly those whose readable words have changed.

        What is taken away makes an open page look again, and knocks at nobody's door. `quiet` is for what is nobody's word
        (the draw of a day): a ping would tell the other that somebody has just come.
        """
        names = _names(row)
        if row.scope == Scope.SHARED:
            heads.refold(row.space_id, names.exchange, names.step)
        after = self._readable_by_each(names)
        told = {self._partner.pk}
        was, now = (seen.get(self._partner.pk, frozenset()) for seen in (before, after))
        if self._other is not None and not quiet and was != now:
            told.add(self._other.pk)
            if now - was:
                Knock.objects.create(partner=self._other, not_before=clock.now())
        elif self._other is not None and row.reveal == Reveal.FROM_DAY and row.reveal_day and row.act == Act.SAY:
            Knock.objects.create(partner=self._other, not_before=_morning(row.reveal_day, self._other.zone))
        bump(*told)
        for partner_id in told:
            ping_on_commit(partner_id)


def _names(row: Entry) -> Names:
    return Names(bytes(row.tag), bytes(row.exchange), bytes(row.step), bytes(row.slot))


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
