"""How they fared, what the model foresees after a few answers, and what a partner could guess from what was drawn."""

import math
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from statistics import fmean, median, stdev
from time import process_time
from typing import NamedTuple

from benchmarks.ideas.lives import FIRST, Life, Order, World, live, ours
from benchmarks.ideas.world import couple, deck, says
from usward.content.schema import IDEA_TOPICS as TOPICS
from usward.content.schema import Idea
from usward.practices.ideas import choose
from usward.practices.ideas.choose import Answer, Round
from usward.practices.ideas.taste import IDEA, NOISE, UNKNOWN, Rated, Taste, forward, learned
from usward.practices.ideas.traits import FAR_APART, SIZE, Frame, vector


class Mean(NamedTuple):
    """A mean, and half the width of its 95 % interval (normal approximation; couples are independent)."""

    value: float
    half: float

    @property
    def low(self) -> float:
        """The lower end."""
        return self.value - self.half

    def __str__(self) -> str:
        return f"{self.value:.3f} ± {self.half:.3f}"


def mean(values: Sequence[float]) -> Mean:
    """Of at least two."""
    return Mean(fmean(values), 1.96 * stdev(values) / math.sqrt(len(values)))


class Expected(NamedTuple):
    """What an answer would be, from −1 (pass) to 1 (like), give or take the root of `variance` (noise left out)."""

    mean: float
    variance: float

    def chance(self) -> float:
        """How likely a like is, from 0 to 1."""
        return math.erfc(-self.mean / math.sqrt(2 * (NOISE + self.variance))) / 2


def expected(taste: Taste, idea: Idea) -> Expected:
    """What a taste expects of an idea, and how sure it is of that. The ranking goes by the mean alone."""
    x = dict(vector(idea))
    _, share = taste.ideas.get(idea.id, UNKNOWN)
    half = forward(taste.factor, [x.get(at, 0.0) for at in range(SIZE)])
    return Expected(taste.likes(idea), share**2 * sum(value * value for value in half) + share * IDEA)


class Foresight(NamedTuple):
    """On answers to ideas not answered before: the log loss of the model, and of the person's smoothed share of likes
    alone; the area under the ROC curve of the model."""

    loss: float
    share_loss: float
    area: float


def foresight(world: World, kind: str, n: int, who: int, count: int) -> Foresight:
    """After one person's answers to `count` ideas, drawn at random."""
    ideas, likings = deck(world.seed), couple(world.seed, kind, n, world.agree).likings[who]
    chance = random.Random(f"foresight {world.seed} {kind} {n} {who}")
    said = [(idea, says(chance, likings[idea.id])) for idea in chance.sample(ideas, len(ideas))]
    known = learned(Rated(*one) for one in said[:count])
    share = (sum(liked for _, liked in said[:count]) + 2) / (count + 4)
    rest = [(expected(known, idea).chance(), liked) for idea, liked in said[count:]]
    return Foresight(loss(rest), loss([(share, liked) for _, liked in rest]), area(rest))


def loss(rest: Iterable[tuple[float, bool]]) -> float:
    """The mean surprise, in nats."""
    return -fmean(math.log(p if liked else 1 - p) for p, liked in rest)


def area(rest: Iterable[tuple[float, bool]]) -> float:
    """How often something liked has the larger number than something passed; a tie counts a half."""
    by_number: dict[float, list[bool]] = {}
    for number, liked in rest:
        by_number.setdefault(number, []).append(liked)
    wins = likes = passes = 0.0
    for number in sorted(by_number):
        here = sum(by_number[number])
        passed = len(by_number[number]) - here
        wins += here * (passes + passed / 2)
        likes, passes = likes + here, passes + passed
    return wins / (likes * passes) if likes and passes else 0.5


def guess_of_topics(worlds: Iterable[World], kind: str, couples: int, order: Order) -> Mean:
    """How well what was shown in all rounds tells which topics the other likes: the area under the ROC curve of the
    number of ideas shown of a topic, for the other's true mean liking of it being above their median. The one who
    guesses looks only at topics that they themselves like more than their median, where it is the other who decides."""
    found = []
    for world in worlds:
        for n in range(couples):
            life, _ = live(world, kind, n, order)
            shown = Counter(life.ideas[name].topic for one in life.rounds for name in one.ideas)
            mine, theirs = (_by_topic(life, likings) for likings in life.couple.likings)
            own, other = median(mine.values()), median(theirs.values())
            found.append(area([(shown[topic], theirs[topic] > other) for topic in mine if mine[topic] > own]))
    return mean(found)


def _by_topic(life: Life, likings: dict[str, float]) -> dict[str, float]:
    """The mean liking of each topic; without what is for two who are far apart, since these are not."""
    ideas: dict[str, list[str]] = {topic: [] for topic in TOPICS if topic != FAR_APART}
    for idea in life.ideas.values():
        ideas.get(idea.topic, []).append(idea.id)
    return {topic: fmean(likings[name] for name in names) for topic, names in ideas.items()}


class Trace(NamedTuple):
    """What the other's answer to one idea leaves in the first round of the next week: the share of couples for whom any
    of the three differs between a like and a pass; how often one of the idea's topic is among them, after each."""

    differs: float
    after_like: float
    after_pass: float


def trace(world: World, kind: str, couples: int, liked_by_me: bool) -> Trace:
    """The trace of an answer of the tenth round to an idea that I have liked, or passed; all else the same.

    Two likes would be a match, which tells more; it is looked at as if it had been done and rests, as all do."""
    differs, after = [], {True: list[bool](), False: list[bool]()}
    for n in range(couples):
        life, _ = live(world._replace(rounds=10), kind, n, ours)
        mine, theirs = life.answers
        names = [answer.idea for answer in mine[-choose.THREE :] if answer.liked == liked_by_me]
        if not names:
            continue
        day, topic = choose.week_of(mine[-1].day) + choose.A_WEEK, life.ideas[names[0]].topic
        drawn = {}
        for liked in (True, False):
            others = [Answer(one.idea, liked, one.day) if one.idea == names[0] else one for one in theirs]
            ideas = list(life.ideas.values())
            drawn[liked] = choose.three(Frame(), day, mine, others, life.rounds, life.closed, ideas, life.couple.key)
            after[liked].append(any(idea.topic == topic for idea in drawn[liked]))
        differs.append(drawn[True] != drawn[False])
    return Trace(fmean(differs), fmean(after[True]), fmean(after[False]))


def milliseconds(answers: int, size: int = 400, times: int = 30) -> float:
    """The median processor time of choosing three of `size` ideas, each of the two having given so many answers."""
    ideas, chance = deck(0, size), random.Random("speed")
    said: tuple[list[Answer], list[Answer]] = ([], [])
    rounds = []
    day = FIRST
    for n in range(answers // choose.THREE):
        day = FIRST + timedelta(days=7 * n)
        some = chance.sample(ideas, choose.THREE)
        rounds.append(Round(day, tuple(idea.id for idea in some)))
        for one in said:
            one += [Answer(idea.id, chance.random() < 0.5, day) for idea in some]
    took = []
    for n in range(times):
        begin = process_time()
        choose.three(Frame(), day + timedelta(days=7), *said, rounds, [], ideas, bytes([n]) * 32)
        took.append(1000 * (process_time() - begin))
    return median(took)
