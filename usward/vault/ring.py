"""The couple's keys: one for each epoch, all of them on a ring that each of the two holds."""

from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.db.models import UUIDField

from usward.kit.prepared import Given, Prepared
from usward.vault.derive import subkey
from usward.vault.envelope import SealBroken, seal, unseal
from usward.vault.keys import Pair, Unlocked, new_key, seal_to
from usward.vault.models import CoupleEpoch, CoupleWrap

FIRST_EPOCH = 1
_wraps = Prepared(CoupleWrap.objects.filter(owner=Given("owner", UUIDField()), space=Given("space", UUIDField())))


class NoRing(Exception):
    """This person holds no key of this space."""


class RingBroken(SealBroken):
    """A couple key does not open: its row was changed or damaged. Without all of them nothing is read or written that is for
    both: who writes under an older epoch writes for somebody who has left."""

    why = "key"


@dataclass(frozen=True)
class Ring:
    """The open couple keys of a space, by epoch."""

    space: UUID
    keys: dict[int, bytes] = field(repr=False)

    @property
    def epoch(self) -> int:
        """The epoch that seals what is written now."""
        return max(self.keys)

    @cached_property
    def index_key(self) -> bytes:
        """The key of names (kinds, exchanges, slots). It comes from the first epoch, so that names last."""
        return subkey(self.keys[FIRST_EPOCH], "index")

    def pair(self, epoch: int) -> Pair:
        """The couple's own key pair, with which a job can deposit what it cannot read."""
        row = CoupleEpoch.objects.get(space=self.space, epoch=epoch)
        private = unseal(self.keys[epoch], bytes(row.sealed_private), _pair_context(self.space, epoch))
        return Pair(bytes(row.public), private)


def public_half(space: UUID) -> tuple[int, bytes] | None:
    """The newest epoch of a space and its public key, with which a job seals what it cannot read; None where there is none."""
    row = CoupleEpoch.objects.filter(space=space).order_by("epoch").last()
    return (row.epoch, bytes(row.public)) if row else None


def _pair_context(space: UUID, epoch: int) -> list[bytes]:
    return [b"couple-pair", space.bytes, epoch.to_bytes(4, "big")]


def _wrap_context(space: UUID, epoch: int, owner: UUID) -> list[bytes]:
    return [b"couple", space.bytes, epoch.to_bytes(4, "big"), owner.bytes]


def _boxed(space: UUID, epoch: int, owner: UUID, key: bytes) -> bytes:
    return b"".join(_wrap_context(space, epoch, owner)) + key


def start_epoch(unlocked: Unlocked, space: UUID, epoch: int = FIRST_EPOCH) -> None:
    """Make a couple key for a new epoch and wrap it under this person's user key."""
    key, pair = new_key(), Pair.new()
    CoupleEpoch.objects.create(
        space=space,
        epoch=epoch,
        public=pair.public,
        sealed_private=seal(key, pair.private, _pair_context(space, epoch)),
    )
    _wrap_for_self(unlocked, space, epoch, key)


def _wrap_for_self(unlocked: Unlocked, space: UUID, epoch: int, key: bytes) -> None:
    CoupleWrap.objects.update_or_create(
        space=space,
        epoch=epoch,
        owner=unlocked.owner,
        defaults={
            "how": CoupleWrap.UNDER_USER_KEY,
            "sealed": seal(unlocked.user_key, key, _wrap_context(space, epoch, unlocked.owner)),
        },
    )


def open_ring(unlocked: Unlocked, space: UUID) -> Ring:
    """Open every couple key of a space that this person holds. Raises NoRing, or RingBroken where one was changed."""
    keys: dict[int, bytes] = {}
    for row in _wraps(owner=unlocked.owner, space=space):
        try:
            keys[row.epoch] = _open(unlocked, space, row)
        except SealBroken as error:
            raise RingBroken(str(error)) from error
    if not keys:
        raise NoRing
    return Ring(space, keys)


def _open(unlocked: Unlocked, space: UUID, row: CoupleWrap) -> bytes:
    if row.how == CoupleWrap.UNDER_USER_KEY:
        return unseal(unlocked.user_key, bytes(row.sealed), _wrap_context(space, row.epoch, unlocked.owner))
    opened = unlocked.pair.open(bytes(row.sealed))
    bound = _boxed(space, row.epoch, unlocked.owner, b"")
    if not opened.startswith(bound):
        raise SealBroken("this key was meant for another place")
    return opened[len(bound) :]


def hand_over(ring: Ring, to: UUID, public: bytes, epochs: set[int] | None = None) -> None:
    """Seal the ring (or some of its epochs) to another person's pinned public key, for them to take."""
    for epoch, key in ring.keys.items():
        if epochs is None or epoch in epochs:
            CoupleWrap.objects.update_or_create(
                space=ring.space,
                epoch=epoch,
                owner=to,
                defaults={
                    "how": CoupleWrap.TO_PUBLIC_KEY,
                    "sealed": seal_to(public, _boxed(ring.space, epoch, to, key)),
                },
            )


def take_over(unlocked: Unlocked, space: UUID) -> Ring:
    """Take what was handed over: wrap every boxed key under one's own user key. Twice is the same as once."""
    ring = open_ring(unlocked, space)
    for epoch, key in ring.keys.items():
        _wrap_for_self(unlocked, space, epoch, key)
    return ring


def holds_ring(owner: UUID, space: UUID) -> bool:
    """Whether any couple key of the space is wrapped for this person."""
    return CoupleWrap.objects.filter(owner=owner, space=space).exists()


def drop_ring(owner: UUID, space: UUID) -> None:
    """Take a person's keys of a space away."""
    CoupleWrap.objects.filter(owner=owner, space=space).delete()


def drop_all_rings(owner: UUID) -> None:
    """Take every couple key of a person away, also those that wait for them."""
    CoupleWrap.objects.filter(owner=owner).delete()


def destroy_space_keys(space: UUID) -> None:
    """Destroy every key of a space; what was sealed under them stays sealed for ever."""
    CoupleWrap.objects.filter(space=space).delete()
    CoupleEpoch.objects.filter(space=space).delete()
