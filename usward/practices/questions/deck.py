"""The rolling deck: which question a day brings. Pure.

Each band of depth is shuffled by a key of the two, and dealt in that order until it is used up; then it is shuffled
anew. Days go light, middle, light, deep; there is at most one deep question in a week. What either has closed is passed over.

Where a band stands is not how many cards were dealt but the place of the last one, a number that its id and the key
give it. So a library that has grown or shrunk since neither repeats a card nor moves one.
"""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import itemgetter

from usward.content.schema import Question
from usward.practices.questions.entries import Place

LIGHT, MIDDLE, DEEP = "light", "middle", "deep"
PATTERN = (LIGHT, MIDDLE, LIGHT, DEEP)
BANDS = {1: LIGHT, 2: LIGHT, 3: MIDDLE, 4: DEEP, 5: DEEP}
LIGHTER = {DEEP: (DEEP, MIDDLE, LIGHT), MIDDLE: (MIDDLE, LIGHT, DEEP), LIGHT: (LIGHT, MIDDLE, DEEP)}
DEEP_PAUSE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Frame:
    """What both allow: the ceiling of depth, closed topics, tags that do not suit, and whether they live apart."""

    ceiling: int = 5
    closed: frozenset[str] = field(default_factory=frozenset)
    unsuited: frozenset[str] = field(default_factory=frozenset)
    apart: bool = False

    def allows(self, question: Question) -> bool:
        """Whether this question may be asked."""
        if question.depth > self.ceiling or question.topic in self.closed:
            return False
        if question.topic == "distance" and not self.apart:
            return False
        unsuited = self.unsuited | {"apart" if self.apart else "living-together"}
        return not unsuited & set(question.not_for)


def _number(question: Question, key: bytes, band: str, round_number: int) -> int:
    said = f"{band}\0{round_number}\0{question.id}".encode()
    return round_number << 48 | int.from_bytes(hashlib.blake2b(said, key=key[:32], digest_size=6).digest(), "big")


def upcoming(questions: Sequence[Question], key: bytes, band: str, used: int) -> Iterator[tuple[Question, int, int]]:
    """The cards of a band that come after `used`: the rest of this round, then a whole round more.

    Each with its round and with its place, which is what `used` becomes when it is dealt.
    """
    cards = [q for q in questions if BANDS[q.depth] == band]
    this_round = max(used >> 48, 1)
    for round_number in (this_round, this_round + 1):
        for number, card in sorted(((_number(q, key, band, round_number), q) for q in cards), key=itemgetter(0)):
            if number > used:
                yield card, round_number, number


def rested(place: Place, day: date) -> bool:
    """Whether the last deep question is a week away."""
    return not place.last_deep or abs(day - date.fromisoformat(place.last_deep)) >= DEEP_PAUSE


def deal(
    questions: Sequence[Question], key: bytes, day: date, place: Place, frame: Frame, seen: Collection[str] = ()
) -> tuple[Question, int, Place] | None:
    """The question for a day: it, the round of the deck in which it comes, and where the deck stands then.

    `seen` names questions that the two have met by another way; they are passed over in this round. None where nothing is
    allowed at all.
    """
    wished = PATTERN[place.turn % len(PATTERN)]
    for band in LIGHTER[wished]:
        if band == DEEP and not rested(place, day):
            continue
        dealt = _from_band(questions, key, band, place.used.get(band, 0), frame, seen)
        if dealt is not None:
            question, round_number, used = dealt
            return (
                question,
                round_number,
                Place(
                    used={**place.used, band: used},
                    turn=place.turn + 1,
                    last_deep=day.isoformat() if band == DEEP else place.last_deep,
                    last_again=place.last_again,
                ),
            )
    return None


def _from_band(
    questions: Sequence[Question], key: bytes, band: str, used: int, frame: Frame, seen: Collection[str]
) -> tuple[Question, int, int] | None:
    for question, round_number, number in upcoming(questions, key, band, used):
        if frame.allows(question) and not (round_number == 1 and question.id in seen):
            return question, round_number, number
    return None


def private_draw(questions: Sequence[Question], key: bytes, number: int, frame: Frame) -> Question | None:
    """The n-th private draw of one partner: allowed, and not deep. None where there is nothing of the kind."""
    fit = [q for q in shuffled_all(questions, key) if frame.allows(q) and BANDS[q.depth] != DEEP]
    return fit[number % len(fit)] if fit else None


def shuffled_all(questions: Sequence[Question], key: bytes) -> list[Question]:
    """All questions in one private order."""
    return sorted(questions, key=lambda q: hashlib.blake2b(q.id.encode(), key=key[:32]).digest())
