"""What stands in an exchange, and what of that which waits has slept a night. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from usward.entries.reader import Said
from usward.practices.sayit.entries import SAY, WAIT, Carefully, Waiting


def spoken(said: Sequence[Said[Any]]) -> Said[Carefully] | None:
    """What was said, while it stands."""
    return next((one for one in said if one.step == SAY and isinstance(one.value, Carefully)), None)


def waiting(said: Sequence[Said[Any]]) -> Said[Waiting] | None:
    """What waits, while it does."""
    return next((one for one in said if one.step == WAIT and isinstance(one.value, Waiting)), None)


def rested(waits: Sequence[Said[Waiting]], today: date) -> list[Said[Waiting]]:
    """What was put aside on an earlier day, the oldest first."""
    return sorted((one for one in waits if one.day < today), key=lambda one: (one.day, one.seq))
