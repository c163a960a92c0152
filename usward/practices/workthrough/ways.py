"""The five ways in which two people get a step done. Each is a pure fold of what was said in it, in its order.

All of them are told apart by sides: whose words something is, whoever's phone it came from.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from usward.entries.reader import Said
from usward.practices.workthrough.entries import Agreed, Hour, Idea, More, Order, Ready
from usward.talkback.entries import MARKS, VIEW
from usward.talkback.otherside import sides

ME, THEM = "me", "them"
BOTH, ORDER, MORE = "both", "order", "more"
TOGETHER = timedelta(hours=3)  # two who are ready to begin are ready at about the same time
Acts = Sequence[Said[Any]]


def side(one: Said[Any]) -> str:
    """Whose words something is: its author's, or on a phone that was passed on, the other's."""
    return ME if one.mine != one.value.passed else THEM


@dataclass(frozen=True)
class Settled:
    """One proposes, the other agrees or proposes something else. The newest is what stands."""

    proposals: tuple[Said[Any], ...] = ()
    outcome: str | None = None
    yes: Said[Agreed] | None = None

    @property
    def newest(self) -> Said[Any] | None:
        """What is proposed now, or was agreed to."""
        return self.proposals[-1] if self.proposals else None


def settle(kind: type[Any], *, or_more: bool = False) -> Callable[[Acts], Settled]:
    """The fold for proposals of one kind. An agreement counts if it is the other's, and to what was the newest when it
    came; the first settles. With `or_more` either may ask for more ideas instead."""

    def fold(acts: Acts) -> Settled:
        proposals: list[Said[Any]] = []
        for one in acts:
            if isinstance(one.value, kind):
                proposals.append(one)
            elif isinstance(one.value, More) and or_more:
                return Settled(tuple(proposals), MORE)
            elif isinstance(one.value, Agreed) and proposals and agrees(one, proposals[-1]):
                return Settled(tuple(proposals), proposals[-1].value.outcome, one)
        return Settled(tuple(proposals))

    return fold


def agrees(one: Said[Agreed], proposal: Said[Any]) -> bool:
    """Whether an agreement is to this, and by the other of the two."""
    return one.value.to == proposal.id.hex and side(one) != side(proposal)


@dataclass(frozen=True)
class Apart:
    """Both write apart; it is done when both have."""

    mine: Said[Any] | None = None
    theirs: Said[Any] | None = None

    @property
    def outcome(self) -> str | None:
        """Both, once there is something of either."""
        return BOTH if self.mine and self.theirs else None


def apart(kind: type[Any]) -> Callable[[Acts], Apart]:
    """The fold for things of one kind. What somebody wrote on their own phone stands before what they wrote on the other's."""

    def fold(acts: Acts) -> Apart:
        found: dict[str, Said[Any]] = {}
        for one in acts:
            if isinstance(one.value, kind):
                before = found.get(side(one))
                if before is None or before.value.passed or not one.value.passed:
                    found[side(one)] = one
        return Apart(found.get(ME), found.get(THEM))

    return fold


@dataclass(frozen=True)
class Closed:
    """Both say that they are ready to go on."""

    ready: frozenset[str] = frozenset()

    @property
    def outcome(self) -> str | None:
        """Both, once both are ready."""
        return BOTH if len(self.ready) > 1 else None


def close(acts: Acts) -> Closed:
    """Whoever has another idea is not ready yet; whoever reads back has until both are ready, or each line got its yes."""
    ready: set[str] = set()
    for nth, one in enumerate(acts, 1):
        if isinstance(one.value, Ready):
            ready.add(side(one))
        elif isinstance(one.value, Idea):
            ready.discard(side(one))
        elif one.step == MARKS and all(
            told.settled for told in sides([act for act in acts[:nth] if act.step in SAID_BACK])
        ):
            ready = {ME, THEM}
        if len(ready) > 1:
            break
    return Closed(frozenset(ready))


SAID_BACK = (VIEW, MARKS)


@dataclass(frozen=True)
class Ordered:
    """Both have rated: the order is there. Who rated first, or has not, is nowhere to be seen."""

    ideas: tuple[str, ...] | None = None

    @property
    def outcome(self) -> str | None:
        """The order, once there is one."""
        return None if self.ideas is None else ORDER


def ordered(acts: Acts) -> Ordered:
    """The first order stands."""
    return Ordered(next((one.value.ideas for one in acts if isinstance(one.value, Order)), None))


@dataclass(frozen=True)
class Meeting:
    """An hour that one proposes and the other agrees to; it is done when both say, at about the same time, that they are
    ready. That may be at the hour, before it, or without one."""

    hours: tuple[Said[Hour], ...] = ()
    agreed: bool = False
    ready: dict[str, Said[Ready]] = field(default_factory=dict)
    outcome: str | None = None

    @property
    def hour(self) -> Said[Hour] | None:
        """The hour that is proposed now, or was agreed to."""
        return self.hours[-1] if self.hours else None


def meet(acts: Acts) -> Meeting:
    """Another hour is agreed to anew, and whoever proposes it is not ready now."""
    hours: list[Said[Hour]] = []
    agreed, ready = False, dict[str, Said[Ready]]()
    for one in acts:
        if isinstance(one.value, Hour):
            hours.append(one)
            agreed = False
            ready.pop(side(one), None)
        elif isinstance(one.value, Agreed):
            agreed = agreed or bool(hours and agrees(one, hours[-1]))
        elif isinstance(one.value, Ready):
            ready[side(one)] = one
            if len(ready) > 1 and abs(ready[ME].at - ready[THEM].at) <= TOGETHER:
                return Meeting(tuple(hours), agreed, ready, BOTH)
    return Meeting(tuple(hours), agreed, ready)
