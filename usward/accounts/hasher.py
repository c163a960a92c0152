"""Django's password field, kept by the vault's one slow hash: `usward$m=…,t=…,p=…$salt$verifier`."""

from base64 import b64decode, b64encode
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import BasePasswordHasher

from usward.vault.password import Cost, Derived, derive, new_salt, same


def encode(passphrase: str) -> tuple[str, Derived]:
    """Hash a new passphrase. Returns what to store and what came out (the key among it)."""
    salt, cost = new_salt(), Cost()
    derived = derive(passphrase, salt, cost, settings.PEPPER)
    return f"usward${cost}${b64encode(salt).decode()}${b64encode(derived.verifier).decode()}", derived


def check(passphrase: str, encoded: str) -> Derived | None:
    """Check a passphrase against what is stored. Returns what came out, or None where it is another one."""
    try:
        _, cost, salt, verifier = encoded.split("$")
    except ValueError:
        return None
    derived = derive(passphrase, b64decode(salt), Cost.parse(cost), settings.PEPPER)
    return derived if same(derived.verifier, b64decode(verifier)) else None


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
