"""Keys from other keys (HKDF-SHA256, RFC 5869), names that only a key's holder can compute, and words to compare."""

import hashlib
import hmac
from functools import cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from mnemonic import Mnemonic


def subkey(key: bytes, purpose: str, salt: bytes | None = None, length: int = 32) -> bytes:
    """A key of its own for one purpose."""
    return HKDF(SHA256(), length, salt, b"usward/" + purpose.encode()).derive(key)


def name(key: bytes, what: str, value: str, length: int) -> bytes:
    """A keyed hash of a name: equal names meet, and nobody without the key can tell which name it is."""
    return hmac.digest(key, f"{what}\0{value}".encode(), "sha256")[:length]


@cache
def word_list() -> tuple[str, ...]:
    """2,048 short English words (the BIP-39 list of the `mnemonic` package)."""
    return tuple(Mnemonic("english").wordlist)


def words_for(*parts: bytes) -> tuple[str, ...]:
    """Four words, 44 bits, that two people compare by voice to know that they mean the same keys."""
    digest = hashlib.sha256(b"usward/words" + b"".join(len(p).to_bytes(4, "big") + p for p in parts)).digest()
    number = int.from_bytes(digest[:8], "big")
    return tuple(word_list()[(number >> shift) & 2047] for shift in (0, 11, 22, 33))
