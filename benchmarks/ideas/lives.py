"""Couples live twenty rounds under one order of ideas or another.

Every order is given the same couples, frames, limits, rests and the same rule of three topics, one of them new to the
two; the order of what fits is all in which they differ.
"""

import random
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from statistics import fmean
from typing import NamedTuple

from benchmarks.ideas.world import Couple, couple, deck, frame, known_of_all, popular, says
from usward.content.schema import Idea
from usward.practices.ideas import choose
from usward.practices.ideas.choose import Answer, Closed, Round

FIRST = date(2026, 1, 6)


class World(NamedTuple):
    """What stays the same for all orders: the seed, how much a crowd agrees, days from round to round, rounds."""

    seed: int
    agree: float = 1.0
    every: int = 3
    rounds: int = 20


@dataclass
class Life:
    """Where a couple stands."""

    world: World
    couple: Couple
    ideas: dict[str, Idea]
    answers: tuple[list[Answer], list[Answer]] = field(default_factory=lambda: ([], []))
    rounds: list[Round] = field(default_factory=list)
    closed: list[Closed] = field(default_factory=list)

    def fit(self, chance: random.Random, day: date) -> list[Idea]:
        """What may be offered on a day, with a frame drawn from `chance`."""
        allowed = frame(chance, day, self.couple.budget)
        return choose.offered(allowed, day, *self.answers, self.rounds, self.closed, self.ideas.values())


Order = Callable[[Life, date, list[Idea]], list[Idea]]


def ours(life: Life, day: date, fit: list[Idea]) -> list[Idea]:
    """As the product does."""
    return choose.ranked(fit, *choose.tastes(choose.week_of(day), *life.answers, life.ideas, life.couple.key))


def _together(life: Life, day: date, fit: list[Idea], both: Callable[[float, float], float]) -> list[Idea]:
    one, other = choose.tastes(choose.week_of(day), *life.answers, life.ideas, life.couple.key)
    return sorted(fit, key=lambda idea: (-both(one.likes(idea), other.likes(idea)), idea.id))


def average(life: Life, day: date, fit: list[Idea]) -> list[Idea]:
    """The same tastes, by the average of the two."""
    return _together(life, day, fit, lambda one, other: one + other)


def nash(life: Life, day: date, fit: list[Idea]) -> list[Idea]:
    """The same tastes, by the product of the two (an answer of −1 is worth nothing)."""
    return _together(life, day, fit, lambda one, other: max(0.0, 1 + one) * max(0.0, 1 + other))


def popularity(life: Life, day: date, fit: list[Idea]) -> list[Idea]:
    """What a crowd has liked."""
    counts = popular(life.world.seed, life.world.agree)
    return sorted(fit, key=lambda idea: (-counts[idea.id], idea.id))


def perfect_popularity(life: Life, day: date, fit: list[Idea]) -> list[Idea]:
    """What people like on average, without any error."""
    means = known_of_all(life.world.seed, life.world.agree)
    return sorted(fit, key=lambda idea: (-means[idea.id], idea.id))


def at_random(life: Life, day: date, fit: list[Idea]) -> list[Idea]:
    """Drawn."""
    return random.Random(f"{life.couple.key.hex()} {day}").sample(fit, len(fit))


def all_known(life: Life, day: date, fit: list[Idea]) -> list[Idea]:
    """By the true liking of whoever likes it less: the most that could be had."""
    one, other = life.couple.likings
    return sorted(fit, key=lambda idea: -min(one[idea.id], other[idea.id]))


ORDERS: dict[str, Order] = {
    "ours": ours,
    "average of the two": average,
    "product of the two": nash,
    "popularity": popularity,
    "random": at_random,
    "popularity without error": perfect_popularity,
    "all known": all_known,
}


class Outcome(NamedTuple):
    """What one couple had: each one's mean liking of what was offered in all rounds, in the later half, of what they
    did (if anything); how many matches; in how many rounds fewer than three fitted."""

    offered: tuple[float, float]
    late: tuple[float, float]
    done: tuple[float, float] | None
    matches: int
    short: int

    @property
    def worse(self) -> float:
        """The mean liking of the one who is worse off."""
        return min(self.offered)

    @property
    def gap(self) -> float:
        """Between the two."""
        return abs(self.offered[0] - self.offered[1])


def live(world: World, kind: str, n: int, order: Order) -> tuple[Life, Outcome]:
    """One couple's rounds. Both answer all three; if there is a match, one is done the same day, the first of them."""
    life = Life(world, couple(world.seed, kind, n, world.agree), {idea.id: idea for idea in deck(world.seed)})
    frames = random.Random(f"frames {world.seed} {kind} {n}")
    done, matches, short = [], 0, 0
    for number in range(world.rounds):
        day = FIRST + timedelta(days=world.every * number)
        three = choose.slate(order(life, day, life.fit(frames, day)), choose.topics_tried(life.closed, life.ideas))
        found = answered(life, day, three)
        if found:
            done.append(found[0])
            life.closed.append(Closed(found[0], day, True))
        matches += len(found)
        short += len(three) < choose.THREE
    offered = [idea for one in life.rounds for idea in one.ideas]
    late = offered[len(offered) // 2 :]
    return life, Outcome(
        _means(life, offered), _means(life, late), _means(life, done) if done else None, matches, short
    )


def answered(life: Life, day: date, three: Iterable[Idea]) -> list[str]:
    """A round is shown and answered. What somebody says to an idea on a day is the same under every order."""
    names = tuple(idea.id for idea in three)
    life.rounds.append(Round(day, names))
    for who, (said, likings) in enumerate(zip(life.answers, life.couple.likings, strict=True)):
        for name in names:
            chance = random.Random(f"{life.couple.key.hex()} {who} {day} {name}")
            said.append(Answer(name, says(chance, likings[name]), day))
    both = choose.matches(*life.answers, life.closed)
    return [name for name in names if name in both]


def _means(life: Life, names: list[str]) -> tuple[float, float]:
    one, other = life.couple.likings
    return fmean(one[name] for name in names), fmean(other[name] for name in names)


def _outcome(kind: str, name: str, job: tuple[World, int]) -> Outcome:
    world, n = job
    return live(world, kind, n, ORDERS[name])[1]


def outcomes(
    kind: str, names: Iterable[str], worlds: Iterable[World], couples: int, workers: int = 1
) -> dict[str, list[Outcome]]:
    """What couples of a kind had under each order: so many of each world, in the same order for every name."""
    jobs = [(world, n) for world in worlds for n in range(couples)]
    if workers == 1:
        return {name: [_outcome(kind, name, job) for job in jobs] for name in names}
    with ProcessPoolExecutor(workers) as pool:
        return {name: list(pool.map(partial(_outcome, kind, name), jobs, chunksize=10)) for name in names}
