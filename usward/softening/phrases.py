"""The phrases of a grammar, and where they fit: a tree of words, walked from each word of a sentence as far as it goes.

A phrase is written in words, as one would say it, and in these signs:

    a/b         one of the words            {name}   one word or phrase of a set
    (like this) may be there or not         _  ..    one word, up to three words; none of them a wall
    ~ing        a word that ends so         !{name}  !~ing  here does not stand ... (takes no word)
    ^  $        a clause begins, ends       <  >     the sentence begins, ends

The longest phrase is a few words long, and no sign stands for "any number of". So the walk from one word ends after a
bounded number of steps, and a text takes time in proportion to its length. A wall is a word with which somebody else
begins to act ("I", "but"): no gap reaches over it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from usward.softening.words import Spell, is_word, plain

LONGEST_GAP = 3
PIECE = re.compile(r"\([^()]*\)|[^\s()]+|[()]")

Mark = TypeVar("Mark")
Members = tuple[tuple[str, ...], ...]


class Line(NamedTuple):
    """The words of one sentence, and at which of them a clause begins or (one after its last word) ends."""

    words: Sequence[str]
    begins: frozenset[int]
    ends: frozenset[int]


class PhraseError(ValueError):
    """A phrase that cannot be read; says which, and why."""


class _Node(Generic[Mark]):
    """A place in the tree: what has been said so far, and what may follow."""

    def __init__(self) -> None:
        self.kids: dict[str, _Node[Mark]] = {}
        self.steps: dict[str, list[_Node[Mark]]] = {}
        self.endings: list[tuple[str, _Node[Mark]]] = []
        self.any: _Node[Mark] | None = None
        self.doors: list[tuple[Callable[[Line, int], bool], _Node[Mark]]] = []
        self.marks: list[Mark] = []


class Phrases(Generic[Mark]):
    """A set of phrases, each with a mark that tells the caller which it was."""

    def __init__(self, sets: Mapping[str, Members], spell: Spell, walls: frozenset[str]) -> None:
        self._sets, self._spell, self._walls = sets, spell, walls
        self._root: _Node[Mark] = _Node()

    def add(self, phrase: str, mark: Mark) -> None:
        """Takes in one phrase. Raises PhraseError where it cannot be read, or would fit where nothing is said."""
        nodes, surely = [self._root], False
        for piece in PIECE.findall(phrase):
            reached = nodes
            for element in piece.strip("()").split() if len(piece) > 1 else [piece]:
                reached = list(dict.fromkeys(after for node in reached for after in self._grow(node, element, phrase)))
                surely |= not piece.startswith("(") and element[0] not in "^$<>!._"
            nodes = list(dict.fromkeys([*nodes, *reached])) if piece.startswith("(") else reached
        if not surely:
            raise PhraseError(f"“{phrase}” has no word that must be there.")
        for node in nodes:
            node.marks.append(mark)

    def at(self, line: Line, place: int) -> Iterator[tuple[int, Mark]]:
        """Each phrase that fits `line` from the word at `place` on, with the place after its last word."""
        nodes = [self._root]
        while nodes:
            for node in nodes:  # grows while it is walked: behind a door there may be another
                nodes.extend(after for test, after in node.doors if test(line, place))
            for node in nodes:
                for mark in node.marks:
                    yield place, mark
            if place == len(line.words):
                return
            word = line.words[place]
            nodes = list(dict.fromkeys(after for node in nodes for after in self._after(node, word)))
            place += 1

    def _grow(self, node: _Node[Mark], element: str, phrase: str) -> list[_Node[Mark]]:
        if element in ("_", ".."):
            reached = [node]
            for _ in range(1 if element == "_" else LONGEST_GAP):
                last = reached[-1]
                last.any = last.any or _Node()
                reached.append(last.any)
            return reached[1:] if element == "_" else reached
        if element not in node.kids:
            node.kids[element] = kid = _Node[Mark]()
            if element in DOORS:
                node.doors.append((DOORS[element], kid))
            elif element.startswith("!~"):
                node.doors.append((_not_ending(element[2:]), kid))
            elif element.startswith("!"):
                node.doors.append((_not_one_of(self._members(element[1:], phrase)), kid))
            elif element.startswith("~"):
                node.endings.append((element[1:], kid))
            else:
                for member in self._members(element, phrase):
                    _lay(node, member, kid)
        return [node.kids[element]]

    def _after(self, node: _Node[Mark], word: str) -> Iterator[_Node[Mark]]:
        yield from node.steps.get(word, ())
        yield from (after for ending, after in node.endings if word.endswith(ending))
        if node.any and word not in self._walls:
            yield node.any

    def _members(self, element: str, phrase: str) -> Members:
        if element.startswith("{"):
            try:
                return self._sets[element.strip("{}")]
            except KeyError:
                raise PhraseError(f"“{phrase}” names {element}, which is no set of this grammar.") from None
        words = element.split("/")
        if not all(is_word(word) for word in words):
            raise PhraseError(f"“{phrase}” has “{element}”, which is neither a word nor a sign.")
        return tuple(self._spell(plain(word)) for word in words)


def _lay(node: _Node[Mark], words: tuple[str, ...], end: _Node[Mark]) -> None:
    """A way of these words from `node` to `end`."""
    for word in words[:-1]:
        between: _Node[Mark] = _Node()
        node.steps.setdefault(word, []).append(between)
        node = between
    node.steps.setdefault(words[-1], []).append(end)


def _not_one_of(members: Members) -> Callable[[Line, int], bool]:
    """Whether none of `members` stands at a place."""
    longest = max(map(len, members))
    known = frozenset(members)

    def test(line: Line, place: int) -> bool:
        ahead = tuple(line.words[place : place + longest])
        return not any(ahead[:length] in known for length in range(1, len(ahead) + 1))

    return test


def _not_ending(ending: str) -> Callable[[Line, int], bool]:
    return lambda line, place: place == len(line.words) or not line.words[place].endswith(ending)


DOORS: Mapping[str, Callable[[Line, int], bool]] = {
    "^": lambda line, place: place in line.begins,
    "$": lambda line, place: place in line.ends,
    "<": lambda line, place: place == 0,
    ">": lambda line, place: place == len(line.words),
}
