"""What somebody may like: a Bayesian linear model of their answers on the traits of ideas. Pure, and no numpy.

An answer is +1 (like) or −1 (pass), and is taken as a sum of independent Gaussian parts:

    answer = w · x + idea + noise        w ~ N(0, PRIOR),  idea ~ N(0, IDEA),  noise ~ N(0, NOISE)

x are the traits (traits.vector), w one person's weights, `idea` what they find in this one idea beyond its traits. The
posterior is that of linear regression with a Gaussian prior, in closed form (C. M. Bishop, Pattern Recognition and
Machine Learning, 2006, section 3.3). To treat ±1 as if it were Gaussian (and, in benchmarks/ideas, to put Φ behind it
for a probability) is least-squares classification (C. E. Rasmussen, C. K. I. Williams, Gaussian Processes for Machine
Learning, 2006, section 6.5). A probit or logistic likelihood would be nearer to a yes or no; we gave it up for three
things that only the closed form has: the order of answers changes nothing, no answer ever makes us less sure, and 500
are learned in a few milliseconds of plain Python.

Topics, places and ideas are levels of a hierarchy: each is drawn to the person's mean, and that to the prior's, the more
the fewer answers there are.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from usward.content.schema import Idea
from usward.practices.ideas.traits import MIDDLES, SIZE, Sparse, spread, vector

PRIOR = spread(whole=0.20, number=0.04, topic=0.16, place=0.06)
"""The prior variances of the weights, the same for everybody."""
MEAN = tuple(0.15 if place in MIDDLES else 0.0 for place in range(SIZE))
"""Their prior means: neither very short nor very long, neither seated nor sporty, suits more people. Nothing else is
presumed."""
IDEA, NOISE = 0.15, 0.65
"""Variances. All of these were chosen on simulated couples; docs/ideas.md says how little depends on them."""

Rows = list[list[float]]
UNKNOWN = (0.0, 1.0)


class Rated(NamedTuple):
    """An idea, and whether it was liked."""

    idea: Idea
    liked: bool


class Taste(NamedTuple):
    """One person's posterior: the mean of the weights, the Cholesky factor of their precision, and of each idea that
    they have answered what it is expected to be by those answers, and the share that its traits still have in it."""

    weights: tuple[float, ...]
    factor: Rows
    ideas: Mapping[str, tuple[float, float]]

    def likes(self, idea: Idea, x: Sparse | None = None) -> float:
        """The expected answer."""
        answered, share = self.ideas.get(idea.id, UNKNOWN)
        return answered + share * dot(x or vector(idea), self.weights)

    def imagined(self, whim: Sequence[float], curiosity: float) -> "Taste":
        """A taste that might as well be theirs: the weights moved by `whim` (SIZE standard normal numbers) as far as we
        are unsure, times `curiosity`. With curiosity 1 it is a draw from the posterior (Thompson sampling)."""
        moved = _backward(self.factor, whim)
        weights = tuple(at + curiosity * by for at, by in zip(self.weights, moved, strict=True))
        return self._replace(weights=weights)


def learned(answers: Iterable[Rated]) -> Taste:
    """The taste that answers show, one to an idea; their order is of no consequence."""
    precision = [[0.0] * SIZE for _ in range(SIZE)]
    for place, variance in enumerate(PRIOR):
        precision[place][place] = 1 / variance
    pull = [mean / variance for mean, variance in zip(MEAN, PRIOR, strict=True)]
    ideas: dict[str, tuple[float, float]] = {}
    weight = 1 / (IDEA + NOISE)
    for idea, liked in sorted(answers, key=lambda one: one.idea.id):
        x, answer = vector(idea), 1.0 if liked else -1.0
        for at, value in x:
            row, scaled = precision[at], value * weight
            pull[at] += scaled * answer
            for other, second in x:
                if other > at:
                    break
                row[other] += scaled * second
        ideas[idea.id] = IDEA * weight * answer, NOISE * weight
    factor = _cholesky(precision)
    return Taste(tuple(_backward(factor, forward(factor, pull))), factor, ideas)


def dot(x: Sparse, weights: Sequence[float]) -> float:
    """The traits of an idea, weighed."""
    total = 0.0
    for at, value in x:
        total += value * weights[at]
    return total


def _cholesky(matrix: Rows) -> Rows:
    """The lower L with L·Lᵀ = matrix, of which the lower half is read. The prior keeps it positive definite."""
    lower: Rows = []
    for at, row in enumerate(matrix):
        new: list[float] = []
        for other in range(at):
            above = lower[other]
            new.append((row[other] - sum(map(float.__mul__, new, above))) / above[other])
        new.append(sqrt(row[at] - sum(value * value for value in new)))
        lower.append(new)
    return lower


def forward(lower: Rows, right: Sequence[float]) -> list[float]:
    """y with L·y = right."""
    found: list[float] = []
    for row, value in zip(lower, right, strict=True):
        found.append((value - sum(map(float.__mul__, found, row))) / row[-1])
    return found


def _backward(lower: Rows, right: Sequence[float]) -> list[float]:
    """y with Lᵀ·y = right."""
    found = list(right)
    for at in range(len(found) - 1, -1, -1):
        row = lower[at]
        found[at] = value = found[at] / row[at]
        for other in range(at):
            found[other] -= value * row[other]
    return found
