"""Leaving: quietly, with one's own words; or deleting the account altogether. Each is one transaction."""

from django.db import transaction

from usward.accounts import hasher
from usward.accounts.devices import end_others
from usward.accounts.models import Session
from usward.entries.door import Insider
from usward.entries.ledger import write_down
from usward.entries.models import Entry, Scope
from usward.entries.moving import clear_closed, destroy, forget_journal, leave
from usward.entries.writer import erase
from usward.freebusy.actions import forget
from usward.live.hub import hub
from usward.spaces.models import Partner
from usward.vault.keys import destroy_keys
from usward.vault.ring import drop_all_rings


def knows_passphrase(inside: Insider, typed: str) -> bool:
    """Whether this is the passphrase of the person who asks. Takes as long as a sign-in."""
    return hasher.check(typed[:1024], inside.user.password) is not None


def _still_here(inside: Insider) -> bool:
    """False where the same form came a moment earlier (a double tap)."""
    return Partner.objects.filter(pk=inside.me.pk, user_id=inside.user.pk).exists()


def _cut(inside: Insider, sessions: list[str]) -> None:
    """Once it is certain: the sockets of the place that was left, and of the sessions that ended, are cut."""
    partner_id = inside.me.pk
    transaction.on_commit(lambda: hub.close_partner(partner_id), robust=True)
    for ended in sessions:
        transaction.on_commit(lambda ended=ended: hub.close(ended), robust=True)  # type: ignore[misc]  # bound now


@transaction.atomic
def part(inside: Insider, keep_session: str, take_back: bool) -> None:
    """Leave the other, quietly; or, where the other has left already, go on alone.

    This session stays open, the person's other sessions end. With `take_back` what they shared is erased first.
    """
    if not _still_here(inside):
        return
    forget(inside.me)
    if inside.me.space.closed_on:
        clear_closed(inside.me, inside.unlocked)
    else:
        _take_back(inside, take_back)
        leave(inside.me, inside.unlocked)
    _cut(inside, end_others(inside.user, keep_session))


def _take_back(inside: Insider, wanted: bool) -> None:
    if wanted and inside.other is not None:
        erase(Entry.objects.filter(author=inside.me).exclude(scope=Scope.OWN))


@transaction.atomic
def delete_account(inside: Insider, take_back: bool) -> None:
    """Destroy a person's keys, entries and account. The other, if there is one, sees a closed place."""
    if not _still_here(inside):
        return
    forget(inside.me)
    sessions = list(Session.objects.filter(user=inside.user).values_list("key_hash", flat=True))
    place = inside.me
    if inside.other is not None:
        _take_back(inside, take_back)
        place = leave(inside.me, inside.unlocked)
    destroy(place.space)
    write_down([inside.user.pk])
    drop_all_rings(inside.user.pk)
    destroy_keys(inside.user.pk)
    inside.user.delete()
    _cut(inside, sessions)
    transaction.on_commit(forget_journal, robust=True)
