"""edwards25519 in plain numbers, after RFC 8032: slow, short, and not a line of it shared with libsodium.

The vectors in vectors.json are made with it: `python -m tests.wishes.reference` writes them, once and for ever.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

VECTORS = Path(__file__).with_name("vectors.json")
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1)
Point = tuple[int, int]


def add(one: Point, other: Point) -> Point:
    """The sum of two points of the curve."""
    (x, y), (u, v) = one, other
    t = D * x * u * y * v % P
    return (x * v + u * y) * pow(1 + t, -1, P) % P, (y * v + x * u) * pow(1 - t, -1, P) % P


def times(scalar: int, point: Point) -> Point:
    """scalar · point."""
    found = NEUTRAL
    for bit in bin(scalar)[2:]:
        found = add(found, found)
        if bit == "1":
            found = add(found, point)
    return found


def write(point: Point) -> bytes:
    """A point as 32 bytes."""
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


def read(raw: bytes) -> Point:
    """32 bytes as a point. Raises ValueError where no point is written so."""
    number = int.from_bytes(raw, "little")
    y, odd = number & (1 << 255) - 1, number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * ROOT_OF_MINUS_ONE % P
    if y >= P or x * x % P != square or (x == 0 and odd):
        raise ValueError("no point is written so")
    return (x if x & 1 == odd else P - x), y


G = read(bytes.fromhex("58" + "66" * 31))
NOBODY = read(bytes.fromhex("ee492c20f11e79f6ef42f114b4e219b70de4658854d222af0424e6f47250bd2a"))


def of_order_eight() -> Point:
    """A point outside the group of prime order: eight times it is the neutral element."""
    for y in range(2, 99):
        try:
            candidate = times(ORDER, read(y.to_bytes(32, "little")))
        except ValueError:
            continue
        if times(4, candidate) != NEUTRAL:
            return candidate
    raise AssertionError("there are such points")


def _hash(what: str, key: bytes, said: bytes, length: int) -> bytes:
    return hashlib.blake2b(said, key=key, digest_size=length, person=f"usward.{what}".encode()).digest()


def scalar(seed: bytes, question: bytes) -> int:
    """The number behind the point of a question."""
    return int.from_bytes(_hash("scalar", seed, question, 64), "little") % ORDER


def point(seed: bytes, question: bytes, want: bool) -> bytes:
    """The point of a question."""
    return write(times(scalar(seed, question), G if want else NOBODY))


def pass_between(seed: bytes, question: bytes, want: bool, theirs: bytes) -> dict[str, str]:
    """What may pass about a question: the tag to say, the one to hear, and silence."""
    noise = _hash("noise", seed, theirs + question, 48)
    say, hear, silence = noise[:16], noise[16:32], noise[32:]
    if want:
        mine, secret = point(seed, question, want), write(times(scalar(seed, question), read(theirs)))
        say = _hash("meeting", secret, mine + theirs + question, 16)
        hear = _hash("meeting", secret, theirs + mine + question, 16)
    return {"say": say.hex(), "hear": hear.hex(), "silence": silence.hex()}


def vectors() -> list[dict[str, Any]]:
    """For each of the four pairs of answers, and three questions: everything that two people make of fixed seeds."""
    found: list[dict[str, Any]] = []
    for n, question in enumerate(("yes/time-slow-breakfast", "maybe/time-slow-breakfast", "yes/own-ærlig")):
        for one, other in ((False, False), (False, True), (True, False), (True, True)):
            seeds = [hashlib.sha256(f"vector {n} {one} {other} {who}".encode()).digest() for who in (0, 1)]
            q, wants = question.encode(), (one, other)
            laid = [point(seed, q, want) for seed, want in zip(seeds, wants, strict=True)]
            passed = [pass_between(seeds[who], q, wants[who], laid[1 - who]) for who in (0, 1)]
            sides = [
                {"seed": seeds[who].hex(), "wants": wants[who], "point": laid[who].hex(), **passed[who]}
                for who in (0, 1)
            ]
            found.append({"question": question, "sides": sides})
    return found


if __name__ == "__main__":
    VECTORS.write_text(json.dumps(vectors(), indent=1, ensure_ascii=False) + "\n")
