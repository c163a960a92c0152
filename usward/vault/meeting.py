"""Two yeses that meet: of each question, two people learn whether both want it, and neither learns more.

It is done with points of the prime-order group of edwards25519 (libsodium), one for each question and person:

    a yes   s · G         G is the usual base point. Its owner, who knows s, can answer for it
    else    s · NOBODY    a point of which nobody knows how many times G it is. There is nothing to answer with

Both are uniform among the points of the group: from the point alone nobody can tell one from the other, with any
computer. Two people who see each other's points agree on a secret, as Diffie and Hellman have it, where both know their
s for G; nobody knows it where either does not. A tag is a hash of that secret: who has said yes can make it, and knows
the other's when they see it. For everything else a tag is sixteen bytes of noise.

What is to be said, to whom and in which order is not decided here: see practices/wishes/exchange.py and docs/wishes.md.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from nacl.bindings import (
    crypto_core_ed25519_from_uniform,
    crypto_core_ed25519_scalar_reduce,
    crypto_scalarmult_ed25519_noclamp,
)

POINT_BYTES, TAG_BYTES = 32, 16
G = bytes.fromhex("58" + "66" * 31)
NOBODY = crypto_core_ed25519_from_uniform(hashlib.sha256(b"usward: nobody knows how many times G this is").digest())


class Unfit(ValueError):
    """No point of the group (of small order, of another subgroup, not on the curve, not in its one way of being written),
    or none of theirs."""


@dataclass(frozen=True, slots=True)
class Tags:
    """What may pass about one question: `say` is mine to tell, `hear` is what the other tells if they want it too.

    Where I do not want it, `say` is noise and nothing equals `hear`.
    """

    say: bytes
    hear: bytes


def points(seed: bytes, questions: Sequence[bytes], wants: Sequence[bool]) -> list[bytes]:
    """One point a question. `seed` is 32 random bytes that serve for one exchange; their owner keeps them."""
    return [_times(_scalar(seed, q), G if want else NOBODY) for q, want in zip(questions, wants, strict=True)]


def tags(
    seed: bytes,
    questions: Sequence[bytes],
    wants: Sequence[bool],
    mine: Sequence[bytes],
    theirs: Sequence[bytes],
) -> list[Tags]:
    """What may pass about each question, from my points and theirs.

    The work is the same whatever is wanted. Raises Unfit if any of their points is not one.
    """
    return [_tags(seed, *one) for one in zip(questions, wants, mine, theirs, strict=True)]


def silence(seed: bytes, question: bytes, theirs: bytes) -> bytes:
    """What is said about a question instead of a tag. Nobody but the owner of the seed can tell it from one."""
    return _noise(seed, question, theirs)[2 * TAG_BYTES :]


def _tags(seed: bytes, question: bytes, want: bool, mine: bytes, theirs: bytes) -> Tags:
    if theirs == mine:  # handed back to me: my own tag would be the answer to it
        raise Unfit("not a point of theirs")
    # Never a tag of this secret where nothing is wanted: if neither wants it, s · theirs is a secret of theirs as well.
    secret = _times(_scalar(seed, question), theirs)
    meeting = Tags(_tag(secret, mine, theirs, question), _tag(secret, theirs, mine, question))
    noise = _noise(seed, question, theirs)
    return meeting if want else Tags(noise[:TAG_BYTES], noise[TAG_BYTES : 2 * TAG_BYTES])


def _noise(seed: bytes, question: bytes, theirs: bytes) -> bytes:
    said = theirs + question
    return hashlib.blake2b(said, key=seed, digest_size=3 * TAG_BYTES, person=b"usward.noise").digest()


def _tag(secret: bytes, sayer: bytes, hearer: bytes, question: bytes) -> bytes:
    """Bound to both points in their order, so that nobody's tag can be handed back to them as an answer."""
    said = sayer + hearer + question
    return hashlib.blake2b(said, key=secret, digest_size=TAG_BYTES, person=b"usward.meeting").digest()


def _scalar(seed: bytes, question: bytes) -> bytes:
    """A uniform number below the order of the group, of its own for each question."""
    wide = hashlib.blake2b(question, key=seed, digest_size=64, person=b"usward.scalar").digest()
    return crypto_core_ed25519_scalar_reduce(wide)


def _times(scalar: bytes, point: bytes) -> bytes:
    """scalar · point. libsodium refuses whatever is not in the prime-order group, and its neutral element."""
    try:
        return crypto_scalarmult_ed25519_noclamp(scalar, point)
    except (RuntimeError, TypeError) as error:
        raise Unfit("not a point of the group") from error
