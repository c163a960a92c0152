"""Where the two stand with their phones: folded from what was said, and from the server's clock. Pure.

The time is counted from what was said, never from a page: a locked screen, a reload and an empty battery change nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from usward.entries.reader import Said
from usward.practices.phonesdown.entries import DOWN, JOINED, LINE, UP, Down, Kept

WAITS, RUNS, OVER, GONE = "waits", "runs", "over", "gone"
PATIENCE = timedelta(minutes=30)  # how long an invitation to put them down stands
TO_TELL = timedelta(days=2)  # for how long afterwards Today asks for a line


@dataclass(frozen=True)
class Standing:
    """One time: who began, since when both are down, when that ends or ended, and the lines that may be read."""

    down: Said[Down]
    start: datetime | None
    end: datetime | None
    early: bool
    mine: Said[Kept] | None
    theirs: Said[Kept] | None

    @property
    def id(self) -> str:
        """The hex by which it is known."""
        return self.down.root.hex

    def state(self, now: datetime) -> str:
        """In a word: one waits for the other; the phones are down; they are up again; or it never began."""
        if self.end is not None and self.start is not None:
            return RUNS if now < self.end else OVER
        return GONE if self.early or now > self.down.at + PATIENCE else WAITS


def standing(said: Iterable[Said[Any]]) -> Standing | None:
    """Fold an exchange: the first joining counts, and the first rising after it."""
    acts = sorted(said, key=lambda one: one.seq)
    down = next((one for one in acts if one.step == DOWN), None)
    if down is None:
        return None
    joined = next((one for one in acts if one.step == JOINED and one.author != down.author), None)
    up = next((one for one in acts if one.step == UP), None)
    start = down.at if down.value.together else joined.at if joined and joined.at <= down.at + PATIENCE else None
    if start is not None and up is not None and up.at < start:
        start = None  # taken back before the other came
    end = start + timedelta(minutes=down.value.minutes) if start else None
    early = up is not None and (end is None or up.at < end)
    lines = {one.mine: one for one in acts if one.step == LINE}
    return Standing(
        down=down,
        start=start,
        end=min(end, up.at) if end and up and early else end,
        early=early,
        mine=lines.get(True),
        theirs=lines.get(False),
    )
