"""Where a round stands, which questions may be asked, and how old a thing is. Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from usward.content.schema import Question
from usward.entries.joint import joint
from usward.entries.reader import Said
from usward.practices.innerworld.entries import Asked, Guess, Mark, Passed, Told

DEEPEST, AHEAD = 3, 12
A_YEAR, HALF = timedelta(days=365), timedelta(days=182)
FRESH = timedelta(minutes=10)
NUMBERS = ("no", "a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Round:
    """A round as one of the two sees it: whom it is about, answer and guess as far as they lie open, the mark."""

    asked: Said[Asked]
    about_me: bool
    answer: Said[Told] | None = None
    guess: Said[Guess] | None = None
    mark: Said[Mark] | None = None
    passed: bool = False

    @property
    def mine(self) -> Said[Any] | None:
        """My part of it."""
        return self.answer if self.about_me else self.guess

    @property
    def theirs(self) -> Said[Any] | None:
        """Their part, if I may read it."""
        return self.guess if self.about_me else self.answer

    @property
    def both(self) -> bool:
        """Whether answer and guess lie side by side."""
        return self.answer is not None and self.guess is not None

    @property
    def lit(self) -> str:
        """What the lamps show."""
        return "both" if self.both else "mine" if self.mine else "none"

    @property
    def one_phone(self) -> bool:
        """Whether both parts were written on one phone, and that is mine."""
        return self.both and bool(self.mine and self.mine.mine and self.theirs and self.theirs.mine)

    def fresh(self, now: datetime) -> bool:
        """Whether they have come to lie side by side a moment ago."""
        return self.both and now - max(one.at for one in (self.answer, self.guess) if one) < FRESH


def fold(said: Sequence[Said[Any]]) -> Round | None:
    """Fold an exchange; None where nothing was asked. Two who asked at once have asked once.

    Words are their owner's: the author's, or the other's where the phone was handed over. Somebody's own go before what
    they typed on the other's phone, whichever came first.
    """
    acts = sorted(said, key=lambda one: one.seq)
    asked = next((one for one in acts if isinstance(one.value, Asked)), None)
    if asked is None:
        return None
    about_me = asked.value.about_asker == asked.mine
    found: dict[type, Said[Any]] = {}
    for one in acts:
        kind = type(one.value)
        if kind not in (Told, Guess, Mark):
            continue
        by_me = one.mine != one.value.handed
        stands = found.get(kind)
        if by_me == (about_me == (kind is not Guess)) and (stands is None or stands.value.handed >= one.value.handed):
            found[kind] = one
    passed = any(isinstance(one.value, Passed) for one in acts)
    return Round(asked, about_me, found.get(Told), found.get(Guess), found.get(Mark), passed)


def suits(question: Question, limits: Sequence[Any]) -> bool:
    """Whether a question may be asked within some limits, those of the daily questions; here never a deep one."""
    apart = any(one.apart for one in limits)
    unsuited = {tag for one in limits for tag in one.unsuited} | {"apart" if apart else "living-together"}
    if question.depth > min([DEEPEST, *(one.ceiling for one in limits)]) or unsuited & set(question.not_for):
        return False
    return (question.topic != "distance" or apart) and not any(question.topic in one.closed for one in limits)


@joint
def suited(
    mine: list[Said[Any]], theirs: list[Said[Any]], also: Sequence[Any], questions: Sequence[Question]
) -> list[Question]:
    """The questions that lie within what both allow, and within `also`, what I have allowed since."""
    limits = [*(said.value for said in (*mine, *theirs)), *also]
    return [question for question in questions if suits(question, limits)]


def handful(questions: Sequence[Question], key: bytes, about: str) -> list[Question]:
    """The lighter half of some by lot, the lightest first."""
    lot = {one.id: hashlib.blake2b(f"{about}\0{one.id}".encode(), key=key[:32]).digest() for one in questions}
    return sorted(sorted(questions, key=lambda one: lot[one.id])[: 2 * AHEAD], key=lambda one: one.depth)[:AHEAD]


def aged(day: date, today: date) -> bool:
    """Whether a year has passed, and it may be asked again."""
    return today - day >= A_YEAR


def glow(day: date | None, today: date) -> str:
    """How brightly a window is lit by what was said on a day."""
    if day is None:
        return "dark"
    return "dim" if aged(day, today) else "low" if today - day >= HALF else "lit"


def age_words(day: date, today: date) -> str:
    """How long ago, as one says it."""
    days = (today - day).days
    if days < 2:
        return "yesterday" if days == 1 else "today"
    if days < 28:
        return "lately"
    if days < 330:
        return f"in {day:%B}"
    if days < A_YEAR.days:
        return "nearly a year ago"
    years = min(round(days / A_YEAR.days), len(NUMBERS) - 1)
    return f"{NUMBERS[years]} year{'s' if years > 1 else ''} ago"
