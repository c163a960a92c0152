"""What may sound like blame in what somebody is writing, and gentler words: for the page of every hard composer.

Nothing of it is kept, and it never stands between a person and *send*.
"""

from dataclasses import dataclass
from itertools import groupby

from usward.kit.forms import TEXT
from usward.softening import look, reword
from usward.softening.grammar import PARTS


@dataclass(frozen=True)
class Heard:
    """One sentence as it was typed, from `start`: the words that may sound like blame, by why, and other wordings."""

    start: int
    sentence: str
    found: dict[str, list[str]]
    ways: tuple[str, ...]


def typed(text: str) -> str:
    """A field as its writer sees it: line ends as on their page, and no more of it than is ever sent."""
    return text.replace("\r\n", "\n")[:TEXT]


def heard(text: str, part: str = "") -> list[Heard]:
    """The sentences of a text that may sound like blame, in their order. The text is one that `typed` has given.

    `part` says of a field that it is for one part alone (saw, felt, need, ask): the other wordings keep to it.
    """
    part = part if part in PARTS else ""
    found: list[Heard] = []
    for (start, end), findings in groupby(look(text), key=lambda one: one.sentence):
        sentence = text[start:end]
        why: dict[str, list[str]] = {}
        for one in findings:
            why.setdefault(one.reason, []).append(text[one.start : one.end])
        ways = tuple(way for way in dict.fromkeys(reword(sentence, part=part)) if way != sentence)
        found.append(Heard(start, sentence, why, ways))
    return found


def instead(text: str, nth: int, way: int, part: str = "") -> str:
    """The text with the nth of these sentences said in one of its other ways; as it was where there is no such way."""
    sentences = heard(text, part)
    if not (0 <= nth < len(sentences) and 0 <= way < len(sentences[nth].ways)):
        return text
    one = sentences[nth]
    return text[: one.start] + one.ways[way] + text[one.start + len(one.sentence) :]
