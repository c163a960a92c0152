"""One slow hash, two outputs: what proves the passphrase, and what opens the user key.

Argon2id (RFC 9106) with 64 MiB, three passes, four lanes; then HKDF with the server's pepper. One at a time: many sign-ins
together cannot take the machine's memory, one has all lanes at work, and OpenSSL, whose threads are the process's,
never comes back where two hashes with several lanes each wait for them (cryptography 50, OpenSSL 4.0).
"""

import hmac
from dataclasses import dataclass
from threading import Lock

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from nacl.utils import random as random_bytes

from usward.vault.derive import subkey

_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Cost:
    """Argon2id's cost: memory in KiB, passes, lanes. Stored with each wrap, tuned upward only."""

    memory: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    def __str__(self) -> str:
        return f"m={self.memory},t={self.passes},p={self.lanes}"

    @classmethod
    def parse(cls, text: str) -> "Cost":
        """Read `m=…,t=…,p=…`. Raises ValueError for anything else."""
        fields = dict(part.split("=", 1) for part in text.split(","))
        if list(fields) != ["m", "t", "p"]:
            raise ValueError("not a cost")
        return cls(int(fields["m"]), int(fields["t"]), int(fields["p"]))


@dataclass(frozen=True, slots=True)
class Derived:
    """What a passphrase becomes: a verifier to store, and the key that wraps the user key."""

    verifier: bytes
    kek: bytes


def new_salt() -> bytes:
    """Sixteen random bytes."""
    return random_bytes(16)


def derive(passphrase: str, salt: bytes, cost: Cost, pepper: bytes) -> Derived:
    """Run the slow hash once. Takes some 100 ms and 64 MiB at the default cost."""
    with _one_at_a_time:
        slow = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory).derive(
            passphrase.encode()
        )
    return Derived(subkey(slow, "verifier", pepper), subkey(slow, "kek/password", pepper))


def same(left: bytes, right: bytes) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(left, right)
