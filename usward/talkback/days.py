"""Days that the two celebrate, whichever practice they are named in: Plan's week shows them, beside the hours.

@days.finds
def _celebrated(inside, first, last):
    yield OfDay(day, "Our first night", path)
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from usward.entries.door import Insider


class OfDay(NamedTuple):
    """A whole day that both know of: which, what it is called, and where it leads (as from the root, without a slash before
    it)."""

    day: date
    called: str
    path: str


Finder = Callable[[Insider, date, date], Iterable[OfDay]]
_finders: list[Finder] = []


def finds(finder: Finder) -> Finder:
    """Register what finds the days of a practice, between two days or beyond them."""
    _finders.append(finder)
    return finder


def celebrated(inside: Insider, first: date, last: date) -> list[OfDay]:
    """The days from one to another, both belonging to it, in their order."""
    return sorted(one for finder in _finders for one in finder(inside, first, last) if first <= one.day <= last)
