"""Ideas and people that are made up, from a seed.

What somebody likes is not what usward/practices/ideas/taste.py can say. It has a best energy and a best length, at a
place of each one's own; a taste for a topic at a place; and something of its own for every single idea, the larger part
of it shared with nobody. All of it goes through a logistic curve, answers are drawn from it, and one in twenty is a slip.
"""

import math
import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from usward.content.schema import IDEA_TOPICS as TOPICS
from usward.content.schema import SEASONS, Idea
from usward.practices.ideas.traits import ANY, ANYWHERE, FAR_APART, PLACES, Frame

EVERYWHERE = (*PLACES, ANYWHERE)
OPPOSITE, ALIKE, EASY, UNRELATED = "opposite tastes", "alike", "one easy-going, one particular", "unrelated"
KINDS = (OPPOSITE, ALIKE, EASY, UNRELATED)
STRETCH = 2
"""How much sharper a like or pass is than the liking behind it."""
SLIP = 0.05


@cache
def deck(seed: int, size: int = 360) -> tuple[Idea, ...]:
    """A library: every topic as often, most ideas of a topic at one or two places."""
    chance = random.Random(f"deck {seed}")
    homes = {topic: chance.sample(EVERYWHERE, 2) for topic in TOPICS}
    return tuple(_idea(chance, n, TOPICS[n % len(TOPICS)], homes[TOPICS[n % len(TOPICS)]]) for n in range(size))


def _idea(chance: random.Random, n: int, topic: str, homes: list[str]) -> Idea:
    return Idea(
        id=f"idea-{n}",
        topic=topic,
        minutes=chance.choice((10, 20, 30, 45, 60, 90, 120, 180, 300, 600)),
        money=chance.choices(range(4), (5, 4, 2, 1))[0],
        energy=chance.choices(range(4), (3, 4, 3, 1))[0],
        place=chance.choices((*homes, chance.choice(EVERYWHERE)), (5, 3, 2))[0],
        newness=chance.choices(range(3), (4, 4, 2))[0],
        seasons=() if chance.random() < 0.7 else tuple(chance.sample(SEASONS, 2)),
        daytime=chance.choices((ANY, "day", "evening"), (6, 2, 2))[0],
        apart=topic == FAR_APART or chance.random() < 0.15,
        hobby=chance.random() < 0.3,
        words="",
        how="",
        first_step="",
    )


@dataclass(frozen=True)
class Person:
    """What somebody finds in ideas."""

    base: float
    topics: dict[str, float]
    places: dict[str, float]
    corners: dict[tuple[str, str], float]
    energy: float
    length: float
    newness: float
    own: dict[str, float]

    def liking(self, idea: Idea, common: dict[str, float]) -> float:
        """From 0 to 1."""
        value = self.base + common[idea.topic] + common[idea.id]
        value += self.topics[idea.topic] + self.places[idea.place] + self.corners[idea.topic, idea.place]
        value -= 0.35 * (idea.energy - self.energy) ** 2 + 0.4 * abs(math.log2(idea.minutes) - self.length)
        value += self.newness * (idea.newness - 1) + self.own[idea.id]
        return 1 / (1 + math.exp(-value))


def person(
    chance: random.Random,
    ideas: Sequence[Idea],
    base: float,
    strength: float = 1.0,
    like: Person | None = None,
    turn: float = 0.0,
) -> Person:
    """Somebody. With `like`, their taste in topics, corners, energy and newness is that of `like`, turned round if `turn`
    is −1, beside a part of their own that is half as large; places, lengths and single ideas are each one's own."""

    def some(spread: float, theirs: float = 0.0) -> float:
        own = chance.gauss(0, spread)
        return strength * (own if like is None else 0.9 * turn * theirs + 0.45 * own)

    energy = chance.uniform(-0.5, 3.5)
    if like:
        energy = like.energy if turn > 0 else 3 - like.energy
    return Person(
        base + 1.7,  # what energy and length take away on average
        {topic: some(1.0, like.topics[topic] if like else 0) for topic in TOPICS},
        {place: strength * chance.gauss(0, 0.4) for place in EVERYWHERE},
        {(t, p): some(0.5, like.corners[t, p] if like else 0) for t in TOPICS for p in EVERYWHERE},
        energy,
        chance.uniform(3.5, 9),
        some(0.4, like.newness if like else 0),
        {idea.id: strength * chance.gauss(0, 0.6) for idea in ideas},
    )


def anybody(chance: random.Random, ideas: Sequence[Idea]) -> Person:
    """Somebody of whom nothing is known."""
    return person(chance, ideas, chance.gauss(0, 0.4), chance.uniform(0.6, 1.4))


@cache
def common(seed: int, agree: float) -> dict[str, float]:
    """What everybody finds in topics and single ideas, `agree` times as strong as we think likely."""
    chance = random.Random(f"common {seed}")
    return {name: agree * chance.gauss(0, 0.3) for name in (*TOPICS, *(idea.id for idea in deck(seed)))}


@cache
def popular(seed: int, agree: float) -> dict[str, float]:
    """The share of likes of each idea among 100 others who have answered 60 each: the counts that a service has."""
    chance = random.Random(f"crowd {seed}")
    ideas, shared = deck(seed), common(seed, agree)
    answers: dict[str, list[bool]] = {idea.id: [] for idea in ideas}
    for _ in range(100):
        one = anybody(chance, ideas)
        for idea in chance.sample(ideas, 60):
            answers[idea.id].append(says(chance, one.liking(idea, shared)))
    return {idea: (sum(likes) + 1) / (len(likes) + 2) for idea, likes in answers.items()}


@cache
def known_of_all(seed: int, agree: float) -> dict[str, float]:
    """The mean true liking of each idea among 300 others: more than any service could know."""
    chance = random.Random(f"all {seed}")
    ideas, shared = deck(seed), common(seed, agree)
    crowd = [anybody(chance, ideas) for _ in range(300)]
    return {idea.id: statistics.fmean(one.liking(idea, shared) for one in crowd) for idea in ideas}


class Couple(NamedTuple):
    """Two people's true liking of every idea, what both are willing to spend, and their key."""

    likings: tuple[dict[str, float], dict[str, float]]
    budget: int
    key: bytes


def couple(seed: int, kind: str, n: int, agree: float = 1.0) -> Couple:
    """The n-th couple of a kind."""
    chance = random.Random(f"couple {seed} {kind} {n}")
    ideas, shared = deck(seed), common(seed, agree)
    if kind == EASY:
        people = [person(chance, ideas, 1.0, 0.6), person(chance, ideas, -1.0, 1.4)]
    else:
        people = [person(chance, ideas, chance.gauss(0, 0.4))]
        turn = {OPPOSITE: -1.0, ALIKE: 1.0, UNRELATED: 0.0}[kind]
        like = people[0] if turn else None
        people.append(person(chance, ideas, chance.gauss(0, 0.4), chance.uniform(0.6, 1.4), like, turn))
    chance.shuffle(people)
    one, other = ({idea.id: each.liking(idea, shared) for idea in ideas} for each in people)
    return Couple((one, other), chance.choices((1, 2, 3), (2, 3, 3))[0], chance.randbytes(32))


def says(chance: random.Random, liking: float) -> bool:
    """A like or a pass."""
    odds = (liking / (1 - liking)) ** STRETCH
    return (chance.random() < odds / (1 + odds)) != (chance.random() < SLIP)


def frame(chance: random.Random, day: date, budget: int) -> Frame:
    """What a moment allows: an evening in the week, or more; money up to what both are willing to spend."""
    season, money = SEASONS[(day.month // 3 + 3) % 4], chance.randint(1, budget)
    if chance.random() < 0.6:
        return Frame(chance.choice((30, 60, 120)), money, chance.choice((1, 2, 3)), "", season, "evening")
    return Frame(chance.choice((120, 300, 0)), money, 3, chance.choice(("", "", *PLACES)), season, "day")
