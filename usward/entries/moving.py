"""Entries that move house: when one of the two leaves, when a closed space is cleared; how two become one is in joining.py.

Each is one transaction: a crash at any point leaves things as they were before it. Day and order are kept, since a row
keeps its arrival number; its words are opened under the old keys and sealed under the new, names included.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

import msgspec
from django.db import connection, transaction

from usward.entries import feeds, heads, kinds
from usward.entries.ledger import write_down
from usward.entries.models import Act, Attachment, Draft, Entry, Feed, Knock, Reveal, Scope
from usward.entries.queries import open_to_other, with_opened
from usward.entries.reader import Reader
from usward.entries.returning import come_along, forget
from usward.entries.sealing import Keyring, open_raw, seal_row
from usward.entries.writer import Writer, erase
from usward.kit import clock
from usward.kit.ids import parted
from usward.kit.prepared import Change, Given, Prepared
from usward.live import ping_on_commit
from usward.spaces.actions import bump, other_of
from usward.spaces.card import LONGEST_NAME, Card, read_card, write_card
from usward.spaces.models import Invitation, Partner, Readmission, Space
from usward.vault import ring as rings
from usward.vault.envelope import SealBroken
from usward.vault.keys import Unlocked

CLOSED_FOR = timedelta(days=30)
_FIELDS = {field.name: field for field in Entry._meta.concrete_fields}
_CHANGES = ("space", "author", "epoch", "tag", "exchange", "step", "slot", "reveal", "reveal_day", "body")
_moved = Change(
    Entry.objects.filter(seq=Given("seq", _FIELDS["seq"])), **{name: Given(name, _FIELDS[name]) for name in _CHANGES}
)
_taken = Prepared(Entry.objects.filter(**{name: Given(name, _FIELDS[name]) for name in ("space", "slot", "version")}))


def _reseal(row: Entry, old: Keyring, new: Keyring, author: UUID) -> bool:
    """Move one row into another space. Returns False where it must be left behind.

    Own things that do not open come along as they are: they may rest under keys that were put away.

    What there is one of for the two (a draw) gives way: the inviter's deck goes on from where it stands, and a question
    dealt from another deck would come twice. What somebody takes out of a space of two is from then on for themselves
    alone: it was said to one person, and whoever they share a space with later is another.
    """
    leaving = row.author_id != author
    if row.act == Act.SAY and row.body:
        try:
            raw = open_raw(row, old)
            body = kinds.decode_body(raw)
        except (SealBroken, ValueError):
            if row.scope == Scope.OWN:
                Entry.objects.filter(pk=row.pk).update(space_id=new.space, author_id=author)
            return row.scope == Scope.OWN
        if leaving:
            place = body.slot.replace(f"{row.author_id.hex}:", f"{author.hex}:", 1)
            body = msgspec.structs.replace(body, slot=place)
            raw = msgspec.msgpack.encode(body)
            row.reveal, row.reveal_day = Reveal.NEVER, None
        names = new.names(row.scope, body.kind, body.exchange, body.step, body.slot)
        kind = kinds.registered().get(body.kind)
        if kind is not None and kind.space_wide and row.scope != Scope.OWN:
            return False
        if _taken(space=new.space, slot=names.slot, version=row.version):
            return False
        row.tag, row.exchange, row.step, row.slot = names.tag, names.exchange, names.step, names.slot
        row.space_id, row.author_id, row.epoch = new.space, author, new.epoch(row.scope)
        seal_row(row, new, raw)
    else:
        row.space_id, row.author_id = new.space, author
        if leaving:
            row.reveal, row.reveal_day = Reveal.NEVER, None
    _moved(seq=row.seq, **{name: getattr(row, _FIELDS[name].attname) for name in _CHANGES})
    return True


def move(rows: Iterable[Entry], old: Keyring, new: Keyring, author: UUID) -> None:
    """Move rows into another space, to their author there, in the order of their arrival. Acts without words follow the slot of
    what they are about."""
    moved: dict[bytes, Entry] = {}
    for row in rows:
        before = bytes(row.slot)
        if not row.body and before in moved:
            kin = moved[before]
            row.exchange, row.step, row.slot, row.tag = kin.exchange, kin.step, kin.slot, kin.tag
        elif not row.body:
            continue  # words that were erased before the move: nothing is left to find again
        if _reseal(row, old, new, author):
            moved[before] = row


def tell(*partner_ids: UUID) -> None:
    """What these can read has changed."""
    bump(*partner_ids)
    for partner_id in partner_ids:
        ping_on_commit(partner_id)


def _take_back(partner: Partner, keyring: Keyring) -> None:
    """Take back all that the other cannot read: what still waits, what is joint, and versions that were replaced."""
    writer = Writer(partner, keyring, Reader(partner, keyring))
    said = Entry.objects.filter(author=partner, act=Act.SAY).exclude(scope=Scope.OWN)
    readable = with_opened(said).filter(open_to_other(partner.space.day_reached))
    stays = set(readable.filter(current=True).values_list("id", flat=True))
    for entry_id in said.filter(current=True).values_list("id", flat=True):
        if entry_id not in stays:
            writer.withdraw(entry_id)
    erase(said.filter(current=False).exclude(body=b""))


_KEPT_SETTINGS = (
    "colour",
    "shape",
    "zone",
    "theme",
    "reading",
    "calm",
    "country",
    "paused_until",
    "quiet_from",
    "quiet_until",
    "offered_safety",
)


def _card(partner: Partner, keyring: Keyring) -> Card:
    """The name that a person takes along: where no key opens it any more, what stands before the @ of their address."""
    try:
        return read_card(partner, keyring.ring)
    except rings.NoRing:
        return Card(partner.user.email.partition("@")[0][:LONGEST_NAME] if partner.user else "")


def _move_out(partner: Partner, unlocked: Unlocked, scopes: Sequence[int] = (Scope.OWN,)) -> Partner:
    """Give a person a space of their own, with what they wrote in these scopes. The row left behind keeps the rest."""
    old, today = Keyring(unlocked, partner.space_id), clock.today(partner.zone)
    card = _card(partner, old)
    space = Space.objects.create(began=today, day_reached=today)
    rings.start_epoch(unlocked, space.pk)
    new = Keyring(unlocked, space.pk)
    user_id, partner.user_id, partner.left_on = partner.user_id, None, partner.left_on or today
    partner.save(update_fields=["user", "left_on"])
    kept = {name: getattr(partner, name) for name in _KEPT_SETTINGS}
    fresh = Partner(user_id=user_id, space=space, pulse=partner.pulse + 1, **kept)
    write_card(fresh, new.ring, card)
    fresh.save(force_insert=True)
    move(Entry.objects.filter(author=partner, scope__in=scopes).order_by("seq"), old, new, fresh.pk)
    moved = Entry.objects.filter(space=space).values("id")
    Attachment.objects.filter(author=partner, entry__in=moved).update(space=space, author=fresh)
    Draft.objects.filter(partner=partner).update(partner=fresh)
    come_along(partner, fresh)
    rings.drop_ring(unlocked.owner, partner.space_id)
    return fresh


@transaction.atomic
def leave(leaving: Partner, unlocked: Unlocked) -> Partner:
    """Leave quietly. Returns the person's new partner row, in a space of their own. Twice is the same as once.

    What is *own* comes along; what the other could not read yet is taken back; what both have read stays, under keys that
    the leaver no longer holds. The other sees a closed place, and their next words begin a new epoch.
    """
    partner = Partner.objects.select_related("space").get(user_id=unlocked.owner)
    if partner.pk != leaving.pk:
        return partner  # the same press of the button, again
    space, other = partner.space, other_of(partner)
    _take_back(partner, Keyring(unlocked, space.pk))
    Invitation.objects.filter(space=space, merged=False).update(revoked=True, capsule=b"", reply=b"")
    Knock.objects.filter(partner=partner).delete()
    feeds.end(Feed.objects.filter(partner__space=space))
    forget(Readmission.objects.filter(partner=partner, completed_at=None))
    fresh = _move_out(partner, unlocked)
    write_down([parted(space.pk, unlocked.owner)])
    if other is not None:
        Space.objects.filter(pk=space.pk).update(closed_on=clock.now().date(), epoch_due=True)
        tell(other.pk)
    else:
        destroy(space)
    transaction.on_commit(forget_journal, robust=True)
    return fresh


@transaction.atomic
def go_on_alone(partner: Partner, unlocked: Unlocked) -> Partner:
    """Somebody had left, and a backup from before was restored since: the keys stay away (`usward.keepsafe.replay`).

    As after leaving, what is their own comes along into a place for themselves. Twice is the same as once.
    """
    partner = Partner.objects.select_related("space").get(user_id=unlocked.owner)
    space = partner.space
    if partner.left_on is None:
        return partner
    fresh = _move_out(partner, unlocked)
    if not Partner.objects.filter(space=space).exclude(user=None).exists():
        destroy(space)
    transaction.on_commit(forget_journal, robust=True)
    return fresh


@transaction.atomic
def clear_closed(partner: Partner, unlocked: Unlocked) -> Partner:
    """Thirty days after they were told of a parting, whoever stayed goes on in a space of their own; the old one is destroyed.

    What they wrote comes along; what the other wrote is gone. Returns their new partner row. Twice is the same as once.
    """
    partner = Partner.objects.select_related("space").get(user_id=unlocked.owner)
    space = partner.space
    if space.closed_on is None:
        return partner
    erase(Entry.objects.filter(author=partner, scope=Scope.JOINT))
    fresh = _move_out(partner, unlocked, (Scope.OWN, Scope.SHARED))
    heads.rebuild(fresh.space_id)
    destroy(space)
    transaction.on_commit(forget_journal, robust=True)
    return fresh


def kept_until(space: Space) -> date | None:
    """The last day of a closed space: after it, it is cleared at the next visit. None until whoever stayed has been told, so that
    nobody who was away loses it at the moment in which they come to know."""
    return space.closed_told + CLOSED_FOR if space.closed_told else None


def forget_journal() -> None:
    """Empty SQLite's journal into the database, where secure_delete has overwritten what was deleted."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def destroy(space: Space) -> None:
    """Destroy a space: its keys first, then its rows, then what the database's journal still holds of them."""
    erase(Entry.objects.filter(space=space))
    feeds.end(Feed.objects.filter(partner__space=space))
    forget(Readmission.objects.filter(partner__space=space))
    rings.destroy_space_keys(space.pk)
    Space.objects.filter(pk=space.pk).delete()
    transaction.on_commit(forget_journal, robust=True)
