"""One person's keys: made at sign-up, opened by what they know, wrapped anew when that changes."""

from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.db.models import UUIDField
from nacl.bindings import crypto_box_seal, crypto_box_seal_open
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey
from nacl.utils import random as random_bytes

from usward.kit.prepared import Given, Prepared
from usward.vault.codes import make_code, tidy_code
from usward.vault.derive import subkey
from usward.vault.envelope import KEY_BYTES, SealBroken, seal, unseal
from usward.vault.models import KeyWrap, UserKeys
from usward.vault.password import same

PASSWORD, RECOVERY = "password", "recovery"
RECOVERY_BITS = 160
_keys = Prepared(UserKeys.objects.filter(owner=Given("owner", UUIDField())))


def new_key() -> bytes:
    """Thirty-two random bytes."""
    return random_bytes(KEY_BYTES)


@dataclass(frozen=True, slots=True)
class Pair:
    """An X25519 key pair, for what is sealed to somebody who is not here now."""

    public: bytes
    private: bytes

    @classmethod
    def new(cls) -> "Pair":
        """A fresh pair."""
        private = PrivateKey.generate()
        return cls(bytes(private.public_key), bytes(private))

    def open(self, sealed: bytes) -> bytes:
        """Open what was sealed to the public half. Raises SealBroken."""
        try:
            return crypto_box_seal_open(sealed, self.public, self.private)
        except (CryptoError, ValueError, TypeError) as error:
            raise SealBroken("it was not sealed to this key") from error


def seal_to(public: bytes, plain: bytes) -> bytes:
    """Seal to a public key; only the holder of its private half can open it."""
    return crypto_box_seal(plain, public)


@dataclass(frozen=True)
class Unlocked:
    """A person whose user key is open, for as long as one request. Never stored, never shown."""

    owner: UUID
    user_key: bytes = field(repr=False)

    @cached_property
    def _row(self) -> UserKeys:
        row = _keys.first(owner=self.owner)
        if row is None:
            raise UserKeys.DoesNotExist
        return row

    def context(self, purpose: str) -> list[bytes]:
        """The place to which something of this person's is bound."""
        return [purpose.encode(), self.owner.bytes]

    def seal(self, purpose: str, plain: bytes) -> bytes:
        """Seal something small of this person's own (a second factor's secret, an invitation's code)."""
        return seal(subkey(self.user_key, purpose), plain, self.context(purpose))

    def unseal(self, purpose: str, envelope: bytes) -> bytes:
        """Open it again. Raises SealBroken."""
        return unseal(subkey(self.user_key, purpose), envelope, self.context(purpose))

    @cached_property
    def personal(self) -> bytes:
        """The personal key: opens what has the scope *own*."""
        return unseal(self.user_key, bytes(self._row.sealed_personal), self.context("personal"))

    @cached_property
    def pair(self) -> Pair:
        """The X25519 pair."""
        private = unseal(self.user_key, bytes(self._row.sealed_private), self.context("private"))
        return Pair(bytes(self._row.public), private)


def create_keys(owner: UUID) -> Unlocked:
    """Make a person's keys, all of them random. Nothing opens them later until a wrap is written."""
    unlocked, pair = Unlocked(owner, new_key()), Pair.new()
    UserKeys.objects.create(
        owner=owner,
        public=pair.public,
        sealed_private=seal(unlocked.user_key, pair.private, unlocked.context("private")),
        sealed_personal=seal(unlocked.user_key, new_key(), unlocked.context("personal")),
    )
    return unlocked


def public_key(owner: UUID) -> bytes:
    """The public half of a person's pair. Raises UserKeys.DoesNotExist."""
    return bytes(UserKeys.objects.values_list("public", flat=True).get(owner=owner))


def _commitment(kek: bytes) -> bytes:
    return subkey(kek, "commitment")


def wrap(unlocked: Unlocked, kind: str, kek: bytes) -> None:
    """Write (or replace) the wrap of a kind. The new one is opened once before it is trusted."""
    sealed = seal(kek, unlocked.user_key, unlocked.context(f"wrap/{kind}"))
    if unseal(kek, sealed, unlocked.context(f"wrap/{kind}")) != unlocked.user_key:
        raise SealBroken("the new wrap does not open")
    KeyWrap.objects.update_or_create(
        owner=unlocked.owner, kind=kind, defaults={"commitment": _commitment(kek), "sealed": sealed}
    )


def unwrap(owner: UUID, kind: str, kek: bytes) -> Unlocked:
    """Open the user key with the key of a wrap. Checks the commitment first. Raises SealBroken."""
    row = KeyWrap.objects.filter(owner=owner, kind=kind).first()
    if row is None or not same(bytes(row.commitment), _commitment(kek)):
        raise SealBroken("this is not the key")
    locked = Unlocked(owner, b"")
    return Unlocked(owner, unseal(kek, bytes(row.sealed), locked.context(f"wrap/{kind}")))


def has_wrap(owner: UUID, kind: str) -> bool:
    """Whether such a way in exists."""
    return KeyWrap.objects.filter(owner=owner, kind=kind).exists()


def drop_wrap(owner: UUID, kind: str) -> None:
    """Close one way in."""
    KeyWrap.objects.filter(owner=owner, kind=kind).delete()


def make_recovery_code(unlocked: Unlocked) -> str:
    """A new recovery code of 160 bits; the one before it stops working. It is shown once and stored nowhere."""
    code = make_code(RECOVERY_BITS)
    wrap(unlocked, RECOVERY, _recovery_kek(code))
    return code


def unlock_with_recovery_code(owner: UUID, typed: str) -> Unlocked:
    """Open the user key with a recovery code. Raises SealBroken."""
    return unwrap(owner, RECOVERY, _recovery_kek(typed))


def _recovery_kek(code: str) -> bytes:
    return subkey(tidy_code(code).encode(), "kek/recovery")


def destroy_keys(owner: UUID) -> None:
    """Destroy everything that could open this person's words."""
    KeyWrap.objects.filter(owner=owner).delete()
    UserKeys.objects.filter(owner=owner).delete()
