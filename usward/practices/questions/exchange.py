"""Where a question stands: folded from what may be read of its exchange. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from usward.entries.joint import joint
from usward.entries.reader import Said
from usward.practices.questions.deck import Frame
from usward.practices.questions.entries import ANSWER, Limits
from usward.talkback.entries import KEPT

FRESH = timedelta(minutes=10)


@dataclass(frozen=True)
class Standing:
    """A question between the two: my answer, theirs if I may read it, whether they have talked about it (and kept a line of
    that), and what the lamps show.

    `before` is what I once said to another, who is gone: it is for myself alone, and stands in the way of no answer of now.
    """

    mine: Said[Any] | None
    theirs: Said[Any] | None
    talked: bool = False
    before: Said[Any] | None = None

    @property
    def settled(self) -> bool:
        """Whether it waits for nothing from me: I have answered it, or we have talked about it."""
        return self.mine is not None or self.talked

    @property
    def lit(self) -> str:
        """`both` once both answers lie open, `mine` when mine waits, else `none`."""
        if self.mine and self.theirs:
            return "both"
        return "mine" if self.mine else "none"

    def fresh(self, now: datetime) -> bool:
        """Whether both answers have come to lie side by side a moment ago."""
        both = [said.at for said in (self.mine, self.theirs) if said]
        return len(both) > 1 and now - max(both) < FRESH


def standing(said: Sequence[Said[Any]]) -> Standing:
    """Fold an exchange."""
    mine = theirs = before = None
    for one in said:
        if one.step == ANSWER:
            if one.mine and one.never:
                before = one
            elif one.mine:
                mine = one
            else:
                theirs = one
    return Standing(mine, theirs, any(one.step == KEPT for one in said), before)


@joint
def frame(mine: list[Said[Limits]], theirs: list[Said[Limits]]) -> Frame:
    """What both allow: the lower ceiling, everything that either closed, apart if either says so."""
    limits = [said.value for said in (*mine, *theirs)]
    return Frame(
        ceiling=min((one.ceiling for one in limits), default=5),
        closed=frozenset(topic for one in limits for topic in one.closed),
        unsuited=frozenset(tag for one in limits for tag in one.unsuited),
        apart=any(one.apart for one in limits),
    )
