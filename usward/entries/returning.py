"""Own things that come back: sealed under keys that were put away, sealed anew under the present ones."""

from django.db import transaction
from django.db.models import Max

from usward.entries import kinds
from usward.entries.models import Act, Entry, Scope
from usward.entries.sealing import Keyring, open_raw, seal_row
from usward.spaces.models import Partner
from usward.vault.envelope import SealBroken
from usward.vault.keys import Unlocked


@transaction.atomic
def bring_back(partner: Partner, old: Unlocked, new: Unlocked) -> int:
    """Seal a partner's own things anew. Returns how many came back. Day, order and id stay as they were.

    Where something newer stands in the same place, that one stays, and what came back is part of its history.
    """
    before, after = Keyring(old, partner.space_id), Keyring(new, partner.space_id)
    found = 0
    for row in Entry.objects.filter(author=partner, scope=Scope.OWN, act=Act.SAY).order_by("seq"):
        try:
            raw = open_raw(row, before)
            body = kinds.decode_body(raw)
        except (SealBroken, ValueError):
            continue  # said since then under the present key, or erased
        names = after.names(row.scope, body.kind, body.exchange, body.step, body.slot)
        place = Entry.objects.filter(space_id=row.space_id, slot=names.slot)
        last = place.aggregate(last=Max("version"))["last"]
        if last is not None and place.filter(version=row.version).exists():
            row.version = last + 1
        row.current = row.current and not place.filter(current=True).exists()
        row.tag, row.exchange, row.step, row.slot = names.tag, names.exchange, names.step, names.slot
        seal_row(row, after, raw)
        row.save(force_update=True)
        found += 1
    return found
