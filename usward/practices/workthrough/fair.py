"""The fair ones: from what each of the two said apart of every idea, an order; and nothing else ever. Pure.

An idea is left out if another is at least as welcome to both, and more so to one. The rest is ordered by how welcome it is
to whoever welcomes it less, then by the product; what is alike in both is ordered by its id, which favours nobody.
"""

from collections.abc import Mapping, Sequence

from usward.entries.joint import joint
from usward.entries.reader import Said
from usward.practices.workthrough.entries import Rated

Ratings = Mapping[str, int]


def order(one: Ratings, other: Ratings) -> tuple[str, ...] | None:
    """The fair ones in their order; None as long as the two have not rated the very same ideas."""
    if not one or one.keys() != other.keys():
        return None
    pairs = {idea: (one[idea], other[idea]) for idea in one}
    fair = [idea for idea, pair in pairs.items() if not any(beats(than, pair) for than in pairs.values())]
    return tuple(sorted(fair, key=lambda idea: (-min(pairs[idea]), -pairs[idea][0] * pairs[idea][1], idea)))


def beats(pair: tuple[int, int], than: tuple[int, int]) -> bool:
    """Whether something is at least as welcome to both, and more so to one of them."""
    return pair != than and pair[0] >= than[0] and pair[1] >= than[1]


@joint
def orders(mine: Sequence[Said[Rated]], theirs: Sequence[Said[Rated]]) -> dict[tuple[str, str], tuple[str, ...]]:
    """By exchange and step: the order, wherever both have rated everything."""
    other = {(one.exchange, one.step): one.value.ratings for one in theirs}
    found = {
        (one.exchange, one.step): order(one.value.ratings, other.get((one.exchange, one.step), {})) for one in mine
    }
    return {place: ideas for place, ideas in found.items() if ideas is not None}
