"""Where an evening stands: folded from what may be read of it. Pure.

The way goes through twelve questions, with a landing after each level: 0 to 3, a landing at 4, questions at 5 to 8, a
landing at 9, questions at 10 to 13, and 14, the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from usward.content.schema import LEVELS, ON_A_LEVEL
from usward.entries.reader import Said
from usward.practices.evening.entries import BEGUN, ENDED, MOVED, Evening, told_step

LAST = (ON_A_LEVEL + 1) * LEVELS - 1  # the place after the last question


@dataclass(frozen=True)
class Standing:
    """An evening between the two. `place` is None where nothing was begun (or it was taken back)."""

    evening: Said[Evening] | None
    place: int
    ended: bool
    mine: Said[Any] | None
    theirs: Said[Any] | None

    @property
    def landing(self) -> bool:
        """Between two levels: a place to breathe."""
        return not self.ended and self.place % (ON_A_LEVEL + 1) == ON_A_LEVEL

    @property
    def level(self) -> int:
        """1 to 3: that of the question, or the one that a landing has behind it."""
        return min(self.place // (ON_A_LEVEL + 1), LEVELS - 1) + 1

    @property
    def question(self) -> int | None:
        """Which of the twelve questions (from 0) is asked, if one is."""
        return None if self.ended or self.landing else question_at(self.place)

    def begins(self, me: UUID) -> bool:
        """Whether it is this person who begins with the question: they take turns, whoever opened the evening first."""
        asked = self.question or 0
        opener = self.evening.author if self.evening else me
        return (asked % 2 == 0) == (opener == me)


def question_at(place: int) -> int:
    """The question (from 0) that stands at a place which is no landing."""
    return place - place // (ON_A_LEVEL + 1)


def standing(said: Sequence[Said[Any]]) -> Standing:
    """Fold an exchange. Both going on at once is going on once; nothing goes back; the end stays the end."""
    evening = next((one for one in said if one.step == BEGUN), None)
    place = min(max((one.value.to for one in said if one.step == MOVED and one.value.to > 0), default=0), LAST)
    ended = place >= LAST or any(one.step == ENDED for one in said)
    mine = theirs = None
    if not ended and place % (ON_A_LEVEL + 1) != ON_A_LEVEL:
        step = told_step(question_at(place))
        for one in said:
            if one.step == step:
                mine, theirs = (one, theirs) if one.mine else (mine, one)
    return Standing(evening, place, ended, mine, theirs)
