"""Being let in again by the partner after a lost passphrase: asked, granted, a day's wait, completed.

Nobody can tell whether it is really they who ask: the partner alone could ask in their name, and say yes. So the day counts
from when a device on which they are still signed in has shown them that they were asked for, and can stop it.

New keys are made when somebody asks, under a name of their own. The partner who grants seals the ring to them; only
the sign-in that completes it lets them take the place of the old. One transaction a step.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q, UUIDField

from usward.accounts import hasher
from usward.accounts.devices import end_others, signed_in, tell
from usward.accounts.models import User
from usward.entries.door import Insider
from usward.entries.returning import forget
from usward.kit import clock
from usward.kit.prepared import Given, Prepared
from usward.kit.unkept import by_the_way
from usward.live import ping_on_commit
from usward.security.ways import cut
from usward.spaces.actions import bump, other_of
from usward.spaces.models import Partner, Readmission
from usward.vault import archive, keys
from usward.vault import ring as rings
from usward.vault.derive import words_for
from usward.vault.password import Derived

WAITS = timedelta(hours=24)  # between the partner's yes and the sign-in that completes it, at least
WAITS_UNSEEN = timedelta(days=7)  # where they are signed in on a device, and none has shown it
LIVES = timedelta(days=7)  # in which the partner may answer, and then in which the sign-in may come
KEEPS = timedelta(days=90)  # in which the old passphrase may come back


@dataclass(frozen=True)
class Asked:
    """What somebody who asked is shown, whether or not there is anybody who could be let in."""

    id: UUID
    words: tuple[str, ...]


def _asker(email: str) -> tuple[User | None, Partner | None, Partner | None]:
    user = User.objects.select_related("partner__space").filter(email=email, is_active=True).first()
    me: Partner | None = getattr(user, "partner", None)
    if me is None or me.space.closed_on is not None:
        return user, None, None
    return user, me, other_of(me)


def ask(email: str, passphrase: str) -> Asked:
    """Ask in the name of an address, with a new passphrase. Answers alike whoever it is; costs one slow hash."""
    user, me, other = _asker(email)
    encoded, derived = hasher.encode_beside(passphrase, user.password) if user else hasher.encode(passphrase)
    request_id = uuid4()
    if user is None or me is None or other is None or other.user_id is None:
        with transaction.atomic():
            # The same work, for nobody: how long an answer takes tells as little as what it says.
            keys.wrap(keys.create_keys(uuid4()), keys.PASSWORD, derived.kek)
            transaction.set_rollback(True)
        return Asked(request_id, words_for(request_id.bytes, keys.new_key(), keys.new_key()))
    with transaction.atomic():
        before = Readmission.objects.select_for_update().filter(partner=me, completed_at=None).first()
        if before and before.granted_at and not _over(before):  # what the partner has granted, nobody else replaces
            return Asked(request_id, words_for(request_id.bytes, keys.new_key(), keys.new_key()))
        if before:
            _erase(before)
        fresh = keys.create_keys(uuid4())
        keys.wrap(fresh, keys.PASSWORD, derived.kek)
        row = Readmission.objects.create(
            id=request_id, partner=me, owner=fresh.owner, password=encoded, asked_at=clock.now()
        )
        tell(user, "asked to be let in")
        _look(me.pk, other.pk)
    return Asked(request_id, words(row, other))


def words(row: Readmission, helper: Partner) -> tuple[str, ...]:
    """The four words that both compare: of this asking, the new key, and the key of the one who grants."""
    if helper.user_id is None:
        raise rings.NoRing
    return words_for(row.id.bytes, keys.public_key(row.owner), keys.public_key(helper.user_id))


def opens_at(row: Readmission) -> datetime | None:
    """When a granted one may be completed. Not for the eyes of the other: it tells when somebody has looked in."""
    if row.granted_at is None:
        return None
    at_last = row.granted_at + WAITS_UNSEEN
    return min(at_last, max(row.granted_at, row.shown_at) + WAITS) if row.shown_at else at_last


def opens_first(row: Readmission) -> datetime | None:
    """Before when a granted one is not completed in any case."""
    return row.granted_at + WAITS if row.granted_at else None


def shown(row: Readmission) -> None:
    """A device of theirs shows that somebody asks in their name."""
    if row.shown_at is None:
        row.shown_at = clock.now()
        with by_the_way():
            Readmission.objects.filter(pk=row.pk, shown_at=None).update(shown_at=row.shown_at)


def _over(row: Readmission) -> bool:
    """Whether it has run out: a week without an answer, or a week after the wait without a sign-in."""
    since = opens_at(row) or row.asked_at
    return clock.now() > since + LIVES


# Asked by either of two partners and not completed: Today looks each time.
_either = Q(partner_id=Given("one", UUIDField())) | Q(partner_id=Given("other", UUIDField()))
_open = Prepared(Readmission.objects.filter(_either, completed_at=None))


def standing(one: Partner, other: Partner | None = None) -> dict[UUID, Readmission]:
    """What these partners have asked for and not completed, if it has not run out; in one query."""
    rows = _open(one=one.pk, other=(other or one).pk)
    return {row.partner_id: row for row in rows if not _over(row)}


@transaction.atomic
def grant(inside: Insider, request_id: UUID) -> bool:
    """The partner says yes: the ring is sealed to the new key that the words were made of, and a day's wait begins."""
    row = Readmission.objects.select_for_update().select_related("partner__user").filter(pk=request_id).first()
    if row is None or row.completed_at or row.granted_at or _over(row) or not _theirs(inside, row):
        return False
    rings.hand_over(inside.keyring.ring, row.owner, keys.public_key(row.owner))
    Readmission.objects.filter(pk=row.pk).update(granted_at=clock.now())
    if row.partner.user is not None:
        if not signed_in(row.partner.user).exists():
            shown(row)  # there is nobody to be waited for
        tell(row.partner.user, "partner lets you in")
    _look(row.partner_id, inside.me.pk)
    return True


def _theirs(inside: Insider, row: Readmission) -> bool:
    return row.partner.space_id == inside.me.space_id and row.partner_id != inside.me.pk


@transaction.atomic
def stop(inside: Insider, request_id: UUID) -> bool:
    """Either of the two stops it, at any time before it is complete. Nothing of it is left."""
    row = Readmission.objects.select_for_update().select_related("partner__user").filter(pk=request_id).first()
    if row is None or row.completed_at or row.partner.space_id != inside.me.space_id:
        return False
    _stopped(row)
    return True


@transaction.atomic
def take_back(request_id: UUID) -> None:
    """Whoever asked thinks otherwise, in the browser that asked."""
    row = Readmission.objects.select_for_update().filter(pk=request_id, completed_at=None).first()
    if row is not None:
        _stopped(row)


def _stopped(row: Readmission) -> None:
    if row.partner.user is not None:
        tell(row.partner.user, "letting in stopped")
    other = other_of(row.partner)
    _erase(row)
    _look(row.partner_id, *([other.pk] if other else []))


def _erase(row: Readmission) -> None:
    forget(Readmission.objects.filter(pk=row.pk))


def waiting_for(user: User, derived: Derived) -> Readmission | None:
    """A granted one whose new passphrase is what was hashed."""
    rows = Readmission.objects.select_related("partner__space").filter(partner__user=user, completed_at=None)
    row = rows.exclude(granted_at=None).first()
    return row if row and not _over(row) and hasher.proves(derived, row.password) else None


@transaction.atomic
def complete(user: User, request_id: UUID, derived: Derived) -> keys.Unlocked | None:
    """The wait is over and the new passphrase was given: the new keys take the place of the old.

    Returns them open; None where the wait is not over or somebody stopped it. All sessions end, the second factor and
    the PIN go (the old keys sealed the one and guarded the other's things), and a new epoch begins.
    """
    rows = Readmission.objects.select_for_update().select_related("partner__space")
    row = rows.filter(pk=request_id, completed_at=None).first()
    opening = opens_at(row) if row else None
    if row is None or opening is None or clock.now() < opening:
        return None
    new, me, rest = keys.unwrap(row.owner, keys.PASSWORD, derived.kek), row.partner, uuid4()
    ring = rings.open_ring(new, me.space_id)
    archive.put_away(user.id, rest)
    unlocked = archive.move_in(new, user.id)
    keys.wrap(unlocked, keys.PASSWORD, derived.kek)
    _take_ring(unlocked, ring, row)
    old_password, user.password, user.pin = user.password, row.password, ""
    user.save(update_fields=["password", "pin"])
    Authenticator.objects.filter(user_id=user.pk).delete()
    cut(end_others(user, None))
    Readmission.objects.filter(pk=row.pk).update(
        completed_at=clock.now(), shown_at=None, old_owner=rest, old_password=old_password
    )
    tell(user, "let in again")
    other = other_of(me)
    _look(me.pk, *([other.pk] if other else []))
    return unlocked


def _take_ring(unlocked: keys.Unlocked, ring: rings.Ring, row: Readmission) -> None:
    """Wrap the ring under the new user key, then begin an epoch that no key of before has ever held."""
    space = ring.space
    rings.drop_ring(unlocked.owner, space)
    rings.hand_over(ring, unlocked.owner, unlocked.pair.public)
    rings.take_over(unlocked, space)
    rings.drop_ring(row.owner, space)
    other = other_of(row.partner)
    if other is None or other.user_id is None:
        return
    rings.start_epoch(unlocked, space, ring.epoch + 1)
    fresh = rings.open_ring(unlocked, space)
    rings.hand_over(fresh, other.user_id, keys.public_key(other.user_id), {fresh.epoch})


def _look(*partner_ids: UUID) -> None:
    bump(*partner_ids)
    for partner_id in partner_ids:
        ping_on_commit(partner_id)


def kept_away(partner: Partner) -> list[Readmission]:
    """The lettings-in after which old keys of this partner still rest, newest first."""
    since = clock.now() - KEEPS
    return list(Readmission.objects.filter(partner=partner, completed_at__gt=since).order_by("-completed_at"))


@transaction.atomic
def purge() -> None:
    """Destroy old keys whose ninety days are over, and askings that ran out or whose asker has left meanwhile."""
    for row in Readmission.objects.select_related("partner").all():
        if row.completed_at is None:
            over = _over(row) or row.partner.user_id is None
        else:
            over = row.completed_at <= clock.now() - KEEPS
        if over:
            _erase(row)
