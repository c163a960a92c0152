"""A space: its beginning, the yes that lets a second person in, a new epoch once somebody has left; and who the other is."""

from functools import cache
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, UUIDField

from usward.accounts.models import User
from usward.kit import clock
from usward.kit.prepared import Change, Given, Prepared, numbered, several
from usward.kit.unkept import by_the_way
from usward.live import ping_on_commit
from usward.spaces.card import Card, write_card
from usward.spaces.invitations import has_room, let_go
from usward.spaces.models import Invitation, Partner, Readmission, Space
from usward.vault import ring as rings
from usward.vault.keys import Unlocked, public_key


class Elsewhere(Exception):
    """Whoever asked is not in this place any more: they left it, or went on, while a request of theirs was on its way."""


@transaction.atomic
def begin_space(user: User, unlocked: Unlocked, card: Card, zone: str, colour: str, shape: str) -> Partner:
    """A person's own space, with its first couple key: what they write "for both" waits under it."""
    today = clock.today(zone)
    space = Space.objects.create(began=today, day_reached=today)
    rings.start_epoch(unlocked, space.id)
    partner = Partner(user=user, space=space, zone=zone, colour=colour, shape=shape)
    write_card(partner, rings.open_ring(unlocked, space.id), card)
    partner.save(force_insert=True)
    return partner


def told_closed(partner: Partner) -> None:
    """A page tells whoever stayed that their place is closed, and until when it is kept: the days of it begin."""
    space = partner.space
    if space.closed_on is not None and space.closed_told is None:
        space.closed_told = clock.today(partner.zone)
        with by_the_way():
            Space.objects.filter(pk=space.pk, closed_told=None).update(closed_told=space.closed_told)


@transaction.atomic
def confirm_words(row: Invitation, unlocked: Unlocked) -> None:
    """The inviter says that the words agree: hand the ring over to the key that the words were made of. They wait no longer
    themselves for another's yes.

    Nothing happens where a space has two already, or was closed: what two once shared is not for a third. Nor where the
    newcomer has let somebody into their own place meanwhile, or the inviter has been let into another's.
    """
    row = Invitation.objects.select_for_update().select_related("invitee", "inviter").get(pk=row.pk)
    if not has_room(row.inviter):
        return
    if row.revoked or row.invitee_id is None or row.invitee is None or row.invitee.user_id is None:
        return
    if row.inviter.merge_due or not has_room(row.invitee):
        return
    ring = rings.open_ring(unlocked, row.space_id)
    rings.hand_over(ring, row.invitee.user_id, public_key(row.invitee.user_id))
    Invitation.objects.filter(pk=row.pk).update(confirmed=True)
    Partner.objects.filter(pk=row.invitee_id).update(merge_due=True, pulse=F("pulse") + 1)
    ping_on_commit(row.invitee_id)
    for partner_id in let_go(row.inviter):
        bump(partner_id)
        ping_on_commit(partner_id)


_me = Given("me", UUIDField())
_asked = Readmission.objects.filter(Q(partner_id=_me) | Q(partner_id=OuterRef("pk")), completed_at=None)
_other = Prepared(
    Partner.objects.filter(space_id=Given("space", UUIDField()), left_on=None)
    .exclude(pk=_me)
    .annotate(asked=Exists(_asked))
    .order_by("pk")[:1]
)


_here = Prepared(Partner.objects.select_related("space").filter(space_id=Given("space", UUIDField()), left_on=None))


@cache
def _bump(count: int) -> Change:
    return Change(Partner.objects.filter(pk__in=several("partner", UUIDField(), count)), pulse=F("pulse") + 1)


def other_of(partner: Partner) -> Partner | None:
    """The other of the two, or None for a person alone. `asked` on it: whether either waits to be let in again."""
    return _other.first(space=partner.space_id, me=partner.pk)


def still_here(partner: Partner, unlocked: Unlocked) -> Partner | None:
    """The other of the two, in the transaction of a write: what a request found when it began may be over by then.

    Notes on the partner's space whether a new epoch is due. Raises Elsewhere.
    """
    rows = {row.pk: row for row in _here(space=partner.space_id)}
    me = rows.pop(partner.pk, None)
    if me is None or me.user_id != unlocked.owner:
        raise Elsewhere
    partner.space.epoch_due = me.space.epoch_due
    return next(iter(rows.values()), None)


def bump(*partner_ids: UUID) -> None:
    """Note that what these partners can read has changed."""
    if partner_ids:
        _bump(len(partner_ids))(**numbered("partner", partner_ids))


def ensure_epoch(partner: Partner, unlocked: Unlocked) -> bool:
    """Where the other has left, whoever stays begins a new epoch, with a key that the leaver never held.

    Returns whether there may be an epoch that an open ring does not know.
    """
    if not partner.space.epoch_due:
        return False
    with transaction.atomic():
        space = Space.objects.select_for_update().get(pk=partner.space_id)
        if space.epoch_due:
            ring = rings.open_ring(unlocked, space.id)
            rings.start_epoch(unlocked, space.id, ring.epoch + 1)
            Space.objects.filter(pk=space.pk).update(epoch_due=False)
    partner.space.epoch_due = False
    return True
