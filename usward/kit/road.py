"""Roads: steps that people take one after the other, and where what comes of each leads. Pure data, checked when it is made.

A road that nobody could walk is an error at import: a step that is never reached or never left behind, an outcome that
leads nowhere, a way back that goes round without end, a step that is over before anybody has said anything, or one that
may be reached without what it builds on.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any, Protocol

END = "end"


class ImpossibleRoad(ValueError):
    """These steps make no road."""


class Stand(Protocol):
    """How far a step is: its outcome, once there is one."""

    @property
    def outcome(self) -> str | None: ...


@dataclass(frozen=True)
class Way:
    """How a step is done: a pure fold of what was said in it, and the outcomes that this may have. `also` are names of
    further steps of the exchange whose acts it folds, whatever the round."""

    fold: Callable[[Sequence[Any]], Stand]
    outcomes: Collection[str]
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class To:
    """Where an outcome leads; `again` where this is a way back, which begins another round."""

    step: str
    again: bool = False


@dataclass(frozen=True)
class Step:
    """One step. `needs` are steps that lie on every way to it."""

    name: str
    title: str
    way: Way
    then: Mapping[str, To]
    needs: tuple[str, ...] = ()


class Road:
    """Steps in their order; the first is where everybody begins. Raises ImpossibleRoad."""

    def __init__(self, *steps: Step) -> None:
        self.steps = {step.name: step for step in steps}
        if len(self.steps) < len(steps) or not steps:
            raise ImpossibleRoad("steps have names of their own, and there is one at least")
        self.first = steps[0].name
        for step in steps:
            self._check(step)
        if END not in self._reached():
            raise ImpossibleRoad("there is no end")
        onward = {step.name: [to.step for to in step.then.values() if not to.again] for step in steps}
        try:
            TopologicalSorter(onward).prepare()
        except CycleError as error:
            raise ImpossibleRoad(f"{error.args[1][0]} comes back to itself in the same round") from error

    def _check(self, step: Step) -> None:
        if set(step.then) != set(step.way.outcomes):
            raise ImpossibleRoad(
                f"{step.name} has the outcomes {sorted(step.way.outcomes)} and leads on from {sorted(step.then)}"
            )
        for to in step.then.values():
            if to.step != END and to.step not in self.steps:
                raise ImpossibleRoad(f"{step.name} leads to {to.step}, which is no step")
        if step.way.fold(()).outcome is not None:
            raise ImpossibleRoad(f"{step.name} is over before anybody has said anything")
        if step.name not in self._reached():
            raise ImpossibleRoad(f"nothing leads to {step.name}")
        if END not in self._reached(start=step.name):
            raise ImpossibleRoad(f"no way out of {step.name}")
        for need in step.needs:
            if need not in self.steps or step.name in self._reached(without=need):
                raise ImpossibleRoad(f"{step.name} may be reached without {need}")

    def _reached(self, start: str = "", without: str = "") -> set[str]:
        """The steps to which a way leads, END among them; `without` is a step that no way may lead through."""
        found: set[str] = set()
        waiting = [start or self.first]
        while waiting:
            here = waiting.pop()
            if here in found or here == without:
                continue
            found.add(here)
            waiting += [to.step for to in self.steps[here].then.values()] if here in self.steps else []
        return found

    def walk(self, acts: Mapping[str, Sequence[Any]]) -> tuple[str, int, dict[str, Any]]:
        """As far as what was said leads: the step that is reached (or END), its round, and by the names of the steps on the
        way how far each got. `acts` are what was said, by the name of the step in its round, with the order of arrival in
        their `seq`."""
        at, nth, stands = self.first, 1, dict[str, Any]()
        while at != END:
            name, step = key(at, nth), self.steps[at]
            heard = [one for some in (name, *step.way.also) for one in acts.get(some, [])]
            stand = stands[name] = step.way.fold(sorted(heard, key=lambda one: one.seq))
            to = step.then.get(stand.outcome or "")
            if to is None:
                break
            at, nth = to.step, nth + to.again
        return at, nth, stands


def key(step: str, nth: int) -> str:
    """The name of a step in a round: what is said in it stands under this name in the exchange."""
    return step if nth == 1 else f"{step}:{nth}"


def of(name: str) -> str:
    """The step to which such a name belongs."""
    return name.partition(":")[0]
