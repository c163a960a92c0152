"""Codes that people carry: the recovery code and the invitation's code, in an alphabet without look-alikes."""

import re

from nacl.utils import random as random_bytes

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def make_code(bits: int) -> str:
    """A random code with at least `bits` bits, in whole groups of four characters."""
    length = 4 * -(-bits * 1000 // (4 * 4954))  # log2(31) = 4.954
    symbols = [ALPHABET[byte % 31] for byte in _unbiased(length)]
    return "-".join("".join(symbols[i : i + 4]) for i in range(0, length, 4))


def _unbiased(length: int) -> list[int]:
    taken: list[int] = []
    while len(taken) < length:
        taken += [byte for byte in random_bytes(length) if byte < 31 * 8]
    return taken[:length]


def tidy_code(typed: str) -> str:
    """What somebody typed, as the code that they read: capitals, no spaces or hyphens. Never raises."""
    return re.sub(r"[^0-9A-Z]", "", typed.upper()[:200])
