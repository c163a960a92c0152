"""The years ahead: written apart once a year, opened when both have. What the two mark then is shared at once."""

import msgspec

from usward.entries.kinds import Kind, Silent, Words, register
from usward.entries.models import Reveal, Scope

WORDS, MARK, CARRY = "words", "mark", "carry"
MEETS, DIFFERS = "meets", "differs"


class Line(msgspec.Struct, frozen=True):
    """One question and what was written to it; its words stay beside it, so that it can be read in ten years."""

    id: str
    asked: str
    text: str


@register
class Vision(Kind, frozen=True):
    """One person's words of one year."""

    name, version, scope, reveal = "vision", 1, Scope.SHARED, Reveal.WHEN_BOTH
    year: int
    lines: tuple[Line, ...]

    def words(self) -> Words:
        return Words(f"The years ahead, {self.year}", [(line.asked, line.text) for line in self.lines])


@register
class Mark(Silent, frozen=True):
    """Either of the two says of a question that they meet there, or differ; or, with nothing, neither."""

    name, version, scope, reveal = "vision-mark", 1, Scope.SHARED, Reveal.AT_ONCE
    question: str
    how: str


@register
class Carried(Kind, frozen=True):
    """One thing that they carry on."""

    name, version, scope, reveal = "vision-carry", 1, Scope.SHARED, Reveal.AT_ONCE
    text: str

    def words(self) -> Words:
        return Words("To carry on", [("", self.text)])


def exchange_name(year: int) -> str:
    """One exchange a year."""
    return f"vision:{year}"
