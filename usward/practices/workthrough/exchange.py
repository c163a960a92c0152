"""Where a talk stands: the road, walked as far as what was said leads. Pure.

An act moves its own step and no other; what was passed stays passed, whatever is said later. A pause, and a stop, stand
beside the road.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from usward.entries.reader import Said
from usward.kit.road import END, key, of
from usward.practices.workthrough import entries as e
from usward.practices.workthrough.road import ROAD
from usward.practices.workthrough.ways import ME, THEM, Stand, apart, meet, side
from usward.talkback.entries import When

PAUSE = "pause"


@dataclass(frozen=True)
class Standing:
    """A talk between the two. `begun` is None where there is none (or it was taken back)."""

    begun: Said[e.Begun] | None
    at: str
    nth: int
    stands: dict[str, Stand] = field(default_factory=dict)  # by the names of the steps that were walked, this one last
    acts: dict[str, list[Said[Any]]] = field(default_factory=dict)
    pause: Stand | None = None
    stopped: bool = False
    passing: bool = False

    @property
    def key(self) -> str:
        """The name of the present step in its round."""
        return key(self.at, self.nth)

    @property
    def here(self) -> Stand:
        """How far the present step is; an empty stand at the end."""
        return self.stands.get(self.key, Stand())

    @property
    def open(self) -> bool:
        """Whether one may go on now."""
        return not (self.stopped or self.pause or self.at == END)

    def last(self, step: str) -> Stand:
        """How far a step got when it was walked last, be it this very moment; an empty stand where it was not reached."""
        return [Stand(), *(stand for name, stand in self.stands.items() if of(name) == step)][-1]

    @property
    def title(self) -> str:
        """What the two call it, or one of them would."""
        newest = self.last("name").newest
        return newest.value.text if newest else ""

    @property
    def ideas(self) -> list[Said[e.Idea]]:
        """Every idea, in the order in which they came."""
        found = [one for some in self.acts.values() for one in some if isinstance(one.value, e.Idea)]
        return sorted(found, key=lambda one: one.seq)

    @property
    def ideas_of_both(self) -> bool:
        """Whether each of the two has an idea there: what is weighed comes from both."""
        return {side(one) for one in self.ideas} == {ME, THEM}

    @property
    def weighed(self) -> bool:
        """Whether I have rated every idea that there is now. What I said is nobody's to see, me included."""
        mine = [one.value.ratings for one in self.acts.get(self.key, []) if isinstance(one.value, e.Rated)]
        return bool(mine) and mine[-1].keys() == {one.id.hex for one in self.ideas}

    @property
    def fair(self) -> list[Said[e.Idea]]:
        """The fair ones, in their order."""
        known = {one.id.hex: one for one in self.ideas}
        return [known[one] for one in self.last("rate").ideas if one in known]

    def every(self, step: str) -> dict[str, Stand]:
        """How far a step got in each of its rounds that are done, by its name there."""
        return {name: stand for name, stand in self.stands.items() if of(name) == step and stand.outcome}

    @property
    def settled(self) -> Stand | None:
        """The newest agreement, with whose yes it got."""
        return next((stand for stand in reversed(self.every("agreement").values()) if stand.outcome == e.AGREED), None)

    @property
    def agreement(self) -> Said[e.Agreement] | None:
        """The newest agreement that both have agreed to."""
        return self.settled.newest if self.settled else None

    @property
    def wordings(self) -> list[Said[e.Agreement]]:
        """Every wording of an agreement, of rounds that are done."""
        return [one for stand in self.every("agreement").values() for one in stand.proposals]

    @property
    def again(self) -> date | None:
        """The day on which they look at it again; None where there is nothing to look at."""
        kept = [s.newest for s in self.stands.values() if s.outcome == e.KEEP]
        found = [one for one in (self.agreement, *kept) if one is not None]
        return date.fromisoformat(max(found, key=lambda one: one.seq).value.again) if self.agreement else None

    def taught(self, name: str = "") -> Stand:
        """What it has taught each of them, at one look (the present one, if none is named)."""
        return apart(e.Taught)(self.acts.get(f"taught:{name or self.key}", []))


def standing(said: Sequence[Said[Any]]) -> Standing:
    """Walk the road as far as what was said leads."""
    acts: dict[str, list[Said[Any]]] = {}
    for one in sorted(said, key=lambda one: one.seq):
        acts.setdefault(one.step, []).append(one)
    at, nth, stands = ROAD.walk(acts)
    return Standing(
        begun=next((one for one in said if isinstance(one.value, e.Begun)), None),
        at=at,
        nth=nth,
        stands=stands,
        acts=acts,
        pause=paused(acts.get(PAUSE, [])),
        stopped=any(one.value.stopped for one in acts.get(e.Stopped.name, [])[-1:]),
        passing=any(one.value.on for one in acts.get(e.Passing.name, [])[-1:]),
    )


def paused(acts: Sequence[Said[Any]]) -> Stand | None:
    """The pause that lasts, if one does: begun with an hour to come back at, over when both are back."""
    lasting: list[Said[Any]] = []
    for one in acts:
        if lasting or isinstance(one.value, When):
            lasting.append(one)
            if meet(lasting).outcome:
                lasting = []
    return meet(lasting) if lasting else None
