"""Keys that were put away: a person came back without their old passphrase, and may still remember it.

The rows rest under a name of their own. What they seal stays bound to the person whose keys they were, so that they
open nothing in anybody else's place.
"""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from usward.vault.derive import subkey
from usward.vault.envelope import SealBroken, seal, unseal
from usward.vault.keys import PASSWORD, Unlocked, destroy_keys
from usward.vault.models import KeyWrap, UserKeys
from usward.vault.password import same


@dataclass(frozen=True)
class PutAway(Unlocked):
    """The open keys of a person as they were before; their rows stand under `kept_as`."""

    kept_as: UUID

    @cached_property
    def _row(self) -> UserKeys:
        return UserKeys.objects.get(owner=self.kept_as)


def put_away(owner: UUID, kept_as: UUID) -> None:
    """Let a person's keys and wraps rest under another name, so that new ones can take their place."""
    UserKeys.objects.filter(owner=owner).update(owner=kept_as)
    KeyWrap.objects.filter(owner=owner).update(owner=kept_as)


def open_put_away(owner: UUID, kept_as: UUID, kek: bytes) -> PutAway:
    """Open keys that were put away with the key of their old passphrase. Raises SealBroken."""
    row = KeyWrap.objects.filter(owner=kept_as, kind=PASSWORD).first()
    if row is None or not same(bytes(row.commitment), subkey(kek, "commitment")):
        raise SealBroken("this is not the key")
    bound = Unlocked(owner, b"").context(f"wrap/{PASSWORD}")
    return PutAway(owner, unseal(kek, bytes(row.sealed), bound), kept_as)


def move_in(new: Unlocked, owner: UUID) -> Unlocked:
    """Give new keys, made under a name of their own, to a person whose old ones were put away.

    Returns them open under that person's name. The caller writes a wrap before the transaction ends.
    """
    moved, pair = Unlocked(owner, new.user_key), new.pair
    UserKeys.objects.create(
        owner=owner,
        public=pair.public,
        sealed_private=seal(moved.user_key, pair.private, moved.context("private")),
        sealed_personal=seal(moved.user_key, new.personal, moved.context("personal")),
    )
    destroy_keys(new.owner)
    return moved
