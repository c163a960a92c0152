"""What is written in a practice that came as a file."""

import msgspec

from usward.entries.kinds import Kind, Words, register
from usward.entries.models import Reveal, Scope

ROUND = "round"


class Line(msgspec.Struct, frozen=True):
    """One prompt and what was written to it; the prompt's words stay beside it when the file changes or goes."""

    id: str
    asked: str
    text: str


@register
class Written(Kind, frozen=True):
    """One person's part of one round. Shared, or own where the practice says "only me"."""

    name, version, scope, reveal = "written", 1, Scope.SHARED, Reveal.WHEN_BOTH
    or_scopes = (Scope.OWN,)
    practice: str
    title: str
    lines: tuple[Line, ...]

    def words(self) -> Words:
        return Words(self.title, [(line.asked, line.text) for line in self.lines])


def exchange_name(practice: str, turn: str) -> str:
    """One exchange a practice and round."""
    return f"simple:{practice}:{turn}"
