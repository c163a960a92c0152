"""Where an exchange stands for one of the two, and whether a step of theirs is due. Pure.

It depends on days and stamps alone, never on an answer: whoever reads the database may see when somebody came by, and
nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from usward.entries.joint import joint
from usward.entries.reader import Said
from usward.practices.wishes.entries import Record, Side
from usward.practices.wishes.sheet import LIMIT, MEETS_MAYBE, MEETS_YES
from usward.vault.meeting import POINT_BYTES, TAG_BYTES

CHANNELS = ((MEETS_YES, b"yes/"), (MEETS_MAYBE, b"maybe/"))
STAMP_BYTES = 16
NOBODY_YET = bytes(STAMP_BYTES)
_TO_FRIDAY = 2  # added to a day's ordinal, so that weeks begin on Fridays


def week_of(day: date) -> int:
    """The week to which a day belongs. Weeks begin on Fridays."""
    return (day.toordinal() + _TO_FRIDAY) // 7


@dataclass(frozen=True)
class Table:
    """What the two have laid out for each other: points, and tags among noise, of which nobody can read more."""

    mine: Said[Side] | None
    theirs: Said[Side] | None


@joint
def table(mine: list[Said[Side]], theirs: list[Said[Side]]) -> Table:
    """The newest side of each."""
    return Table(mine[-1] if mine else None, theirs[-1] if theirs else None)


@dataclass(frozen=True)
class Step:
    """What is to be kept after a visit, both in one transaction."""

    record: Record
    side: Side


@dataclass(frozen=True)
class Standing:
    """Where somebody stands as they come by. `opens` is whether they are the one who opens; `toward` whom they answer."""

    opens: bool
    week: int
    toward: str
    record: Record | None
    mine: Side | None
    theirs: Side | None

    @cached_property
    def now(self) -> Step | None:
        """My record and the side that belongs to it, if both are there and of this partner."""
        record, side = self.record, self.mine
        if record is None or side is None or record.sheet.toward != self.toward or not sound(side):
            return None
        return Step(record, side) if (record.stamp, record.wishes) == (side.stamp, side.wishes) else None

    @cached_property
    def across(self) -> Side | None:
        """The other's side, if it has the form that ours have."""
        return self.theirs if self.theirs and sound(self.theirs) else None

    @property
    def to_hear(self) -> Side | None:
        """The other's side, where it says something to mine that was not heard yet."""
        now, theirs = self.now, self.across
        if now is None or theirs is None or now.record.heard or theirs.said_to != now.record.stamp:
            return None
        about_the_same = theirs.wishes == now.record.wishes or not self.opens
        return theirs if about_the_same and len(theirs.tags) == len(now.record.hear) else None

    @property
    def to_lay_out(self) -> bool:
        """Whether new points are due: at the first visit of a week; or to answer what was not answered yet.

        What was heard is not answered again, and what was answered is answered anew in a new week as long as it was not.
        """
        now, theirs = self.now, self.across
        if self.opens:
            return now is None or now.record.week < self.week
        if theirs is None:
            return False
        waits = now is not None and now.record.said_to == theirs.stamp
        return now is None or not waits or (now.record.week < self.week and not now.record.heard)

    @property
    def due(self) -> bool:
        """Whether this visit brings anything."""
        return self.to_hear is not None or self.to_lay_out


def sound(side: Side) -> bool:
    """Whether a side has the form that ours have. What its points are is seen when they are used."""
    count = len(side.wishes)
    return (
        count <= LIMIT
        and len(set(side.wishes)) == count
        and len(side.stamp) == len(side.said_to) == STAMP_BYTES
        and side.stamp != NOBODY_YET
        and len(side.points) == count * len(CHANNELS) * POINT_BYTES
    )


def questions(wishes: Sequence[str]) -> list[bytes]:
    """Two questions a wish: do both say yes; would both have a maybe count."""
    return [channel + wish.encode() for wish in wishes for _, channel in CHANNELS]


def points_of(side: Side) -> list[bytes]:
    """A side's points, one a question."""
    return cut(side.points, POINT_BYTES)


def tags_of(tags: bytes) -> list[bytes]:
    """Tags, one a question."""
    return cut(tags, TAG_BYTES)


def cut(whole: bytes, length: int) -> list[bytes]:
    """Bytes in equal pieces."""
    return [whole[at : at + length] for at in range(0, len(whole), length)]
