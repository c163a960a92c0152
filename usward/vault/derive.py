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


# Words that nobody wishes to read in a tender moment.
UNKIND = frozenset(
    """abuse afraid against anger angry attack avoid awful awkward bad betray blame bleak broken brutal bullet cancel cannon
    cash cheap clinic coil collapse conduct confirm corrupt crash cruel cry damage danger decline defense defy deny despair
    destroy detect dirt disagree disease dismiss disorder divorce doubt drip dumb empty end enemy enforce evil exclude
    execute exile fail false fatal fatigue fault fear fever fight fire fiscal flee fragile fraud frown gas ghost gun guilt
    hammer harsh hazard hurt ill illegal illness immune injury insane jealous kidnap kill knife lawsuit leave liar lonely
    lose master mean miss moral monster mosquito murder naive naked neglect never nuclear obey odor orphan pain panic penalty
    pig pistol poverty prison problem punch quit rebel reject resist retreat rifle risk robot rude sad satoshi scare scorpion
    shoot sick siege slam slave slim slush smoke snake spoil steel stumble suffer swear tank theory thunder toxic tragic trap
    trash trouble trick ugly unfair unhappy upset vicious victim violin virus vulnerable vacant wage war warfare waste weapon
    weird wolf worry wreck wrestle wrong worth""".split()
)


@cache
def word_list() -> tuple[str, ...]:
    """Some 1,900 short English words: the BIP-39 list of the `mnemonic` package, less the unkind ones."""
    return tuple(word for word in Mnemonic("english").wordlist if word not in UNKIND)


def words_for(*parts: bytes) -> tuple[str, ...]:
    """Four words, some 43 bits, that two people compare by voice to know that they mean the same keys."""
    digest = hashlib.sha256(b"usward/words" + b"".join(len(p).to_bytes(4, "big") + p for p in parts)).digest()
    number, words, chosen = int.from_bytes(digest, "big"), word_list(), []
    for _ in range(4):
        number, place = divmod(number, len(words))
        chosen.append(words[place])
    return tuple(chosen)
