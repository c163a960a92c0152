"""Two spaces become one: a newcomer's words come into the place of whoever invited them, in one transaction."""

from collections.abc import Iterable

from django.db import transaction

from usward.entries import heads, kinds
from usward.entries.kinds import Kind
from usward.entries.knocks import knock_on_day
from usward.entries.models import Attachment, Entry, Reveal
from usward.entries.moving import forget_journal, move, tell
from usward.entries.reader import Reader
from usward.entries.sealing import Keyring
from usward.entries.writer import Writer
from usward.kit import clock
from usward.spaces.card import read_card, write_card
from usward.spaces.models import LOOKS, Invitation, Partner, Space
from usward.vault import ring as rings
from usward.vault.keys import Unlocked

MANY = 5000


def _others_there(row: Invitation) -> bool:
    """Whether somebody but the inviter lives, or lived, in the inviter's space: then nobody else ever enters it."""
    return Partner.objects.filter(space_id=row.space_id).exclude(pk=row.inviter_id).exists()


@transaction.atomic
def merge(partner: Partner, unlocked: Unlocked) -> None:
    """Bring a newcomer's words into the inviter's space, in the newcomer's own unlocked session."""
    row = Invitation.objects.select_for_update().select_related("space", "inviter").filter(invitee=partner).first()
    if row is None or not row.confirmed or row.merged or _others_there(row):
        Partner.objects.filter(pk=partner.pk).update(merge_due=False)
        return
    old_space = partner.space
    old, new = Keyring(unlocked, old_space.pk), Keyring(unlocked, row.space_id)
    rings.take_over(unlocked, row.space_id)
    card = read_card(partner, old.ring)
    asked = _space_wide(Reader(partner, old))
    move(Entry.objects.filter(space=old_space).order_by("seq"), old, new, partner.pk)
    Attachment.objects.filter(space=old_space).update(space=row.space)
    partner.space, partner.merge_due = row.space, False
    if partner.colour == row.inviter.colour:
        partner.colour = next(look for look in LOOKS if look != row.inviter.colour)
    write_card(partner, new.ring, card)
    partner.save(update_fields=["space", "merge_due", "colour", "card"])
    for one in (partner, row.inviter):
        Partner.objects.filter(pk=one.pk).update(joined_on=clock.today(one.zone))
    # The inviter counted days for themselves alone: now a day has begun when it has for both.
    row.space.day_reached = min(row.space.day_reached, *(clock.today(one.zone) for one in (partner, row.inviter)))
    row.space.save(update_fields=["day_reached"])
    heads.rebuild(row.space_id)
    _knock_on_days(partner, row.inviter)
    _hold_out(partner, new, asked)
    rings.destroy_space_keys(old_space.pk)
    Space.objects.filter(pk=old_space.pk).delete()
    Invitation.objects.filter(pk=row.pk).update(merged=True, capsule=b"", reply=b"", code_for_inviter=b"")
    tell(partner.pk, row.inviter_id)
    transaction.on_commit(forget_journal, robust=True)


def _space_wide(reader: Reader) -> list[Kind]:
    """What there is one of for the two, which gives way where a newcomer brings it along."""
    found = [kind for kind in kinds.registered().values() if kind.space_wide]
    return [said.value for kind in found for said in reader.latest(kind, MANY)]


def _hold_out(partner: Partner, keyring: Keyring, asked: Iterable[Kind]) -> None:
    """What a newcomer has answered, and was never asked here, is held out to the other."""
    reader = Reader(partner, keyring)
    writer = Writer(partner, keyring, reader)
    for offer, exchange, step in filter(None, (one.held_out() for one in asked)):
        said = reader.exchange(exchange)
        if any(one.mine and not one.never for one in said) and all(one.mine for one in said):
            writer.put(offer, exchange=exchange, step=step, slot=f"{step}:{exchange}")


def _knock_on_days(*two: Partner) -> None:
    """Letters that waited while their author was alone knock on their day, like any other."""
    for author, other in (two, two[::-1]):
        waiting = Entry.objects.filter(space=author.space, author=author, current=True, reveal=Reveal.FROM_DAY)
        for day in set(waiting.values_list("reveal_day", flat=True)):
            knock_on_day(author, other, day)
