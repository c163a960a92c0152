"""Keys that were put away when a passphrase was lost, and own things under them: they go where their author goes, come
back with the old passphrase, and end with the place."""

from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet

from usward.entries import kinds
from usward.entries.drafts import Drafts
from usward.entries.ledger import write_down
from usward.entries.models import Act, Entry, Scope
from usward.entries.sealing import Keyring, open_raw, seal_row
from usward.spaces.models import Partner, Readmission
from usward.vault.envelope import SealBroken
from usward.vault.keys import Unlocked, destroy_keys
from usward.vault.ring import drop_all_rings


def come_along(partner: Partner, fresh: Partner) -> None:
    """Somebody goes into another place: so does what tells where their old keys rest.

    What those keys seal is bound to the place and the partner of then. It is noted once, at the first move.
    """
    rested = Readmission.objects.filter(partner=partner).exclude(completed_at=None)
    rested.filter(sealed_in=None).update(sealed_in=partner.space_id, sealed_as=partner.pk)
    rested.update(partner=fresh)


def forget(asked: QuerySet[Readmission]) -> None:
    """Destroy the keys that wait for somebody to be let in again, or rest after it; nothing of them is left."""
    owners = {owner for pair in asked.values_list("owner", "old_owner") for owner in pair if owner}
    asked.delete()
    write_down(owners)
    for owner in owners:
        drop_all_rings(owner)
        destroy_keys(owner)


def _sealed_as(row: Entry, space: UUID, author: UUID, keys: Keyring) -> bytes:
    """Open what was sealed in another place, under another partner's name of the same person."""
    here = row.space_id, row.author_id
    row.space_id, row.author_id = space, author
    try:
        return open_raw(row, keys)
    finally:
        row.space_id, row.author_id = here


@transaction.atomic
def bring_back(partner: Partner, rested: Readmission, old: Unlocked, new: Unlocked) -> int:
    """Seal a partner's own things anew. Returns how many came back. Day, order and id stay as they were.

    Where something newer stands in the same place, that one stays, and what came back is part of its history.
    """
    before, after = Keyring(old, partner.space_id), Keyring(new, partner.space_id)
    place = rested.sealed_in or partner.space_id, rested.sealed_as or partner.pk
    Drafts(partner, after).bring_back(Drafts(partner, before))
    found = 0
    for row in Entry.objects.filter(author=partner, scope=Scope.OWN, act=Act.SAY).order_by("seq"):
        try:
            raw = _sealed_as(row, *place, before)
            body = kinds.decode_body(raw)
        except (SealBroken, ValueError):
            continue  # said since then under the present key, or erased
        names = after.names(row.scope, body.kind, body.exchange, body.step, body.slot)
        there = Entry.objects.filter(space_id=row.space_id, slot=names.slot)
        last = there.aggregate(last=Max("version"))["last"]
        if last is not None and there.filter(version=row.version).exists():
            row.version = last + 1
        row.current = row.current and not there.filter(current=True).exists()
        row.tag, row.exchange, row.step, row.slot = names.tag, names.exchange, names.step, names.slot
        seal_row(row, after, raw)
        row.save(force_update=True)
        found += 1
    return found
