"""Where a match and a hobby stand, folded from what was said; and the two functions that see both partners' answers. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from usward.content.schema import Idea
from usward.entries.joint import joint
from usward.entries.reader import Said
from usward.practices.ideas import choose
from usward.practices.ideas.choose import Answer, Closed, Round, week_of
from usward.practices.ideas.entries import (
    DECIDE,
    DONE,
    LET_GO,
    OPEN,
    SECOND,
    VERDICT,
    Answers,
    HobbyStep,
    Match,
    Over,
    Verdict,
    hobby_exchange,
    is_hobby,
)
from usward.practices.ideas.traits import Frame

KEPT, DROPPED = "kept", "dropped"


@dataclass(frozen=True)
class Standing:
    """One match: what became of it, if anything, and the path that it began."""

    match: Said[Match]
    over: Said[Over] | None = None
    step: Said[HobbyStep] | None = None
    mine: Said[Verdict] | None = None
    theirs: Said[Verdict] | None = None

    @property
    def id(self) -> str:
        """The hex by which it is known."""
        return self.match.root.hex

    @property
    def idea(self) -> str:
        return self.match.value.idea

    @property
    def how(self) -> str:
        """What became of it; OPEN where it waits to be done."""
        return self.over.value.how if self.over else OPEN

    @property
    def planned_by_me(self) -> bool:
        return self.match.mine == self.match.value.by_author

    @property
    def path(self) -> str:
        """Where the path into a hobby stands; "" where there is none: it begins with a first try that was liked."""
        if not is_hobby(self.idea) or self.how != DONE:
            return ""
        at = self.step.value.at if self.step else SECOND
        if at != DECIDE:
            return at
        if self.mine is None or self.theirs is None:
            return DECIDE
        return KEPT if self.mine.value.keep and self.theirs.value.keep else DROPPED


def standings(said: Iterable[Said[Any]]) -> list[Standing]:
    """The matches among what was said of ideas and on their paths, oldest first."""
    acts = sorted(said, key=lambda one: one.seq)
    overs: dict[str, Said[Over]] = {}
    steps: dict[str, Said[HobbyStep]] = {}
    verdicts: dict[tuple[str, str, bool], Said[Verdict]] = {}
    for one in acts:
        if isinstance(one.value, Over):
            overs[one.value.match] = one
        elif isinstance(one.value, HobbyStep):
            steps[one.exchange] = one
        elif isinstance(one.value, Verdict):
            verdicts[one.exchange, one.step, one.mine] = one
    found = []
    for one in acts:
        if isinstance(one.value, Match):
            where = hobby_exchange(one.root.hex)
            step = steps.get(where)
            sides = (
                (verdicts.get((where, verdict_step(step), mine)) for mine in (True, False)) if step else (None, None)
            )
            found.append(Standing(one, overs.get(one.root.hex), step, *sides))
    return found


def verdict_step(tried: Said[HobbyStep]) -> str:
    """Where the two verdicts on a second try stand: each try has its own."""
    return f"{VERDICT}:{tried.root.hex}"


def closed(overs: Iterable[Said[Over]]) -> list[Closed]:
    """What is over for now, as the choosing reads it: the newest word on each match, unless that opens it again."""
    newest = {one.value.match: one.value for one in sorted(overs, key=lambda one: one.seq)}
    return [Closed(over.idea, over.day, over.how != LET_GO) for over in newest.values() if over.how != OPEN]


def next_by_author(before: Said[Match] | None) -> bool:
    """Whether I plan the match that I am about to say: the two take turns. Of the first, whoever liked it first."""
    return before is not None and before.mine != before.value.by_author


def answered(stands: Sequence[Answer], new: Answer) -> tuple[Answer, ...]:
    """One more answer among what stands, in order of day.

    Of an idea at most two stay: the newest of earlier weeks, by which this week draws, and this week's.
    """
    week = week_of(new.day)
    before = [one for one in stands if one.idea == new.idea and one.day < week][-1:]
    return (*(one for one in stands if one.idea != new.idea), *before, new)


def _said(entries: list[Said[Answers]], author: UUID | None = None) -> tuple[Answer, ...]:
    """The answers of one side; of the other's only those of whoever is the other now."""
    found = [one for one in entries if author is None or one.author == author]
    return found[-1].value.said if found else ()


@joint
def drawn(
    mine: list[Said[Answers]],
    theirs: list[Said[Answers]],
    other: UUID | None,
    frame: Frame,
    day: date,
    rounds: Sequence[Round],
    over: Sequence[Closed],
    ideas: Sequence[Idea],
    key: bytes,
) -> tuple[str, ...]:
    """The ideas of a new round, by what both answered before this week."""
    found = choose.three(frame, day, _said(mine), _said(theirs, other), rounds, over, ideas, key)
    return tuple(idea.id for idea in found)


@joint
def met(
    mine: list[Said[Answers]], theirs: list[Said[Answers]], other: UUID | None, idea: str, over: Sequence[Closed]
) -> bool:
    """Whether both like an idea, by the newest answer of each."""
    return idea in choose.matches(_said(mine), _said(theirs, other), over)
