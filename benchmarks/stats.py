"""Medians with intervals, by bootstrap: few rounds, no assumption about how they scatter."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

RESAMPLES = 2000


@dataclass(frozen=True)
class Measured:
    """A median and the interval that holds it in 95 of 100 resamples."""

    value: float
    low: float
    high: float

    def text(self, unit: str = "", digits: int = 2) -> str:
        """As the table shows it: 1.23 (1.20 to 1.27)."""
        return f"{self.value:.{digits}f}{unit} ({self.low:.{digits}f} to {self.high:.{digits}f})"


def measured(values: Sequence[float]) -> Measured:
    """The median of some values, with its interval."""
    chance = random.Random(1)
    medians = sorted(median(chance.choices(values, k=len(values))) for _ in range(RESAMPLES))
    return Measured(median(values), medians[RESAMPLES // 40], medians[-RESAMPLES // 40])


def ratio(above: Sequence[float], below: Sequence[float]) -> Measured:
    """The median ratio of two things that were measured round by round, one right after the other."""
    return measured([a / b for a, b in zip(above, below, strict=True)])


def quantile(values: Sequence[float], part: float) -> float:
    """The value below which this part of all values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]
