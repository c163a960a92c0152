"""How alike two texts are, from 0 to 1, so that no two questions of the library say the same thing."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

LETTERS_IN_A_SHINGLE = 4

# Words that carry the grammar of a question and not its subject: each counts once, a word of the subject counts with
# all its pieces. So two questions that share a frame ("What would you like to …") look little alike.
FRAME_WORDS = """
a an and any are as at be been by can could did do does for from had has have how i if in is it its me my of on or our
partner so than that the their them then there these they this those to us was we were what when where which who whom
whose why will with would you your yours yourself
"""
FRAME = frozenset(FRAME_WORDS.split())


class Pair(NamedTuple):
    """Two texts and their likeness."""

    likeness: float
    one: str
    other: str


def normalised(text: str) -> tuple[str, ...]:
    """The words of `text` in small letters, without accents, signs and possessive endings."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = (word.removesuffix("'s").replace("'", "") for word in re.findall(r"[\w']+", plain))
    return tuple(word for word in words if word)


def shingles(text: str) -> frozenset[str]:
    """The words of `text`, and the pieces of four letters within those that are not frame words.

    Pieces of letters let "dream" meet "dreaming"; whole words keep a chance meeting of letters from counting much.
    """
    words, size = set(normalised(text)), LETTERS_IN_A_SHINGLE
    pieces = {word[start : start + size] for word in words - FRAME for start in range(max(1, len(word) - size + 1))}
    return frozenset(pieces | {f"={word}" for word in words})


def likeness(one: str, other: str) -> float:
    """The shared part of the shingles of both texts (Jaccard): 0 nothing in common, 1 the same."""
    return _jaccard(shingles(one), shingles(other))


def most_alike(texts: Iterable[str], count: int = 10) -> list[Pair]:
    """The `count` pairs of `texts` that are most alike, the most alike first."""
    cut = [(text, shingles(text)) for text in texts]
    pairs = (Pair(_jaccard(one[1], other[1]), one[0], other[0]) for one, other in combinations(cut, 2))
    return sorted(pairs, reverse=True)[:count]


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    either = len(one | other)
    return len(one & other) / either if either else 1.0
