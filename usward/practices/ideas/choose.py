"""Which three: by what the one who likes them less may like of them, the same three for both. Pure.

What is drawn in a week reads only answers given before it began, as with touch. docs/ideas.md says what a partner could
learn from a draw, and why each number here is what it is.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from statistics import NormalDist

import msgspec

from usward.content.schema import Idea
from usward.practices.ideas.taste import Rated, Taste, learned
from usward.practices.ideas.traits import SIZE, Frame, fits, vector

A_WEEK = timedelta(days=7)
THREE = 3
CURIOSITY = 0.15
"""How far a draw moves from what is expected toward what might be: 0 never tries, 1 tries as much as is unsure."""
REST_DAYS, REST_ROUNDS = 60, 10
"""Whatever was shown rests until so many days have gone by, and so many other rounds have been drawn."""
OPEN_DAYS = 14
"""How long a round takes answers. Far less than REST_DAYS, so that no answer is unread when its idea may come again."""
NEW = 2


class Answer(msgspec.Struct, frozen=True):
    """One partner's like or pass."""

    idea: str
    liked: bool
    day: date


class Round(msgspec.Struct, frozen=True):
    """What both were shown on a day."""

    day: date
    ideas: tuple[str, ...]


class Closed(msgspec.Struct, frozen=True):
    """A match that is over for now: done together, or dropped."""

    idea: str
    day: date
    done: bool


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def takes_answers(shown: Round, day: date) -> bool:
    """Whether a round is still open on a day."""
    return shown.day <= day < shown.day + timedelta(days=OPEN_DAYS)


def matches(one: Iterable[Answer], other: Iterable[Answer], closed: Iterable[Closed]) -> set[str]:
    """What both like, by the latest answer of each; a closed one needs a new like from both."""
    ends: dict[str, date] = {}
    for end in closed:
        ends[end.idea] = max(end.day, ends.get(end.idea, end.day))
    return _liked(one, ends) & _liked(other, ends)


def _liked(answers: Iterable[Answer], ends: Mapping[str, date]) -> set[str]:
    latest = newest(answers).items()
    return {idea for idea, answer in latest if answer.liked and (idea not in ends or answer.day > ends[idea])}


def newest(answers: Iterable[Answer]) -> dict[str, Answer]:
    """The newest answer to each idea: a change of mind counts, and counts once."""
    return {answer.idea: answer for answer in sorted(answers, key=lambda answer: answer.day)}


def resting(day: date, rounds: Iterable[Round], closed: Iterable[Closed]) -> set[str]:
    """What may not come on a day: shown, done or dropped too lately. It reads nobody's answers."""
    latest = sorted(rounds, key=lambda shown: (shown.day, shown.ideas), reverse=True)
    since = day - timedelta(days=REST_DAYS)
    shown = {idea for n, one in enumerate(latest) if n < REST_ROUNDS or one.day > since for idea in one.ideas}
    return shown | {end.idea for end in closed if end.day > since}


def offered(
    frame: Frame,
    day: date,
    one: Iterable[Answer],
    other: Iterable[Answer],
    rounds: Iterable[Round],
    closed: Sequence[Closed],
    ideas: Iterable[Idea],
) -> list[Idea]:
    """What may come on a day: it fits the moment, does not rest, and is no match that waits to be done."""
    away = resting(day, rounds, closed) | matches(one, other, closed)
    return [idea for idea in ideas if idea.id not in away and fits(idea, frame)]


def topics_tried(closed: Iterable[Closed], ideas: Mapping[str, Idea]) -> set[str]:
    """The topics of what the two have done."""
    return {ideas[end.idea].topic for end in closed if end.done and end.idea in ideas}


def new_to_them(idea: Idea, tried: Collection[str]) -> bool:
    """Whether an idea is new to the two: new to most, or somewhat new and of a topic of which they have done nothing."""
    return idea.newness >= NEW or (idea.newness > 0 and idea.topic not in tried)


def ranked(ideas: Iterable[Idea], one: Taste, other: Taste) -> list[Idea]:
    """Ideas by what the one who likes them less may like of them, best first; then by what the other may; then by name."""
    scored = []
    for idea in ideas:
        x = vector(idea)
        low, high = sorted((one.likes(idea, x), other.likes(idea, x)))
        scored.append((-low, -high, idea.id, idea))
    return [idea for *_, idea in sorted(scored, key=lambda score: score[:3])]


def slate(order: Sequence[Idea], tried: Collection[str]) -> tuple[Idea, ...]:
    """The first three, of three topics if there are as many, one of them new to the two if one is: then it comes last."""
    first: dict[str, Idea] = {}
    for idea in order:
        first.setdefault(idea.topic, idea)
    picks = list(first.values())[:THREE]
    picks += [idea for idea in order if idea not in picks][: THREE - len(picks)]
    if any(new_to_them(idea, tried) for idea in picks):
        return tuple(picks)
    new = [idea for idea in order if new_to_them(idea, tried)]
    if not new:
        return tuple(picks)
    kept = {idea.topic for idea in picks[:-1]}
    fresh = next((idea for idea in new if idea.topic not in kept), new[0])
    return (*_with_room(picks, fresh.topic), fresh)


def _with_room(picks: list[Idea], topic: str) -> list[Idea]:
    """All but one: the last that has to go for an idea of this topic to be the only one of it; or else the last."""
    for out in reversed(range(len(picks))):
        rest = picks[:out] + picks[out + 1 :]
        if all(idea.topic != topic for idea in rest):
            return rest
    return picks[:-1]


def whim(key: bytes, week: date) -> list[float]:
    """What a week feels like trying: standard normal numbers that nobody without the two's key can tell."""
    normal = NormalDist()
    numbers = []
    for n in range(SIZE):
        drawn = hashlib.blake2b(f"whim\0{week.isoformat()}\0{n}".encode(), key=key[:32], digest_size=8).digest()
        numbers.append(normal.inv_cdf((int.from_bytes(drawn, "big") + 0.5) / 2**64))
    return numbers


def tastes(
    week: date, one: Iterable[Answer], other: Iterable[Answer], ideas: Mapping[str, Idea], key: bytes
) -> tuple[Taste, Taste]:
    """The tastes by which a week draws: what the answers before it show, moved by the whim that both share.

    The whim belongs to the week, not to the frame: asking again with another frame shows another part of the same guess.
    """
    about = whim(key, week)
    before = (newest(answer for answer in said if answer.day < week) for said in (one, other))
    first, second = (
        learned(Rated(ideas[idea], answer.liked) for idea, answer in said.items() if idea in ideas) for said in before
    )
    return first.imagined(about, CURIOSITY), second.imagined(about, CURIOSITY)


def three(
    frame: Frame,
    day: date,
    one: Sequence[Answer],
    other: Sequence[Answer],
    rounds: Sequence[Round],
    closed: Sequence[Closed],
    ideas: Sequence[Idea],
    key: bytes,
) -> tuple[Idea, ...]:
    """The ideas of a new round, best first; fewer than three if fewer fit. `one` and `other` may be swapped."""
    by_id = {idea.id: idea for idea in ideas}
    fit = offered(frame, day, one, other, rounds, closed, ideas)
    return slate(ranked(fit, *tastes(week_of(day), one, other, by_id, key)), topics_tried(closed, by_id))
