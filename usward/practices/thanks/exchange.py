"""Which kind words to offer on a hard day. Pure."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

T = TypeVar("T", bound=Any)


def kind_words_for(day: date, found: Sequence[T]) -> T | None:
    """One of the things that the other wrote, the same all day long; none where there is none."""
    if not found:
        return None
    turn = int.from_bytes(hashlib.blake2b(day.isoformat().encode(), digest_size=4).digest(), "big")
    return found[turn % len(found)]
