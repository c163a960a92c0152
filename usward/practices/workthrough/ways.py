"""The five ways in which two people get a step done. Each is a pure fold of what was said in it, in its order.

All of them are told apart by sides: whose words something is, whoever's phone it came from.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from usward.entries.reader import Said
from usward.practices.workthrough.entries import Agreed, Idea, More, Order, Ready
from usward.talkback import hour
from usward.talkback.entries import MARKS, VIEW, When
from usward.talkback.otherside import sides

ME, THEM = "me", "them"
BOTH, ORDER, MORE = "both", "order", "more"
TOGETHER = timedelta(hours=3)  # two who are ready to begin are ready at about the same time
SAID_BACK = (VIEW, MARKS)
Acts = Sequence[Said[Any]]


def side(one: Said[Any]) -> str:
    """Whose words something is: its author's, or on a phone that was passed on, the other's."""
    return ME if one.mine != one.value.passed else THEM


@dataclass(frozen=True)
class Stand:
    """How far a step is: its outcome, once there is one, and whatever its way makes of what was said."""

    outcome: str | None = None
    proposals: tuple[Said[Any], ...] = ()
    yes: Said[Agreed] | None = None
    mine: Said[Any] | None = None
    theirs: Said[Any] | None = None
    hours: hour.Standing = field(default_factory=hour.Standing)
    ready: Mapping[str, Said[Any]] = field(default_factory=dict)
    ideas: tuple[str, ...] = ()

    @property
    def newest(self) -> Said[Any] | None:
        """What is proposed now, or was agreed to."""
        return self.proposals[-1] if self.proposals else None


Fold = Callable[[Acts], Stand]


def settle(kind: type[Any], *, or_more: bool = False) -> Fold:
    """One proposes a thing of a kind; the other agrees or proposes another. A yes counts if it is the other's, and to what was
    the newest when it came; the first settles. With `or_more` either may ask for more ideas instead."""

    def fold(acts: Acts) -> Stand:
        proposals: list[Said[Any]] = []
        for one in acts:
            if isinstance(one.value, kind):
                proposals.append(one)
            elif isinstance(one.value, More) and or_more:
                return Stand(MORE, tuple(proposals))
            elif agrees(one, proposals):
                return Stand(proposals[-1].value.outcome, tuple(proposals), one)
        return Stand(None, tuple(proposals))

    return fold


def agrees(one: Said[Any], proposals: Acts) -> bool:
    """Whether this is a yes to the newest proposal, by the other of the two."""
    if not (isinstance(one.value, Agreed) and proposals):
        return False
    return one.value.to == proposals[-1].id.hex and side(one) != side(proposals[-1])


def apart(kind: type[Any]) -> Fold:
    """Both write a thing of a kind apart. What somebody wrote on their own phone stands before what they wrote on the other's."""

    def fold(acts: Acts) -> Stand:
        found: dict[str, Said[Any]] = {}
        for one in acts:
            if isinstance(one.value, kind):
                before = found.get(side(one))
                if before is None or before.value.passed or not one.value.passed:
                    found[side(one)] = one
        return Stand(BOTH if len(found) > 1 else None, mine=found.get(ME), theirs=found.get(THEM))

    return fold


def close(acts: Acts) -> Stand:
    """Both say that they are ready to go on. Whoever has another idea is not ready yet; whoever reads back has until both are
    ready, or each line got its yes."""
    ready: dict[str, Said[Any]] = {}
    for nth, one in enumerate(acts, 1):
        if isinstance(one.value, Ready):
            ready[side(one)] = one
        elif isinstance(one.value, Idea):
            ready.pop(side(one), None)
        elif one.step == MARKS and all(told.settled for told in sides([a for a in acts[:nth] if a.step in SAID_BACK])):
            ready = {ME: one, THEM: one}
        if len(ready) > 1:
            return Stand(BOTH, ready=ready)
    return Stand(ready=ready)


def ordered(acts: Acts) -> Stand:
    """Both have rated: the first order stands. Who rated first, or has not, is nowhere to be seen."""
    order = next((one.value for one in acts if isinstance(one.value, Order)), None)
    return Stand(ORDER, ideas=order.ideas) if order else Stand()


def meet(acts: Acts) -> Stand:
    """One names an hour, the other says yes to it or names another; it is done when both say, at about the same time, that
    they are ready. That may be at the hour, before it, or without one; and whoever names another hour is not ready now."""
    proposals: list[Said[Any]] = []
    named: list[tuple[bool, Said[Any]]] = []
    ready: dict[str, Said[Any]] = {}
    for one in acts:
        if isinstance(one.value, When):
            proposals.append(one)
            named.append((side(one) == ME, one))
            ready.pop(side(one), None)
        elif agrees(one, proposals):
            named.append((side(one) == ME, proposals[-1]))
        elif isinstance(one.value, Ready):
            ready[side(one)] = one
            if len(ready) > 1 and abs(ready[ME].at - ready[THEM].at) <= TOGETHER:
                return Stand(BOTH, tuple(proposals), hours=hour.fold(named), ready=ready)
    return Stand(None, tuple(proposals), hours=hour.fold(named), ready=ready)
