"""Django's password field, kept by the vault's one slow hash: `usward$m=…,t=…,p=…$salt$verifier`.

The hash takes a quarter of a second, and one runs at a time: never in a transaction, in which all other writers wait.
"""

import unicodedata
from base64 import b64decode, b64encode
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import BasePasswordHasher

from usward.vault.password import Cost, Derived, derive, new_salt, same

Hashed = tuple[str, Derived]  # what to store of a passphrase, and what came out of the hash (the key among it)


def _derive(passphrase: str, salt: bytes, cost: Cost) -> Derived:
    # Composed letters: keyboards differ in how they send an "é", and people do not see it.
    return derive(unicodedata.normalize("NFC", passphrase), salt, cost, settings.PEPPER)


def _parts(encoded: str) -> tuple[Cost, bytes, bytes]:
    _, cost, salt, verifier = encoded.split("$")
    return Cost.parse(cost), b64decode(salt), b64decode(verifier)


def _encoded(cost: Cost, salt: bytes, derived: Derived) -> str:
    return f"usward${cost}${b64encode(salt).decode()}${b64encode(derived.verifier).decode()}"


def encode(passphrase: str) -> Hashed:
    """Hash a new passphrase."""
    salt, cost = new_salt(), Cost()
    derived = _derive(passphrase, salt, cost)
    return _encoded(cost, salt, derived), derived


def encode_beside(passphrase: str, encoded: str) -> Hashed:
    """As `encode`, with the salt and cost of another passphrase of the same person: one hash then checks for both."""
    cost, salt, _ = _parts(encoded)
    derived = _derive(passphrase, salt, cost)
    return _encoded(cost, salt, derived), derived


def is_beside(one: Hashed, encoded: str) -> bool:
    """Whether this came from `encode_beside` that other: then it is known already whether it proves it."""
    return _parts(one[0])[:2] == _parts(encoded)[:2]


def hashed(passphrase: str, encoded: str) -> Derived:
    """The slow hash of a passphrase, with the salt and cost of what is stored. Raises ValueError."""
    cost, salt, _ = _parts(encoded)
    return _derive(passphrase, salt, cost)


def proves(derived: Derived, encoded: str) -> bool:
    """Whether what came out of the hash is what is stored."""
    return same(derived.verifier, _parts(encoded)[2])


def check(passphrase: str, encoded: str) -> Derived | None:
    """Check a passphrase against what is stored. Returns what came out, or None where it is another one."""
    try:
        derived = hashed(passphrase, encoded)
    except ValueError:
        return None
    return derived if proves(derived, encoded) else None


class VaultHasher(BasePasswordHasher):
    """For the places where Django or allauth ask for themselves."""

    algorithm = "usward"

    def encode(self, password: str, salt: str) -> str:
        return encode(password)[0]

    def verify(self, password: str, encoded: str) -> bool:
        return check(password, encoded) is not None

    def decode(self, encoded: str) -> dict[str, Any]:
        algorithm, cost, salt, verifier = encoded.split("$")
        return {"algorithm": algorithm, "cost": cost, "salt": salt, "hash": verifier}

    def must_update(self, encoded: str) -> bool:
        return False

    def harden_runtime(self, password: str, encoded: str) -> None:
        return None
