"""Simulated couples (benchmarks/ideas), small enough for every run: docs/ideas.md has the large tables.

The seeds are others than those by which the numbers were chosen, and than those of the tables.
"""

from statistics import fmean

import pytest

from benchmarks.ideas.lives import ORDERS, World, live, outcomes
from benchmarks.ideas.measures import mean, milliseconds
from benchmarks.ideas.world import ALIKE, EASY, OPPOSITE

RIVALS = ("average of the two", "popularity", "random")
WORLDS = [World(200), World(201)]


@pytest.fixture(scope="module")
def opposite():
    return outcomes(OPPOSITE, ["ours", *RIVALS], WORLDS, 60)


@pytest.mark.parametrize("rival", RIVALS)
def test_with_opposite_tastes_the_one_who_is_worse_off_fares_better(opposite, rival):
    margin = mean([ours.worse - theirs.worse for ours, theirs in zip(opposite["ours"], opposite[rival], strict=True)])
    assert margin.low > 0, str(margin)


def test_and_the_gap_between_the_two_is_the_smallest(opposite):
    for rival in RIVALS:
        wider = mean([theirs.gap - ours.gap for ours, theirs in zip(opposite["ours"], opposite[rival], strict=True)])
        assert wider.low > 0, (rival, str(wider))


@pytest.mark.parametrize("kind", [ALIKE, EASY])
def test_nor_does_it_cost_other_couples(kind):
    found = outcomes(kind, ["ours", "average of the two", "random"], WORLDS[:1], 30)
    worse = {name: fmean(row.worse for row in rows) for name, rows in found.items()}
    assert worse["ours"] > worse["random"] + 0.05 and worse["ours"] > worse["average of the two"] - 0.01
    assert sum(row.short for row in found["ours"]) == 0


def test_a_life_is_the_same_each_time():
    assert live(World(3), OPPOSITE, 4, ORDERS["ours"]) == live(World(3), OPPOSITE, 4, ORDERS["ours"])


def test_choosing_is_fast():
    assert milliseconds(500, times=9) < 60, "20 ms on a quiet machine; a crowd may take its share"
