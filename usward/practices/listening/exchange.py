"""Where a listening talk stands: folded from what may be read of it. Pure.

A round is two turns, in each of which one speaks and the other listens. A turn is made of attempts: the speaker says it,
the listener says it back, and the speaker answers. *Yes* ends the turn, and nothing else does; *partly* asks the listener
to say it back once more; *let me say it again* gives the floor to the speaker. After each round both have been heard, and
either may begin another. The first act at a place is the one that counts, whatever comes after it or twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from usward.entries.reader import Said
from usward.practices.listening.entries import (
    AGAIN,
    BACK,
    JUDGE,
    JUDGED,
    MOVED,
    PAUSED,
    SAY,
    SPOKEN,
    TALK,
    YES,
    Judged,
    Paused,
    Spoken,
    Talk,
)

ROUND, AGREED, BACK_AGAIN, ENDED = "round", "agreed", "back", "ended"


@dataclass(frozen=True)
class Place:
    """Whose turn (counted from 0), at which attempt, and what comes next: SAY, BACK or JUDGE."""

    turn: int
    attempt: int
    phase: str

    @property
    def first_holds(self) -> bool:
        """Whether what comes next is for the one who spoke first in this talk; else it is for the other."""
        return first_does(self.turn, self.phase)

    def __str__(self) -> str:
        return f"{self.turn}.{self.attempt}.{self.phase}"


@dataclass(frozen=True)
class Attempt:
    """Said, said back, answered; each as far as it has come."""

    say: Said[Spoken] | None
    back: Said[Spoken] | None
    judged: Said[Judged] | None


@dataclass(frozen=True)
class Turn:
    """One of the two speaks; `done` once they have said yes."""

    by_first: bool
    attempts: tuple[Attempt, ...]
    done: bool


@dataclass(frozen=True)
class Pause:
    """A pause that lasts: which one, the newest proposal of a return, and whether the other has agreed to it."""

    number: int
    proposed: Said[Paused]
    agreed: bool

    @property
    def back(self) -> datetime:
        """The moment of the return."""
        return datetime.fromtimestamp(self.proposed.value.back, UTC)


@dataclass(frozen=True)
class Standing:
    """A talk between the two. `place` is None where both have been heard, and where there is no talk."""

    talk: Said[Talk] | None
    place: Place | None = None
    turns: tuple[Turn, ...] = ()
    rounds: int = 1
    pauses: int = 0
    pause: Pause | None = None
    ended: bool = False

    @property
    def heard(self) -> int:
        """How many turns have ended with a yes."""
        return sum(turn.done for turn in self.turns)

    @property
    def i_am_first(self) -> bool:
        """Whether the one who reads this speaks first."""
        return self.talk is not None and bool(self.talk.mine) != self.talk.value.other_begins

    @property
    def my_turn(self) -> bool:
        """Whether what comes next is for the one who reads this."""
        return self.place is not None and self.place.first_holds == self.i_am_first

    def mine_once(self, place: str) -> bool:
        """Whether it was for the one who reads this to do something at a place, which may have passed; or, on one phone,
        for either."""
        turn, phase = place.partition(".")[0], place.rpartition(".")[2]
        known = turn.isdecimal() and phase in (SAY, BACK, JUDGE)
        one_phone = self.talk is not None and self.talk.value.one_phone
        return known and (one_phone or first_does(int(turn), phase) == self.i_am_first)


def first_does(turn: int, phase: str) -> bool:
    """Whether a part of a turn is for the one who spoke first: they speak at even turns, and listen at odd ones."""
    return (turn % 2 == 0) == (phase != BACK)


def standing(said: Sequence[Said[Any]]) -> Standing:
    """Fold an exchange, in the order in which it arrived."""
    acts = sorted(said, key=lambda one: one.seq)
    talk = next((one for one in acts if one.step == TALK), None)
    if talk is None:
        return Standing(None)
    spoken, judged = _spoken(talk, acts), _judged(talk, acts)
    moved = [one for one in acts if one.step == MOVED]
    rounds = _counted(moved, ROUND, 1)
    pauses = _counted(moved, BACK_AGAIN, 0)
    turns, place = _walk(spoken, judged, 2 * rounds)
    ended = any(one.value.what == ENDED for one in moved)
    pause = None if ended else _pause(talk, acts, moved, pauses)
    return Standing(talk, place, turns, rounds, pauses, pause, ended)


def _by_first(talk: Said[Talk], one: Said[Any]) -> bool:
    """Whether somebody's words are those of the one who spoke first."""
    by_opener = (one.author == talk.author) != one.value.passed
    return bool(by_opener != talk.value.other_begins)


def _spoken(talk: Said[Talk], acts: Sequence[Said[Any]]) -> dict[tuple[int, int, str], Said[Spoken]]:
    """What was said and said back, by those whose part it was."""
    found: dict[tuple[int, int, str], Said[Spoken]] = {}
    for one in acts:
        if one.step == SPOKEN and _by_first(talk, one) == first_does(one.value.turn, one.value.part):
            found.setdefault((one.value.turn, one.value.attempt, one.value.part), one)
    return found


def _judged(talk: Said[Talk], acts: Sequence[Said[Any]]) -> dict[tuple[int, int], Said[Judged]]:
    """What the speakers answered. Of a listener's answer there is none."""
    found: dict[tuple[int, int], Said[Judged]] = {}
    for one in acts:
        if one.step == JUDGED and _by_first(talk, one) == first_does(one.value.turn, JUDGE):
            found.setdefault((one.value.turn, one.value.attempt), one)
    return found


def _counted(moved: Sequence[Said[Any]], what: str, start: int) -> int:
    """The first number, from `start` on, to which nobody has moved: both at once is once."""
    there = {one.value.number for one in moved if one.value.what == what}
    return next(number for number in range(start, start + len(there) + 1) if number not in there)


def _walk(
    spoken: Mapping[tuple[int, int, str], Said[Spoken]], judged: Mapping[tuple[int, int], Said[Judged]], until: int
) -> tuple[tuple[Turn, ...], Place | None]:
    """The turns as far as they have come, and the place; None after the last."""
    turns: list[Turn] = []
    for number in range(until):
        attempts: list[Attempt] = []
        answer = AGAIN  # a turn begins with saying it
        while answer != YES:
            at = (number, len(attempts))
            one = Attempt(spoken.get((*at, SAY)), spoken.get((*at, BACK)), judged.get(at))
            attempts.append(one)
            if one.judged is None:
                phase = SAY if answer == AGAIN and not one.say else JUDGE if one.back else BACK
                turns.append(Turn(number % 2 == 0, tuple(attempts), False))
                return tuple(turns), Place(*at, phase)
            answer = one.judged.value.answer
        turns.append(Turn(number % 2 == 0, tuple(attempts), True))
    return tuple(turns), None


def _pause(talk: Said[Talk], acts: Sequence[Said[Any]], moved: Sequence[Said[Any]], number: int) -> Pause | None:
    """The pause that lasts. On one phone both have named the return together."""
    proposals = [one for one in acts if one.step == PAUSED and one.value.number == number]
    if not proposals:
        return None
    newest = proposals[-1]
    by_the_other = (one for one in moved if one.value.what == AGREED and one.author != newest.author)
    agreed = talk.value.one_phone or any(one.value.about == newest.id.hex for one in by_the_other)
    return Pause(number, newest, agreed)
