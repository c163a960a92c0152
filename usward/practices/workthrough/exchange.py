"""Where a talk stands: the road, walked as far as what was said leads. Pure.

    name → when → views → read → needs → ideas → rate → agreement → look ─ retire → end
                                           ▲              │    ▲     │ ▲
                                           └─ more ideas ─┘    └change┘ └─ keep, until another day

An act moves its own step and no other; what was passed stays passed, whatever is said later. Beside the road one may
pause (and come back, both), or stop (and take it up again).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from usward.entries.reader import Said
from usward.practices.workthrough.entries import (
    AGREED,
    CHANGE,
    KEEP,
    RETIRE,
    Agreement,
    Begun,
    Hour,
    Idea,
    Looked,
    Named,
    Need,
    Passing,
    Rated,
    Stopped,
    Taught,
    View,
)
from usward.practices.workthrough.road import END, Road, Stand, Step, To, Way, key, of, outcomes
from usward.practices.workthrough.ways import (
    BOTH,
    MORE,
    ORDER,
    SAID_BACK,
    Apart,
    Meeting,
    Settled,
    apart,
    close,
    meet,
    ordered,
    settle,
)

PAUSE = "pause"
NAMING, MEETING = Way(settle(Named), outcomes(AGREED)), Way(meet, outcomes(BOTH))
VIEWS, NEEDS = Way(apart(View), outcomes(BOTH)), Way(apart(Need), outcomes(BOTH))
READING, GATHERING = Way(close, outcomes(BOTH), SAID_BACK), Way(close, outcomes(BOTH))
RATING, AGREEING = Way(ordered, outcomes(ORDER)), Way(settle(Agreement, or_more=True), outcomes(AGREED, MORE))
LOOKING = Way(settle(Looked), outcomes(KEEP, CHANGE, RETIRE))
FURTHER = {KEEP: To("look", again=True), CHANGE: To("agreement", again=True), RETIRE: To(END)}

ROAD = Road(
    Step("name", "Name it together", NAMING, {AGREED: To("when")}),
    Step("when", "An hour for it", MEETING, {BOTH: To("views")}),
    Step("views", "Each your own view", VIEWS, {BOTH: To("read")}),
    Step("read", "Read, and say it back", READING, {BOTH: To("needs")}, needs=("views",)),
    Step("needs", "What each of you needs", NEEDS, {BOTH: To("ideas")}),
    Step("ideas", "Ideas from both", GATHERING, {BOTH: To("rate")}, needs=("needs",)),
    Step("rate", "Each weighs them alone", RATING, {ORDER: To("agreement")}, needs=("ideas",)),
    Step("agreement", "One agreement", AGREEING, {AGREED: To("look"), MORE: To("ideas", again=True)}, needs=("rate",)),
    Step("look", "Look again", LOOKING, FURTHER, needs=("agreement",)),
)


@dataclass(frozen=True)
class Standing:
    """A talk between the two. `begun` is None where there is none (or it was taken back)."""

    begun: Said[Begun] | None
    at: str
    nth: int
    stands: dict[str, Any] = field(default_factory=dict)  # by the names of the steps that were walked, this one last
    acts: dict[str, list[Said[Any]]] = field(default_factory=dict)
    pause: Meeting | None = None
    stopped: bool = False
    passing: bool = False

    @property
    def key(self) -> str:
        """The name of the present step in its round."""
        return key(self.at, self.nth)

    @property
    def here(self) -> Any:
        """How far the present step is; None at the end."""
        return self.stands.get(self.key)

    @property
    def open(self) -> bool:
        """Whether one may go on now."""
        return not (self.stopped or self.pause or self.at == END)

    def last(self, step: str) -> Any:
        """How far a step got when it was walked last, be it this very moment; None where it was not reached."""
        found = [stand for name, stand in self.stands.items() if of(name) == step]
        return found[-1] if found else None

    def passed(self, step: str) -> bool:
        """Whether a step has been left behind, in whichever round."""
        return bool(self.every(step))

    @property
    def title(self) -> str:
        """What the two call it, or one of them would."""
        newest = self.last("name").newest if self.last("name") else None
        return newest.value.text if newest else ""

    @property
    def ideas(self) -> list[Said[Idea]]:
        """Every idea, in the order in which they came."""
        found = [one for some in self.acts.values() for one in some if isinstance(one.value, Idea)]
        return sorted(found, key=lambda one: one.seq)

    @property
    def weighed(self) -> bool:
        """Whether I have rated every idea that there is now. What I said is nobody's to see, me included."""
        mine = [one.value.ratings for one in self.acts.get(self.key, []) if isinstance(one.value, Rated)]
        return bool(mine) and mine[-1].keys() == {one.id.hex for one in self.ideas}

    @property
    def fair(self) -> list[Said[Idea]]:
        """The fair ones, in their order."""
        known = {one.id.hex: one for one in self.ideas}
        order = self.last("rate")
        return [known[one] for one in (order.ideas or () if order else ()) if one in known]

    def every(self, step: str) -> dict[str, Any]:
        """How far a step got in each of its rounds that are done, by its name there."""
        return {name: stand for name, stand in self.stands.items() if of(name) == step and stand.outcome}

    @property
    def settled(self) -> Settled | None:
        """The newest agreement, with whose yes it got."""
        return next((stand for stand in reversed(self.every("agreement").values()) if stand.outcome == AGREED), None)

    @property
    def agreement(self) -> Said[Agreement] | None:
        """The newest agreement that both have agreed to."""
        return self.settled.newest if self.settled else None

    @property
    def wordings(self) -> list[Said[Agreement]]:
        """Every wording of an agreement, of rounds that are done."""
        return [one for stand in self.every("agreement").values() for one in stand.proposals]

    @property
    def looks(self) -> dict[str, Settled]:
        """The looks again that are done, by their names."""
        return self.every("look")

    @property
    def again(self) -> date | None:
        """The day on which they look at it again; None where there is nothing to look at."""
        kept = [s.newest for s in self.stands.values() if s.outcome == KEEP]
        found = [one for one in (self.agreement, *kept) if one is not None]
        return date.fromisoformat(max(found, key=lambda one: one.seq).value.again) if self.agreement else None

    def taught(self, name: str = "") -> Apart:
        """What it has taught each of them, at one look (the present one, if none is named)."""
        return apart(Taught)(self.acts.get(f"taught:{name or self.key}", []))


def standing(said: Sequence[Said[Any]]) -> Standing:
    """Walk the road as far as what was said leads."""
    acts: dict[str, list[Said[Any]]] = {}
    for one in sorted(said, key=lambda one: one.seq):
        acts.setdefault(one.step, []).append(one)
    at, nth, stands = ROAD.first, 1, dict[str, Stand]()
    while at != END:
        name, step = key(at, nth), ROAD.steps[at]
        heard = [one for step_name in (name, *step.way.also) for one in acts.get(step_name, [])]
        stand = stands[name] = step.way.fold(sorted(heard, key=lambda one: one.seq))
        to = step.then.get(stand.outcome or "")
        if to is None:
            break
        at, nth = to.step, nth + to.again
    return Standing(
        begun=next((one for one in said if isinstance(one.value, Begun)), None),
        at=at,
        nth=nth,
        stands=stands,
        acts=acts,
        pause=paused(acts.get(PAUSE, [])),
        stopped=_newest(acts, Stopped, "stopped"),
        passing=_newest(acts, Passing, "on"),
    )


def paused(acts: Sequence[Said[Any]]) -> Meeting | None:
    """The pause that lasts, if one does: begun with an hour to come back at, over when both are back."""
    rest = list(acts)
    while True:
        begin = next((nth for nth, one in enumerate(rest) if isinstance(one.value, Hour)), None)
        if begin is None:
            return None
        rest = rest[begin:]
        over = next((nth for nth in range(1, len(rest) + 1) if meet(rest[:nth]).outcome), None)
        if over is None:
            return meet(rest)
        rest = rest[over:]


def _newest(acts: dict[str, list[Said[Any]]], kind: type[Stopped] | type[Passing], name: str) -> bool:
    found = [one for one in acts.get(kind.name, []) if isinstance(one.value, kind)]
    return bool(found) and bool(getattr(found[-1].value, name))
